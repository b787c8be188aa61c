// A server of node:http with routes of its own that know who is signed in.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CsrfError, createAuth } from 'latchkey'
import { createNodeHandler } from 'latchkey/node'

const auth = await createAuth({
  // With "jwt" apps get an access token as well.
  headless: { tokenStrategy: process.env.HEADLESS_TOKEN_STRATEGY === 'jwt' ? 'jwt' : 'session' },
  server: {
    secretKey: process.env.SECRET_KEY ?? null,
    databasePath: process.env.DATABASE_PATH ?? 'example.sqlite3',
    smtpUrl: process.env.SMTP_URL ?? null,
  },
})
const handleAuth = createNodeHandler(auth)
const notes = new Map<string, number>()

async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const route = `${incoming.method} ${incoming.url}`
  if (route === 'GET /') return sendJson(outgoing, 200, { message: 'Anybody may read this.' })
  // With a cookie and a method that changes something, this throws unless a page of ours sent it.
  const session = await auth.api.getSession(incoming)
  if (!session) {
    const answer = await auth.api.unauthorized(incoming)
    return sendJson(outgoing, answer.status, await answer.json())
  }
  const { id, display } = session.user
  if (route === 'GET /me') return sendJson(outgoing, 200, { id, display })
  if (route === 'POST /notes') {
    const count = (notes.get(id) ?? 0) + 1
    notes.set(id, count)
    return sendJson(outgoing, 201, { count })
  }
  sendJson(outgoing, 404, { message: 'There is nothing here.' })
}

function sendJson(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  outgoing.end(JSON.stringify(body))
}

const server = createServer((incoming, outgoing) => {
  if (auth.serves(incoming.url ?? '')) return handleAuth(incoming, outgoing)
  handle(incoming, outgoing).catch((error: unknown) => {
    if (error instanceof CsrfError) return sendJson(outgoing, 403, { message: error.message })
    console.error(error)
    sendJson(outgoing, 500, { message: 'Something went wrong.' })
  })
})

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  console.log(`listening at http://127.0.0.1:${port}`)
})
process.once('SIGTERM', () => server.close(() => auth.close()))

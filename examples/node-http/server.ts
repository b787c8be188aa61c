// A server with a page of its own that only people who are signed in may see.
import { createServer, type IncomingMessage } from 'node:http'
import { createAuth } from 'latchkey'
import { createNodeHandler } from 'latchkey/node'

const auth = await createAuth({
  server: {
    secretKey: process.env.SECRET_KEY ?? null,
    databasePath: process.env.DATABASE_PATH ?? 'example.sqlite3',
    smtpUrl: process.env.SMTP_URL ?? null,
  },
})
const handleAuth = createNodeHandler(auth)

/** Who sent a request; null if nobody is signed in. */
async function userOf(incoming: IncomingMessage): Promise<{ display: string } | null> {
  const { host = 'localhost', cookie } = incoming.headers
  const url = `http://${host}/_allauth/browser/v1/auth/session`
  const answer = await auth.fetch(new Request(url, { headers: cookie ? { cookie } : {} }))
  return answer.status === 200 ? (await answer.json()).data.user : null
}

const server = createServer(async (incoming, outgoing) => {
  if (incoming.url?.startsWith('/_allauth/')) return handleAuth(incoming, outgoing)
  const user = await userOf(incoming)
  outgoing.writeHead(user ? 200 : 401, { 'content-type': 'text/plain; charset=utf-8' })
  outgoing.end(user ? `Hello, ${user.display}.\n` : 'Sign in first.\n')
})

server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => console.log('listening'))
process.once('SIGTERM', () => server.close(() => auth.close()))

// An Express server with routes that know who is signed in, and a form made on the server.
import type { AddressInfo } from 'node:net'
import express from 'express'
import { createAuth } from 'latchkey'
import { latchkey, optionalUser, requireUser } from 'latchkey/express'

const auth = await createAuth({
  // With "jwt" apps get an access token as well.
  headless: { tokenStrategy: process.env.HEADLESS_TOKEN_STRATEGY === 'jwt' ? 'jwt' : 'session' },
  server: {
    secretKey: process.env.SECRET_KEY ?? null,
    databasePath: process.env.DATABASE_PATH ?? 'example.sqlite3',
    smtpUrl: process.env.SMTP_URL ?? null,
  },
})
const notes = new Map<string, number>()

const app = express()
app.use(latchkey(auth))
app.use(express.urlencoded())

app.get('/', optionalUser(auth), (request, response) => {
  const name = request.optionalSession?.user.display ?? 'whoever you are'
  response.json({ message: `Anybody may read this, ${name}.` })
})

app.get('/me', requireUser(auth), (request, response) => {
  const { id, display } = request.authSession.user
  response.json({ id, display })
})

// Whoever is not signed in is sent to a page of yours, which is not part of this example.
app.get('/notes', requireUser(auth, { signInPage: '/sign-in' }), (request, response) => {
  const { token, setCookie } = auth.api.csrfToken(request)
  if (setCookie !== null) response.append('set-cookie', setCookie)
  response.set('cache-control', 'no-store').send(
    `<!doctype html><title>Notes</title>
    <p>You have ${notes.get(request.authSession.user.id) ?? 0} notes.</p>
    <form method="post">
      <input type="hidden" name="csrfmiddlewaretoken" value="${token}">
      <button>One more</button>
    </form>`,
  )
})

// The token comes in the field of the form, or in a header. An app, which has no cookies, needs none.
app.post('/notes', requireUser(auth), (request, response) => {
  const { id } = request.authSession.user
  const count = (notes.get(id) ?? 0) + 1
  notes.set(id, count)
  response.status(201).json({ count })
})

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  console.log(`listening at http://127.0.0.1:${port}`)
})
process.once('SIGTERM', () => server.close(() => auth.close()))

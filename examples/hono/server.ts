// A Hono server with routes that know who is signed in.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { createAuth } from 'latchkey'
import { latchkey, optionalUser, requireUser } from 'latchkey/hono'

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

const app = new Hono()
app.use(latchkey(auth))

app.get('/', optionalUser(auth), (c) => {
  const name = c.var.session?.user.display ?? 'whoever you are'
  return c.json({ message: `Anybody may read this, ${name}.` })
})

app.get('/me', requireUser(auth), (c) => {
  const { id, display } = c.var.session.user
  return c.json({ id, display })
})

// A page has to send the token along; an app, which has no cookies, does not.
app.post('/notes', requireUser(auth), (c) => {
  const { id } = c.var.session.user
  const count = (notes.get(id) ?? 0) + 1
  notes.set(id, count)
  return c.json({ count }, 201)
})

const options = { fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }
const server = serve(options, ({ port }) => console.log(`listening at http://127.0.0.1:${port}`))
process.once('SIGTERM', () => server.close(() => auth.close()))

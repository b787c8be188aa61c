// A Fastify server with routes that know who is signed in.
import Fastify from 'fastify'
import { createAuth } from 'latchkey'
import { latchkey, optionalUser, requireUser } from 'latchkey/fastify'

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

const app = Fastify()
await app.register(latchkey(auth))

app.get('/', { preHandler: optionalUser(auth) }, async (request) => {
  const name = request.optionalSession?.user.display ?? 'whoever you are'
  return { message: `Anybody may read this, ${name}.` }
})

app.get('/me', { preHandler: requireUser(auth) }, async (request) => {
  const { id, display } = request.authSession.user
  return { id, display }
})

// A page has to send the token along; an app, which has no cookies, does not.
app.post('/notes', { preHandler: requireUser(auth) }, async (request, reply) => {
  const { id } = request.authSession.user
  const count = (notes.get(id) ?? 0) + 1
  notes.set(id, count)
  return reply.code(201).send({ count })
})

const port = Number(process.env.PORT ?? 3000)
console.log(`listening at ${await app.listen({ port, host: '127.0.0.1' })}`)
process.once('SIGTERM', () => app.close().then(() => auth.close()))

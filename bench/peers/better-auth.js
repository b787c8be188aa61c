// better-auth as its users run it: email and password, its handler for Node, in production mode. Two
// things favour it: no rate limits, and on SQLite the write-ahead log, which it does not turn on itself.
import { createServer } from 'node:http'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'

const { DATABASE_PATH, DATABASE_URL, COOKIE_CACHE } = process.env

const options = {
  secret: 'a secret that guards nothing but figures',
  baseURL: 'http://127.0.0.1',
  trustedOrigins: ['http://127.0.0.1'],
  database: await openDatabase(),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  session: { cookieCache: { enabled: COOKIE_CACHE === '1', maxAge: 300 } },
}
const { runMigrations } = await getMigrations(options)
await runMigrations()

const server = createServer(toNodeHandler(betterAuth(options)))
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`)
})
process.once('SIGTERM', () => process.exit())

async function openDatabase() {
  if (DATABASE_URL !== undefined) {
    const { default: pg } = await import('pg')
    return new pg.Pool({ connectionString: DATABASE_URL })
  }
  const { default: Database } = await import('better-sqlite3')
  const database = new Database(DATABASE_PATH)
  database.pragma('journal_mode = wal')
  database.pragma('synchronous = normal')
  return database
}

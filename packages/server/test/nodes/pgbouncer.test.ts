// Servers behind PgBouncer in transaction mode: every transaction may get another connection, of which
// there are fewer than there are clients.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { cleanUp, latchkey, makeFolder, startServer, testSecret, until } from '../processes.ts'
import { type MailSink, repeated, startMailSink } from './mail-sink.ts'
import { startPeople } from './people.ts'
import { isPgBouncerInstalled, type PgBouncer, startPgBouncer } from './pgbouncer.ts'
import { type PostgresServer, startPostgresServer } from './postgres-server.ts'
import { type NodeProxy, startProxy } from './proxy.ts'

const serverConnections = 3

// Elsewhere one may do without; where everything is checked, nothing is left out unseen.
const isLeftOut = !isPgBouncerInstalled && process.env.CI === undefined
if (isLeftOut)
  process.stderr.write('LEFT OUT: pgbouncer is not installed, so nothing is tried with it\n')

let postgres: PostgresServer
let bouncer: PgBouncer
let mail: MailSink
let proxy: NodeProxy

describe.skipIf(isLeftOut)('PgBouncer in transaction mode', () => {
  beforeEach(async () => {
    postgres = await startPostgresServer()
    bouncer = await startPgBouncer(postgres, serverConnections)
    mail = await startMailSink()
  }, 60_000)

  afterEach(async () => {
    await cleanUp()
    proxy?.stop()
    await mail.stop()
    await bouncer.stop()
    await postgres.remove()
  }, 60_000)

  it('serves two nodes and many clients over three connections', { timeout: 90_000 }, async () => {
    const env = {
      SECRET_KEY: testSecret,
      DATABASE_URL: bouncer.url,
      DATABASE_TRANSACTION_POOLING: 'true',
      SMTP_URL: mail.url,
      ALLAUTH_TRUSTED_PROXY_COUNT: '1',
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: 'true',
      ACCOUNT_EMAIL_NOTIFICATIONS: 'true',
      ACCOUNT_RATE_LIMITS: JSON.stringify({ login_failed: '10/m/ip,5/5m/key' }),
    }
    const cwd = makeFolder()
    assert.equal((await latchkey(['migrate'], { cwd, env })).code, 0)
    const nodes = await Promise.all([startServer({ cwd, env }), startServer({ cwd, env })])
    proxy = await startProxy(nodes.map(({ url }) => url))
    const crowd = startPeople(16, { url: proxy.url, mail, random: Math.random })
    await sleep(6000)
    const connections = await serverConnectionsOf(postgres)
    const victim = await until('a signup', async () => (await crowd.signUp()) ?? undefined)
    assert.equal(await crowd.guess(victim, 30), 5)
    await crowd.stop()
    assert.ok(connections <= serverConnections, `${connections} connections`)
    const { faults, failures, signups, owed } = crowd.books
    assert.deepEqual(
      { faults, failures },
      { faults: [], failures: { connection: 0, unavailable: 0 } },
    )
    assert.ok(signups.size > 16)
    const total = [...owed.values()].reduce((sum, count) => sum + count, 0)
    await until('all mail is sent', () => mail.deliveries.length >= total)
    assert.deepEqual(repeated(mail.deliveries), [])
    const audit = await latchkey(['audit', 'verify'], { cwd, env })
    assert.deepEqual([audit.code, audit.stderr], [0, ''])
    for (const node of nodes) assert.equal((await node.stop()).code, 0)
  })
})

/** How many connections the pooler has at the server; this one goes past it. */
async function serverConnectionsOf({ url }: PostgresServer): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    `select count(*) as count from pg_stat_activity
     where backend_type = 'client backend' and pid != pg_backend_pid()`,
  )
  await client.end()
  return Number(rows[0]?.count)
}

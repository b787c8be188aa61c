// Three nodes over one PostgreSQL behind a proxy, used by many at once, while a node is killed and the
// database goes away: nothing that was answered is lost, and nothing that was ended comes back.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { hasRedis, sayIfSkipped, someRedis } from '../../src/testing/redis.ts'
import { request } from '../http-client.ts'
import {
  cleanUp,
  type Environment,
  latchkey,
  makeFolder,
  type RunningServer,
  startServer,
  testSecret,
  until,
} from '../processes.ts'
import { type MailSink, repeated, startMailSink } from './mail-sink.ts'
import { type People, startPeople } from './people.ts'
import { type PostgresServer, startPostgresServer } from './postgres-server.ts'
import { type NodeProxy, startProxy } from './proxy.ts'

const compared = 5
const people = 12
/** A node that could not write for a while looks at its outbox again after a pause of up to a minute. */
const mailPatienceMs = 70_000

sayIfSkipped('three nodes with limits in Redis', hasRedis)

let postgres: PostgresServer
let mail: MailSink
let proxy: NodeProxy

beforeEach(async () => {
  postgres = await startPostgresServer()
  mail = await startMailSink()
}, 60_000)

afterEach(async () => {
  await cleanUp()
  proxy?.stop()
  await mail.stop()
  await postgres.remove()
}, 60_000)

describe('three nodes', () => {
  it.each(['the database', ...(hasRedis ? ['Redis'] : [])])(
    'with limits in %s lose nothing while a node is killed and the database goes away',
    { timeout: 180_000 },
    async (store) => {
      await using redis = store === 'Redis' ? await someRedis() : null
      const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)
      process.stdout.write(`TEST_SEED=${seed}\n`)
      const env = { ...environment(), ...(redis && { REDIS_URL: redis.url }) }
      const cwd = makeFolder()
      const start = () => startServer({ cwd, env })
      const nodes = await Promise.all([start(), start(), start()])
      proxy = await startProxy(nodes.map(({ url }) => url))
      const crowd = startPeople(people, { url: proxy.url, mail, random: randomFrom(seed) })
      const victim = await signedUp(crowd)
      assert.equal(await crowd.guess(victim, 30), compared)

      await sleep(1500)
      const killedAt = performance.now()
      await nodes[1].kill()
      await sleep(1000)
      nodes[1] = await start()
      proxy.nodes[1] = nodes[1].url
      await sleep(1500)

      const beforeOutage = { ...crowd.books.failures }
      await postgres.stop()
      await Promise.all(nodes.map((node) => ready(node, '503 database')))
      await sleep(1000)
      await postgres.start()
      await Promise.all(nodes.map((node) => ready(node, '200 undefined')))
      assert.ok(crowd.books.failures.unavailable > beforeOutage.unavailable, 'somebody was there')

      await sleep(2500)
      assert.equal(await crowd.guess(victim, 9), 0, 'they are used up, whoever was restarted')
      const second = await signedUp(crowd)
      assert.equal(await crowd.guess(second, 30), compared)
      await crowd.stop()
      const { requests, failures, signups } = crowd.books
      process.stdout.write(`${JSON.stringify({ requests, signups: signups.size, ...failures })}\n`)
      assert.deepEqual(crowd.books.faults, [])

      await checkSignups(crowd)
      await checkSessions(crowd, nodes)
      await checkMail(crowd, killedAt)
      const audit = await latchkey(['audit', 'verify'], { cwd, env })
      assert.deepEqual([audit.code, audit.stderr], [0, ''])
      assert.match(audit.stdout, /: whole\n/)
      for (const { code, stdout, stderr } of await Promise.all(nodes.map((node) => node.stop()))) {
        assert.deepEqual([code, stderr], [0, ''])
        assert.doesNotMatch(stdout, /failed unexpectedly/)
      }
    },
  )
})

function environment(): Environment {
  return {
    SECRET_KEY: testSecret,
    DATABASE_URL: postgres.url,
    SMTP_URL: mail.url,
    ALLAUTH_TRUSTED_PROXY_COUNT: '1',
    ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: 'true',
    ACCOUNT_EMAIL_NOTIFICATIONS: 'true',
    // So that wrong passwords of one user come through all nodes, and only they are limited.
    ACCOUNT_RATE_LIMITS: JSON.stringify({ login_failed: `10/m/ip,${compared}/5m/key` }),
  }
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function signedUp(crowd: People): Promise<string> {
  return until('a signup is answered', async () => (await crowd.signUp()) ?? undefined)
}

function ready({ url }: RunningServer, expected: string): Promise<true> {
  return until(`${url} says ${expected}`, async () => {
    const answer = await fetch(`${url}/health/ready`)
    const { reason } = (await answer.json()) as { reason?: string }
    return `${answer.status} ${reason}` === expected
  })
}

async function query<Row extends object>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  const { rows } = await client.query<Row>(sql)
  await client.end()
  return rows
}

async function checkSignups({ books }: People): Promise<void> {
  const rows = await query<{ email: string }>('select email from email_addresses')
  const stored = new Set(rows.map(({ email }) => email))
  assert.deepEqual(
    [...books.signups].filter((it) => !stored.has(it)),
    [],
  )
  assert.ok(books.signups.size > people, `only ${books.signups.size} signed up`)
}

/** What was ended is over on every node, and what nobody ended is not. */
async function checkSessions({ books }: People, nodes: readonly RunningServer[]): Promise<void> {
  const statusOf = async (node: RunningServer, token: string) =>
    (await request(node.url, 'GET', 'auth/session', { token, ip: '10.255.0.1' })).status
  assert.ok(books.ended.length > 5 && books.lasting.size > 5)
  for (const node of nodes) {
    const ended = await Promise.all(books.ended.map((token) => statusOf(node, token)))
    for (const status of ended) assert.ok(status === 401 || status === 410, `${status}`)
    const lasting = await Promise.all([...books.lasting].map((token) => statusOf(node, token)))
    for (const status of lasting) assert.equal(status, 200)
  }
}

/** All mail comes, and what comes twice was being sent by the node that was killed. */
async function checkMail({ books }: People, killedAt: number): Promise<void> {
  const waiting = (condition: string) =>
    query(`select id from outbox where ${condition}`).then((rows) => rows.length)
  // Its leases last a minute; the rest of the mail does not have to wait for that.
  const allOther = async () => (await waiting('lease_until = 0')) === 0
  await until('all other mail is sent', allOther, mailPatienceMs)
  await until('what is being sent is sent', async () => {
    await query(`update outbox set lease_until = 0 where lease_until < ${Date.now() + 45_000}`)
    return (await waiting('true')) === 0
  })
  const came = Map.groupBy(mail.deliveries, ({ to }) => to)
  for (const [email, count] of books.owed) {
    const different = new Set(came.get(email)?.map(({ id }) => id))
    assert.ok(different.size >= count, `${email}: ${different.size} mails of ${count}`)
  }
  for (const [first, ...again] of repeated(mail.deliveries)) {
    assert.ok(first && again.every((it) => it.startedAt > first.endedAt), 'twice at the same time')
    const { endedAt } = first
    assert.ok(Math.abs(endedAt - killedAt) < 2000 && again.length === 1, 'sent twice for no reason')
  }
}

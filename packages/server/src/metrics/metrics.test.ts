import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuthOptions } from '../testing/auth.ts'
import { withoutTable } from '../testing/without-table.ts'
import { createMetrics, type Metrics } from './metrics.ts'

const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const login = '/_allauth/app/v1/auth/login'

async function measured(options: TestAuthOptions = {}) {
  const metrics = await createMetrics()
  const auth = await createTestAuth({ users: [ann], ...options, observer: metrics.observer })
  metrics.watch(auth.gauges)
  return { auth, metrics }
}

/** The value of a series, as Prometheus reads it; undefined where there is none. */
async function readValue(metrics: Metrics, series: string): Promise<number | undefined> {
  const { text } = await metrics.scrape()
  const line = text.split('\n').find((it) => it.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}

describe('the metrics', () => {
  it('count log-ins by method and outcome, and what they took', async () => {
    const { auth, metrics } = await measured()
    const client = auth.client('app')
    const hashed = 'latchkey_work_duration_seconds_count{work="hash",outcome="succeeded"}'
    const hashedBefore = (await readValue(metrics, hashed)) ?? 0
    await client.post('auth/login', { email: ann.email, password: 'wrong' })
    await client.post('auth/login', { email: 'nobody@example.org', password: 'wrong' })
    await client.post('auth/login', { email: ann.email, password })
    const series = {
      'latchkey_logins_total{method="password",outcome="failed"}': 2,
      'latchkey_logins_total{method="password",outcome="succeeded"}': 1,
      'latchkey_events_total{type="logged_in"}': 1,
      [`latchkey_request_duration_seconds_count{method="POST",route="${login}",status="2xx"}`]: 1,
      [`latchkey_request_duration_seconds_count{method="POST",route="${login}",status="4xx"}`]: 2,
      [hashed]: hashedBefore + 3,
      'latchkey_work_duration_seconds_count{work="session_check",outcome="succeeded"}': 3,
      latchkey_hash_running: 0,
      latchkey_hash_queued: 0,
    }
    for (const [name, value] of Object.entries(series)) {
      assert.equal(await readValue(metrics, name), value, name)
    }
    const transactions =
      'latchkey_work_duration_seconds_count{work="transaction",outcome="succeeded"}'
    assert.ok(((await readValue(metrics, transactions)) ?? 0) >= 3)
    await auth.close()
  })

  it('count sign-ups, and messages that wait and that were sent', async () => {
    const { auth, metrics } = await measured({ users: [] })
    await auth.client('app').post('auth/signup', { email: ann.email, password })
    assert.equal(await readValue(metrics, 'latchkey_signups_total'), 1)
    await auth.server.outbox.drain()
    const sent = 'latchkey_deliveries_total{kind="mail",outcome="sent"}'
    assert.equal(await readValue(metrics, sent), 1)
    assert.equal(await readValue(metrics, 'latchkey_outbox_waiting{kind="mail"}'), 0)
    assert.equal(await readValue(metrics, 'latchkey_outbox_oldest_age_seconds'), 0)
    await auth.close()
  })

  it('tell how long the oldest message has waited', async () => {
    const { auth, metrics } = await measured()
    const { db } = auth.server
    const row = { kind: 'mail', recipient_hash: 'x', payload: 'x', attempts: 3 } as const
    const created_at = auth.clock.now - 90_000
    const available_at = auth.clock.now + 3_600_000
    const times = { created_at, available_at, lease_id: null, lease_until: 0 }
    await db
      .insertInto('outbox')
      .values({ id: 'x', ...row, ...times })
      .execute()
    assert.equal(await readValue(metrics, 'latchkey_outbox_oldest_age_seconds'), 90)
    assert.equal(await readValue(metrics, 'latchkey_outbox_waiting{kind="mail"}'), 1)
    await auth.close()
  })

  it('count what limits refuse', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { login: '1/m/ip' } }
    const { auth, metrics } = await measured({ settings })
    const client = auth.client('app')
    await client.post('auth/login', { email: ann.email, password })
    await client.post('auth/login', { email: ann.email, password })
    await client.post('auth/login', { email: ann.email, password })
    assert.equal(await readValue(metrics, 'latchkey_limited_total{action="login"}'), 2)
    await auth.close()
  })

  it('count passwords that were turned away', async () => {
    const { auth, metrics } = await measured({
      settings: { HASH_CONCURRENCY: 1, HASH_MAX_QUEUED: 0 },
    })
    const client = auth.client('app', { mayFail: true })
    const input = { email: ann.email, password }
    const answers = await Promise.all([1, 2, 3].map(() => client.post('auth/login', input)))
    const refused = answers.filter(({ status }) => status === 503).length
    assert.ok(refused > 0)
    assert.equal(await readValue(metrics, 'latchkey_hash_refused_total'), refused)
    await auth.close()
  })

  it('count failing queries, but none that a unique index refuses, and are told all the same', async () => {
    const { auth, metrics } = await measured()
    await assert.rejects(auth.createUser(ann))
    assert.equal(await readValue(metrics, 'latchkey_database_errors_total'), 0)
    const client = auth.client('app', { mayFail: true })
    await withoutTable(auth.server.db, 'outbox', async () => {
      await client.post('auth/password/request', { email: ann.email })
      assert.ok(((await readValue(metrics, 'latchkey_database_errors_total')) ?? 0) > 0)
      assert.equal(await readValue(metrics, 'latchkey_outbox_oldest_age_seconds'), undefined)
      assert.equal(await readValue(metrics, 'latchkey_hash_running'), 0)
    })
    assert.equal(await readValue(metrics, 'latchkey_outbox_oldest_age_seconds'), 0)
    await auth.close()
  })

  it('say nothing of who it was, nor what a client made up', async () => {
    const { auth, metrics } = await measured()
    const client = auth.client('app', { ip: '198.51.100.77' })
    const { body } = await client.post('auth/login', { email: ann.email, password })
    await client.get('auth/session')
    const { served, server } = auth
    const { serve } = await import('../http/serve.ts')
    await serve(server, served, {
      method: 'EVIL',
      target: '/made/up?by=client',
      isEncrypted: false,
      remoteAddress: '198.51.100.77',
      header: (name) => (name === 'host' ? 'localhost' : undefined),
      readBody: async () => new Uint8Array(),
    })
    const { text } = await metrics.scrape()
    const secrets = [ann.email, '198.51.100', 'EVIL', 'made/up', String(body.data?.user?.id)]
    for (const secret of secrets) assert.ok(!text.includes(secret), secret)
    assert.match(text, /method="other",route="none",status="4xx"/)
    await auth.close()
  })
})

// What counts guesses and messages is gone: nothing that has to pay passes, and the rest goes on.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import type { TestAnswer, TestClient } from '../../src/testing/client.ts'
import { redisProgram, sayIfSkipped, startRedis } from '../../src/testing/redis.ts'
import { signIn } from '../../src/testing/signed-in.ts'
import { until } from '../processes.ts'
import { begin, createTown, password, type Town } from './half-signed-in.ts'
import { fingerprint, type Kind, kinds, operationsOf } from './operations.ts'

sayIfSkipped('attacks while Redis is down', redisProgram !== null)

const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const resending = {
  ACCOUNT_RATE_LIMITS: {},
  ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 1,
  ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND: 1,
  ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND: 1,
}

/** Who sends a request: somebody new, somebody signed in, or somebody who waits at a stage. */
type Who = 'stranger' | 'user' | Stage
type Stage = 'login_by_code' | 'verify_email' | 'verify_phone' | 'mfa_authenticate'
type Paying = [method: string, path: string, who: Who, json?: object]

/** Everything that has to pay, beyond the operations whose route says so. */
const paying: readonly Paying[] = [
  ['POST', 'auth/login', 'stranger', { email: 'cody@example.org', password }],
  ['POST', 'auth/signup', 'stranger', { email: 'new@example.org', password }],
  ['POST', 'auth/webauthn/signup', 'stranger', { email: 'new@example.org' }],
  ['POST', 'auth/code/request', 'stranger', { email: 'cody@example.org' }],
  ['POST', 'auth/code/request', 'stranger', { email: 'nobody@example.org' }],
  ['POST', 'auth/password/request', 'stranger', { email: 'cody@example.org' }],
  ['POST', 'auth/password/request', 'stranger', { email: 'nobody@example.org' }],
  ['POST', 'auth/password/reset', 'stranger', { key: 'BCDF-GHJK', password }],
  ['GET', 'auth/webauthn/login', 'stranger'],
  ['POST', 'auth/code/resend', 'login_by_code'],
  ['POST', 'auth/email/verify/resend', 'verify_email'],
  ['POST', 'auth/phone/verify/resend', 'verify_phone'],
  ['POST', 'auth/2fa/authenticate', 'mfa_authenticate', { code: '000000' }],
  ['POST', 'account/email', 'user', { email: 'more@example.org' }],
  ['PATCH', 'account/email', 'user', { email: 'cody@example.org', primary: true }],
  ['DELETE', 'account/email', 'user', { email: 'more@example.org' }],
  ['POST', 'account/phone', 'user', { phone: '+31699999998' }],
  ['POST', 'account/password/change', 'user', { current_password: 'x', new_password: password }],
  ['POST', 'auth/reauthenticate', 'user', { password: 'x' }],
  ['POST', 'auth/2fa/reauthenticate', 'user', { code: '000000' }],
]

function assertRefused({ status, text, headers }: TestAnswer, what: string): void {
  assert.deepEqual({ status, text }, { status: 503, text: '{"status":503}' }, what)
  assert.equal(headers.get('retry-after'), '5')
}

async function clientsOf(town: Town, kind: Kind): Promise<Record<Who, TestClient>> {
  const { auth } = town
  const waiting = async (stage: Stage) => (await begin[stage](town, kind)).client
  const user = await signIn(auth, { email: 'cody@example.org', password }, kind)
  return {
    stranger: auth.client(kind),
    user,
    verify_email: await waiting('verify_email'),
    verify_phone: await waiting('verify_phone'),
    mfa_authenticate: await waiting('mfa_authenticate'),
    // At last, for its code is the first to expire.
    login_by_code: await waiting('login_by_code'),
  }
}

/** The same client, of which failures are expected. */
function failing(auth: TestAuth, client: TestClient): TestClient {
  const copy = auth.client(client.kind, { mayFail: true })
  copy.token = client.token
  for (const [name, value] of client.cookies) copy.cookies.set(name, value)
  return copy
}

describe.skipIf(redisProgram === null)('while the store of the limits is down', () => {
  it.each(kinds)(
    'the %s gets 503 for all that has to pay, and nothing is written',
    async (kind) => {
      await using redis = await startRedis()
      await using town = await createTown({ ...resending, REDIS_URL: redis.url })
      const { auth } = town
      const clients = await clientsOf(town, kind)
      await auth.server.outbox.drain()
      await redis.stop()
      const before = await fingerprint(auth)
      for (const [method, path, who, json] of paying) {
        const answer = await failing(auth, clients[who]).request(method, path, json)
        assertRefused(answer, `${method} ${path} of ${who}`)
      }
      for (const { method, path, route } of operationsOf(auth, kind)) {
        if (!route.limit) continue
        const who = failing(auth, route.audience === 'user' ? clients.user : clients.stranger)
        assertRefused(await who.request(method, path, {}), `${method} ${path}`)
      }
      assert.equal(await fingerprint(auth), before)
    },
  )

  it.each(kinds)('the %s is served everything else', async (kind) => {
    await using redis = await startRedis()
    await using town = await createTown({ ...resending, REDIS_URL: redis.url })
    const { auth } = town
    const clients = await clientsOf(town, kind)
    const isPaid = (method: string, path: string) =>
      paying.some((it) => it[0] === method && path.endsWith(`/${it[1]}`))
    await redis.stop()
    const logOut = (method: string, path: string) =>
      method === 'DELETE' && /auth\/session$/.test(path)
    for (const { method, path, route } of operationsOf(auth, kind)) {
      if (route.limit || isPaid(method, path) || logOut(method, path)) continue
      for (const who of ['stranger', 'user'] as const) {
        const { status } = await failing(auth, clients[who]).request(method, path, {})
        assert.ok(status < 500, `${method} ${path} of ${who}: ${status}`)
      }
    }
    assert.equal((await clients.user.get('auth/session')).status, 200)
    assert.equal((await clients.user.get('auth/sessions')).status, 200)
    assert.equal((await clients.user.delete('auth/session')).status, 401)
  })

  it('does not hold up sessions while it hangs', async () => {
    await using redis = await startRedis()
    await using auth = await createTestAuth({ settings: { REDIS_URL: redis.url }, users: [ann] })
    const client = await signIn(auth, ann)
    redis.hang()
    const startedAt = performance.now()
    const guesses = Array.from({ length: 20 }, () =>
      auth.client('app', { mayFail: true }).post('auth/login', ann),
    )
    for (let looks = 0; looks < 20; looks += 1) {
      assert.equal((await client.get('auth/session')).status, 200)
      assert.equal((await client.get('/health/live')).status, 200)
    }
    assert.ok(performance.now() - startedAt < 900)
    for (const answer of await Promise.all(guesses)) assertRefused(answer, 'POST auth/login')
    redis.goOn()
  })

  it('is told by the readiness, and is over without a restart', async () => {
    await using redis = await startRedis()
    await using auth = await createTestAuth({ settings: { REDIS_URL: redis.url }, users: [ann] })
    const client = auth.client('app', { mayFail: true })
    const ready = async () => {
      const { status, text } = await client.get('/health/ready')
      return `${status} ${text}`
    }
    assert.equal(await ready(), '200 {"status":"ok"}')
    await redis.stop()
    assert.equal(await ready(), '200 {"status":"degraded","reason":"limits"}')
    assertRefused(await client.post('auth/login', ann), 'POST auth/login')
    await redis.start()
    await until('limits are counted again', async () => (await ready()) === '200 {"status":"ok"}')
    assert.equal((await client.post('auth/login', ann)).status, 200)
  })

  it('is logged with the id of a request, once in ten seconds', async () => {
    await using redis = await startRedis()
    await using auth = await createTestAuth({ settings: { REDIS_URL: redis.url }, users: [ann] })
    await redis.stop()
    const ids: (string | null)[] = []
    async function guess(times: number): Promise<void> {
      for (let n = 0; n < times; n += 1) {
        const answer = await auth.client('app', { mayFail: true }).post('auth/login', ann)
        ids.push(answer.headers.get('x-request-id'))
      }
    }
    await guess(30)
    auth.clock.advance(10)
    await guess(1)
    const lines = auth.logged.filter(({ text }) => text.includes('whatever is counted is refused'))
    assert.deepEqual(
      lines.map(({ level, details }) => ({ level, ...details, err: undefined })),
      [
        { level: 'error', requestId: ids[0], others: 0, err: undefined },
        { level: 'error', requestId: ids[30], others: 29, err: undefined },
      ],
    )
  })
})

describe.skipIf(redisProgram === null)('a server that starts while the store is down', () => {
  it('serves, and counts as soon as the store is there', async () => {
    await using redis = await startRedis()
    await redis.stop()
    await using auth = await createTestAuth({ settings: { REDIS_URL: redis.url }, users: [ann] })
    const client = auth.client('app', { mayFail: true })
    assert.equal((await client.get('config')).status, 200)
    assertRefused(await client.post('auth/login', ann), 'POST auth/login')
    await redis.start()
    await until('somebody can log in', async () => {
      return (await client.post('auth/login', ann)).status === 200
    })
  })
})

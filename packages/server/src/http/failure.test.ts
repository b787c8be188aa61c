import assert from 'node:assert/strict'
import { describe, it, vi } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { takeTurn } from '../testing/busy-gate.ts'

const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', password }
const byCode = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}

function logText({ logged }: TestAuth): string {
  return logged
    .map(({ level, details, text }) => {
      const { err, ...rest } = details as { err?: unknown }
      const error = err instanceof Error ? `${err.stack} ${JSON.stringify(err)}` : ''
      return `${level} ${text} ${JSON.stringify(rest)} ${error}`
    })
    .join('\n')
}

describe('an unexpected error', () => {
  it('is answered with 500, an id that the log has too, and no detail', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    await auth.server.db.destroy()
    for (const kind of ['app', 'browser'] as const) {
      const client = auth.client(kind, { mayFail: true })
      const { status, text, headers } = await client.post('auth/login', ann)
      assert.equal(status, 500)
      assert.equal(text, '{"status":500}')
      const id = headers.get('x-request-id')
      const entry = auth.logged.find(({ details }) => Reflect.get(details, 'requestId') === id)
      assert.equal(entry?.level, 'error')
      assert.ok(Reflect.get(entry?.details ?? {}, 'err') instanceof Error)
    }
  })

  it('lets nobody in: with the database gone no answer says that somebody is signed in', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = auth.client('app', { mayFail: true })
    await client.post('auth/login', ann)
    await auth.server.db.destroy()
    assert.equal((await client.get('auth/session')).status, 500)
    const input = { email: 'new@example.org', password }
    assert.equal(
      (await auth.client('app', { mayFail: true }).post('auth/signup', input)).status,
      500,
    )
  })

  it('does not put what was sent into the log', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = auth.client('app', { mayFail: true })
    await client.post('auth/login', ann)
    const token = String(client.token)
    await auth.server.db.destroy()
    await client.get('auth/session')
    await auth.client('app', { mayFail: true }).post('auth/login', ann)
    const text = logText(auth)
    for (const secret of [token, password]) assert.equal(text.includes(secret), false)
  })

  it('makes the server not ready, but leaves it alive', async () => {
    await using auth = await createTestAuth()
    const client = auth.client('app')
    assert.equal((await client.get('/health/ready')).status, 200)
    await auth.server.db.destroy()
    assert.equal((await client.get('/health/ready')).status, 503)
    assert.equal((await client.get('/health/live')).status, 200)
  })
})

describe('a full gate', () => {
  it('answers 503 and when to come back, and goes on serving everything else', async () => {
    const settings = { HASH_CONCURRENCY: 1, HASH_MAX_QUEUED: 1, ACCOUNT_RATE_LIMITS: false }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const logIn = () => auth.client('app', { mayFail: true }).post('auth/login', ann)
    const { gate, letGo } = takeTurn(auth)
    const waiting = logIn()
    await vi.waitUntil(() => gate.queued === 1)
    assert.equal((await auth.client('app').get('auth/session')).status, 401)
    for (const { status, headers, text } of await Promise.all(Array.from({ length: 8 }, logIn))) {
      assert.equal(status, 503)
      assert.match(String(headers.get('retry-after')), /^[1-9]\d*$/)
      assert.equal(text, '{"status":503}')
    }
    await letGo()
    assert.equal((await waiting).status, 200)
    assert.equal((await logIn()).status, 200)
  })
})

describe('the log', () => {
  it('has no password, token, code or key after everything that can be done', async () => {
    const secrets = [password, 'wrong-Otter-42']
    const settings = { ...byCode, ACCOUNT_RATE_LIMITS: false }
    await using auth = await createTestAuth({
      settings,
      users: [{ email: 'bob@example.org', password }],
    })
    for (const kind of ['app', 'browser'] as const) {
      const client = auth.client(kind)
      const email = `${kind}@example.org`
      await client.post('auth/signup', { email, password })
      secrets.push(...credentialsOf(client))
      const key = await auth.secretTo(email)
      secrets.push(key, key.replace('-', ''))
      await client.post('auth/email/verify', { key: 'BCDF-GHJK' })
      await client.post('auth/email/verify', { key })
      secrets.push(...credentialsOf(client))
      await client.delete('auth/session')
      await client.request('POST', 'auth/login', undefined, { raw: `{"password":"${password}"` })
      await auth.client(kind).post('auth/login', { email, password: 'wrong-Otter-42' })
      const again = auth.client(kind)
      await again.post('auth/login', { email, password })
      secrets.push(...credentialsOf(again))
    }
    const text = logText(auth)
    const events = JSON.stringify(await auth.server.db.selectFrom('events').selectAll().execute())
    for (const secret of secrets) {
      assert.ok(secret.length > 7)
      assert.equal(text.includes(secret) || events.includes(secret), false, secret)
    }
  })
})

function credentialsOf({
  token,
  cookies,
}: {
  token: string | undefined
  cookies: Map<string, string>
}) {
  return [token, cookies.get('sessionid')].filter((it) => it !== undefined)
}

// Whoever does something again and again: messages to others, rows without end, work for the server.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import { readTables } from './operations.ts'

const password = 'velvet-Otter-41'
const victim = { email: 'ann@example.org', phone: '+31612345678', password }
const codes = {
  ACCOUNT_LOGIN_METHODS: ['email', 'phone'],
  ACCOUNT_SIGNUP_FIELDS: ['email*', 'password1*', 'phone'],
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
  ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND: 99,
  ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 99,
  ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND: 99,
  MFA_PASSKEY_LOGIN_ENABLED: true,
}

/** All that makes the server send something to somebody, from a new network address each. */
async function causeMessages(auth: TestAuth, round: number): Promise<void> {
  const { email, phone } = victim
  const ways: [path: string, json: object][] = [
    ['auth/code/request', { email }],
    ['auth/code/request', { phone }],
    ['auth/password/request', { email }],
    ['auth/signup', { email, password }],
    ['auth/signup', { email: `u${round}@example.org`, phone, password }],
  ]
  const resends = ['auth/code/resend', 'auth/email/verify/resend', 'auth/phone/verify/resend']
  for (const [index, [path, json]] of ways.entries()) {
    const client = auth.client('app', { ip: `203.${index}.0.${round}` })
    await client.post(path, json)
    for (const again of resends) await client.post(again)
  }
}

describe('messages', () => {
  it.each([
    { whose: 'an account', users: [victim] },
    { whose: 'nobody', users: [] },
  ])('to the address and number of $whose are few, however they are caused', async ({ users }) => {
    await using auth = await createTestAuth({ settings: codes, users })
    for (let round = 0; round < 20; round += 1) {
      await causeMessages(auth, round)
      auth.clock.advance(3)
    }
    const sent = await auth.sent()
    const to = (target: string) => sent.filter((it) => it.startsWith(`${target}: `)).length
    // In a minute: three codes to log in with, five resets, six codes that verify, five notices.
    assert.ok(to(victim.email) >= 5 && to(victim.email) <= 19, `${to(victim.email)} mails`)
    // Three codes to log in with, two that verify, five notices.
    assert.ok(to(victim.phone) >= 3 && to(victim.phone) <= 10, `${to(victim.phone)} texts`)
  })

  it('are few in all, where a limit for everybody together says so', async () => {
    const limits = { verify_phone: '1/30s/key,3/m/ip,10/h/all' }
    await using auth = await createTestAuth({
      settings: { ...codes, ACCOUNT_EMAIL_VERIFICATION: 'none', ACCOUNT_RATE_LIMITS: limits },
    })
    for (let n = 10; n < 40; n += 1) {
      const client = auth.client('app', { ip: `203.0.113.${n}` })
      await client.post('auth/signup', {
        email: `u${n}@example.org`,
        phone: `+316123456${n}`,
        password,
      })
    }
    assert.equal((await auth.sent()).filter((it) => it.startsWith('+')).length, 10)
  })
})

describe('rows', () => {
  const strangers: readonly [method: string, path: string, most: number, json?: object][] = [
    ['GET', 'auth/session', 0],
    ['GET', 'config', 0],
    ['DELETE', 'auth/session', 0],
    ['GET', 'auth/webauthn/login', 100],
    ['POST', 'auth/code/request', 20, { email: 'nobody@example.org' }],
    ['POST', 'auth/password/request', 20, { email: 'nobody@example.org' }],
    ['POST', 'auth/email/verify', 0, { key: 'BCDF-GHJK' }],
    ['POST', 'auth/login', 30, { email: 'nobody@example.org', password: 'wrong' }],
    ['POST', 'tokens/refresh', 0, { refresh_token: 'x' }],
  ]

  it.each(strangers)(
    '%s %s of one network address adds few, of 150 requests',
    async (method, path, most, json) => {
      await using auth = await createTestAuth({ settings: codes })
      const before = await countRows(auth)
      for (let n = 0; n < 150; n += 1) {
        const kind = n % 2 ? 'app' : 'browser'
        // Each time another address, so that no limit for one of them stands in the way.
        const own = json && 'email' in json ? { ...json, email: `u${n}@example.org` } : json
        await auth.client(kind).request(method, path, own)
      }
      const { rate_limits: _, outbox: __, ...added } = subtract(await countRows(auth), before)
      for (const [table, count] of Object.entries(added)) {
        assert.ok(count <= most, `${table}: ${count}`)
      }
    },
  )

  it('of one session do not grow, however often it begins something', async () => {
    await using auth = await createTestAuth({ settings: { ...codes, ACCOUNT_RATE_LIMITS: false } })
    const client = auth.client('browser')
    for (let n = 0; n < 60; n += 1) {
      await client.get('auth/webauthn/login')
      await client.post('auth/code/request', { email: `u${n}@example.org` })
      await client.post('auth/password/request', { email: `u${n}@example.org` })
    }
    const { sessions = [] } = await readTables(auth)
    assert.equal(sessions.length, 1)
    assert.ok(JSON.stringify(sessions).length < 4096)
  })
})

async function countRows(auth: TestAuth): Promise<Record<string, number>> {
  const tables = Object.entries(await readTables(auth))
  return Object.fromEntries(tables.map(([name, rows]) => [name, rows.length]))
}

function subtract(after: Record<string, number>, before: Record<string, number>) {
  const names = Object.keys(after)
  return Object.fromEntries(names.map((it) => [it, (after[it] ?? 0) - (before[it] ?? 0)]))
}

describe('work', () => {
  it('is not made by long input: any text of 60 KB in any field is answered soon', async () => {
    await using auth = await createTestAuth({
      settings: { ...codes, ACCOUNT_RATE_LIMITS: false },
      users: [victim],
    })
    const texts = ['a', '1', ' ', '@', '.', 'a.', 'é', '\u{1F600}', 'a@a.', '%', '\\'].map((it) =>
      it.repeat(60_000 / Buffer.byteLength(JSON.stringify(it).slice(1, -1))),
    )
    const paths = ['auth/login', 'auth/signup', 'auth/code/request', 'auth/password/request']
    for (const path of paths) {
      for (const text of texts) {
        for (const field of ['email', 'phone', 'password']) {
          const startedAt = performance.now()
          const json = { email: victim.email, password, [field]: text }
          const { status } = await auth.client('app').post(path, json)
          assert.ok(status < 500, `${path} ${field}: ${status}`)
          assert.ok(performance.now() - startedAt < 2000, `${path} ${field} ${text.slice(0, 5)}`)
        }
      }
    }
  })

  it('is not made by hashes that were imported with an extreme cost', async () => {
    await using auth = await createTestAuth()
    const { hasher } = auth.server
    const salt = 'c2FsdHNhbHRzYWx0c2FsdA'
    const hash = 'A'.repeat(43)
    const extreme = [
      `$argon2id$v=19$m=4194304,t=2,p=1$${salt}$${hash}`,
      `$argon2id$v=19$m=19456,t=4294967295,p=1$${salt}$${hash}`,
      `$argon2id$v=19$m=19456,t=2,p=16777215$${salt}$${hash}`,
      `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${'A'.repeat(2_000_000)}`,
      `pbkdf2_sha256$2147483647$salt$${hash}=`,
      `pbkdf2_sha256$${'9'.repeat(400)}$salt$${hash}=`,
      `scrypt$salt$1073741824$8$1$${hash}=`,
      `scrypt$salt$16384$1048576$1$${hash}=`,
      `scrypt$salt$16384$8$1048576$${hash}=`,
      `bcrypt$$2b$31$${'a'.repeat(53)}`,
      `$2b$31$${'a'.repeat(53)}`,
    ]
    for (const stored of extreme) {
      const startedAt = performance.now()
      assert.equal(hasher.understands(stored), false, stored.slice(0, 60))
      assert.equal(await hasher.verify(password, stored), false)
      assert.ok(performance.now() - startedAt < 2000, stored.slice(0, 60))
    }
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const password = 'velvet-Otter-41'
const users = [
  { email: 'ann@example.org', password },
  { email: 'without@example.org', password: null },
  { email: 'inactive@example.org', password, is_active: false },
  { email: 'unverified@example.org', password, email_verified: false },
]
const settings = { ACCOUNT_RATE_LIMITS: false, ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }

/** An app whose server counts what its hasher does. */
function countingApp(auth: TestAuth) {
  const counts = { verified: 0, hashed: 0 }
  const { hasher } = auth.server
  const counting = {
    ...hasher,
    verify(given: string, stored: string) {
      counts.verified += 1
      return hasher.verify(given, stored)
    },
    hash(given: string) {
      counts.hashed += 1
      return hasher.hash(given)
    },
  }
  const client = new TestClient({ ...auth, server: { ...auth.server, hasher: counting } }, 'app')
  return { client, counts }
}

describe('POST auth/login for an account that does not exist', () => {
  it('answers exactly as for any account with a wrong password', async () => {
    await using auth = await createTestAuth({ settings, users })
    const emails = ['nobody@example.org', ...users.map(({ email }) => email)]
    const seen = new Set<string>()
    for (const kind of ['app', 'browser'] as const) {
      for (const email of emails) {
        const answer = await auth.client(kind).post('auth/login', { email, password: 'wrong' })
        const headers = [...answer.headers.keys()].sort().join()
        seen.add(`${kind} ${answer.status} ${answer.text} ${headers}`)
      }
    }
    assert.equal(seen.size, 2, [...seen].join('\n'))
    assert.deepEqual(await auth.sent(), [])
  })

  it('hashes as often as for one that does', async () => {
    await using auth = await createTestAuth({ settings, users })
    for (const email of ['nobody@example.org', ...users.map((it) => it.email)]) {
      const { client, counts } = countingApp(auth)
      await client.post('auth/login', { email, password: 'wrong' })
      assert.deepEqual(counts, { verified: 1, hashed: 0 }, email)
    }
  })

  it('hashes as often for a username or a number', async () => {
    await using auth = await createTestAuth({
      settings: {
        ...settings,
        ACCOUNT_LOGIN_METHODS: ['username', 'email', 'phone'],
        ACCOUNT_SIGNUP_FIELDS: ['username*', 'email*', 'phone', 'password1*'],
      },
      users: [{ email: 'ann@example.org', username: 'ann', phone: '+31612345678', password }],
    })
    const given = [
      { username: 'ann' },
      { username: 'nobody' },
      { username: 'ann@example.org' },
      { username: 'nobody@example.org' },
      { phone: '+31612345678' },
      { phone: '+31687654321' },
    ]
    for (const identifier of given) {
      const { client, counts } = countingApp(auth)
      await client.post('auth/login', { ...identifier, password: 'wrong' })
      assert.equal(counts.verified, 1, JSON.stringify(identifier))
    }
  })

  it('does not hash once the limit is reached', async () => {
    await using auth = await createTestAuth({
      settings: { ACCOUNT_RATE_LIMITS: { login_failed: '1/m/key' } },
      users,
    })
    const { client, counts } = countingApp(auth)
    for (let n = 0; n < 3; n += 1) {
      await client.post('auth/login', { email: 'ann@example.org', password: 'wrong' })
    }
    assert.equal(counts.verified, 1)
  })
})

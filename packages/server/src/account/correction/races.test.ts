import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const { errors, pending } = TestClient
const [password, newPassword] = ['velvet-Otter-41', 'tidy-Walrus-90']
const [victim, stranger] = ['victim@example.org', 'stranger@example.org']
const [number, strangers] = ['+31612345678', '+31600000001']
const noLimits = { ACCOUNT_RATE_LIMITS: { change_phone: '', verify_phone: '9/s/key' } }
const byEmail = {
  ...noLimits,
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE: 2,
}
const byPhone = {
  ...noLimits,
  ACCOUNT_LOGIN_METHODS: ['phone'],
  ACCOUNT_SIGNUP_FIELDS: ['phone*', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'none',
  ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
  ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE: 2,
}

/** Has something happen once, while a request pays: after its checks, and before it is written. */
function meanwhile({ server }: TestAuth, happens: () => Promise<unknown>): void {
  const { limiter } = server
  const spend = limiter.spend.bind(limiter)
  limiter.spend = async (budget, now) => {
    if (!/^(confirm_email|verify_phone):/.test(budget.limitKey)) return spend(budget, now)
    limiter.spend = spend
    await happens()
    return spend(budget, now)
  }
}

async function addressesOf({ server }: TestAuth) {
  const rows = await server.db.selectFrom('email_addresses').selectAll().execute()
  return rows.map((row) => `${row.email} ${row.is_verified}`)
}

async function numbersOf({ server }: TestAuth) {
  const rows = await server.db.selectFrom('phone_numbers').selectAll().execute()
  return rows.map((row) => `${row.phone} ${row.is_verified}`)
}

describe('a correction at once with the owner of what is corrected', () => {
  it('leaves an address alone whose owner has set another password meanwhile', async () => {
    await using auth = await createTestAuth({ settings: byEmail })
    const client = auth.client('app')
    await client.post('auth/signup', { email: victim, password })
    meanwhile(auth, async () => {
      const owner = auth.client('app')
      await owner.post('auth/password/request', { email: victim })
      const key = await auth.secretTo(victim)
      const reset = await owner.post('auth/password/reset', { key, password: newPassword })
      assert.equal(reset.status, 401)
    })
    const answer = await client.post('account/email', { email: stranger })
    assert.deepEqual(await addressesOf(auth), [`${victim} 0`])
    assert.equal(answer.status, 409)
  })

  it('leaves a number alone whose owner has logged in by code meanwhile', async () => {
    await using auth = await createTestAuth({ settings: byPhone })
    const client = auth.client('app')
    await client.post('auth/signup', { phone: number, password })
    meanwhile(auth, async () => {
      const owner = auth.client('app')
      await owner.post('auth/code/request', { phone: number })
      const code = await auth.secretTo(number)
      assert.equal((await owner.post('auth/code/confirm', { code })).status, 200)
    })
    const answer = await client.post('account/phone', { phone: strangers })
    assert.deepEqual(await numbersOf(auth), [`${number} 1`])
    assert.equal(answer.status, 409)
  })
})

describe('a code for a number that was corrected elsewhere', () => {
  it('does not bring the number back', async () => {
    await using auth = await createTestAuth({ settings: byPhone })
    const [first, second] = [auth.client('app'), auth.client('app')]
    await first.post('auth/signup', { phone: strangers, password })
    auth.clock.advance(1)
    const login = await second.post('auth/login', { phone: strangers, password })
    assert.equal(pending(login), 'verify_phone')
    const code = await auth.secretTo(strangers)
    await first.post('account/phone', { phone: number })
    const own = await auth.secretTo(number)
    assert.equal((await first.post('auth/phone/verify', { code: own })).status, 200)
    const answer = await second.post('auth/phone/verify', { code })
    assert.deepEqual(await numbersOf(auth), [`${number} 1`])
    assert.deepEqual(errors(answer), ['phone_taken@code'])
  })
})

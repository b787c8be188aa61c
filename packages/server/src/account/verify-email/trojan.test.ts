import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const { errors } = TestClient
const victim = 'vic@example.org'
const own = 'mallory@example.org'

/** The key of a link to an address that a stranger has added to the account of the victim. */
async function plantAddress(auth: TestAuth): Promise<string> {
  const mallory = auth.client('app')
  await mallory.post('auth/signup', { email: victim, password: 'mallory knows this one' })
  assert.equal((await mallory.post('account/email', { email: own })).status, 200)
  return auth.secretTo(own)
}

describe('a link to an address that a stranger added, who signed up with somebody else’s', () => {
  it('verifies nothing once the owner has reset the password', async () => {
    for (const isByCode of [false, true]) {
      const settings = { ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: isByCode }
      await using auth = await createTestAuth({ settings })
      const key = await plantAddress(auth)
      const vic = auth.client('app')
      await vic.post('auth/password/request', { email: victim })
      const reset = { key: await auth.secretTo(victim), password: 'tidy-Walrus-90' }
      assert.equal((await vic.post('auth/password/reset', reset)).status, 401)
      const answer = await auth.client('app').post('auth/email/verify', { key })
      assert.deepEqual(errors(answer), ['invalid_or_expired_key@key'])
    }
  })

  it('verifies nothing once the owner has logged in by code', async () => {
    await using auth = await createTestAuth({ settings: { ACCOUNT_LOGIN_BY_CODE_ENABLED: true } })
    const key = await plantAddress(auth)
    const vic = auth.client('app')
    await vic.post('auth/code/request', { email: victim })
    const code = await auth.secretTo(victim)
    assert.equal((await vic.post('auth/code/confirm', { code })).status, 200)
    const answer = await auth.client('app').post('auth/email/verify', { key })
    assert.deepEqual(errors(answer), ['invalid_or_expired_key@key'])
  })
})

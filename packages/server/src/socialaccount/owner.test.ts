import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { signIn } from '../testing/signed-in.ts'
import { count, createSocialAuth, handOver } from './testing/social.ts'

const bob = { username: 'bob', password: 'marble-Kiosk-77' }
const typo = 'victim@example.org'

describe('an address that somebody has mistyped as their first one', () => {
  it('hands the account to nobody whom a provider vouches for', async () => {
    const settings = { ACCOUNT_LOGIN_METHODS: ['username'], ACCOUNT_EMAIL_VERIFICATION: 'optional' }
    const app = { email_authentication: true }
    await using auth = await createSocialAuth(settings, { users: [bob], app })
    const client = await signIn(auth, bob)
    assert.equal((await client.post('account/email', { email: typo })).status, 200)
    const token = await auth.idp.idToken({ sub: '1', email: typo, email_verified: true })
    assert.equal((await handOver(auth.client('app'), token)).status, 401)
    assert.equal(await count(auth, 'users'), 1)
    assert.equal((await client.get('auth/session')).status, 200)
    await signIn(auth, bob)
  })
})

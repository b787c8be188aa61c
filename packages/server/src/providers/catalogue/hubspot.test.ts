import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { hubspot } from './hubspot.ts'

describe('hubspot', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developers.hubspot.com/docs/api-reference/auth-oauth-v1/tokens/get-oauth-v1-access-tokens-token
    const profile = {
      token:
        'CNye4dqFMBICAAEYhOKlDZZ_z6IVKI_xMjIUgmFsNQzgBjNE9YBmhAhNOtfN0ak6BAAAAEFCFIIwn2EVRLpvJI9hP4tbIe2aHrXaSgNuYTFlNGQ',
      user: 'user@example.com',
      hub_domain: 'meowmix.com',
      scopes: ['oauth'],
      hub_id: 1234567,
      app_id: 111111,
      expires_in: 1754,
      user_id: 293199,
      token_type: 'access',
    }
    assert.deepEqual(hubspot.readProfile(profile, {}), {
      uid: '293199',
      emails: [{ email: 'user@example.com', isVerified: false, isPrimary: true }],
    })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => hubspot.readProfile({ user: 'user@example.com' }, {}), /user_id/)
  })

  it('asks whose the token is', async () => {
    const url = 'https://api.hubapi.com/oauth/v1/access-tokens/a%2Ftoken'
    const answer = { user_id: 1 }
    const { api } = fakeProvider({ [url]: answer }, { accessToken: 'a/token' })
    assert.equal(await hubspot.fetchProfile?.(api, hubspot.endpoints({})), answer)
  })
})

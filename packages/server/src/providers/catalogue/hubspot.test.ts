import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { hubspot } from './hubspot.ts'

describe('hubspot', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developers.hubspot.com/docs/api-reference/latest/authentication/oauth-tokens/token-introspect
    const profile = {
      token_use: 'access_token',
      active: true,
      hub_id: 1234567,
      user_id: 293199,
      client_id: 'client',
      app_id: 111111,
      scopes: ['oauth'],
      expires_in: 1754,
      token_type: 'access',
      user: 'user@example.com',
      hub_domain: 'meowmix.com',
    }
    assert.deepEqual(hubspot.readProfile(profile, {}), {
      uid: '293199',
      emails: [{ email: 'user@example.com', isVerified: false, isPrimary: true }],
    })
  })

  it('refuses what is said of a token that is none', () => {
    assert.throws(() => hubspot.readProfile({ active: false }, {}), /user_id/)
  })

  it('asks whose the token is, with the token in the body', async () => {
    const answer = { user_id: 1 }
    const { profile } = hubspot.endpoints({})
    const { api, asked } = fakeProvider({ [profile]: answer })
    assert.equal(await hubspot.fetchProfile?.(api, hubspot.endpoints({})), answer)
    assert.equal(
      String(asked[0]?.body),
      'client_id=client&client_secret=secret&token=token&token_type_hint=access_token',
    )
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { twitch } from './twitch.ts'

describe('twitch', () => {
  it('reads claims as the documentation shows them', () => {
    // https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/#oidc-authorization-code-grant-flow
    const claims = {
      iss: 'https://id.twitch.tv/oauth2',
      sub: '713936733',
      email: 'scottabc@example.com',
      email_verified: true,
      preferred_username: 'scottabc',
    }
    assert.deepEqual(twitch.readProfile?.(claims, {}), {
      uid: '713936733',
      emails: [{ email: 'scottabc@example.com', isVerified: true, isPrimary: true }],
      username: 'scottabc',
      name: 'scottabc',
      givenName: undefined,
      label: 'scottabc',
    })
  })

  it('reads a profile without an address, and none without an id', () => {
    assert.deepEqual(twitch.readProfile?.({ sub: '1' }, {}).emails, [])
    assert.throws(() => twitch.readProfile?.({ preferred_username: 'scott' }, {}), ProviderError)
  })

  it('reads the scopes of an answer for tokens as text', () => {
    const answer = { access_token: 't', scope: ['openid', 'user:read:email'] }
    assert.deepEqual(twitch.readTokens?.(answer), {
      access_token: 't',
      scope: 'openid user:read:email',
    })
    assert.deepEqual(twitch.readTokens?.({ status: 400 }), { status: 400 })
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { linkedinOauth2 } from './linkedin-oauth2.ts'

describe('linkedin_oauth2', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2#api-request-to-retreive-member-details
    const claims = {
      sub: '782bbtaQ',
      name: 'John Doe',
      given_name: 'John',
      family_name: 'Doe',
      locale: 'en-US',
      email: 'doe@email.com',
      email_verified: true,
    }
    assert.deepEqual(linkedinOauth2.readProfile(claims, {}), {
      uid: '782bbtaQ',
      emails: [{ email: 'doe@email.com', isVerified: true, isPrimary: true }],
      username: undefined,
      name: 'John Doe',
      givenName: 'John',
    })
  })

  it('reads a profile without an address, and none without an id', () => {
    assert.deepEqual(linkedinOauth2.readProfile({ sub: '782bbtaQ' }, {}).emails, [])
    assert.throws(() => linkedinOauth2.readProfile({ name: 'John Doe' }, {}), ProviderError)
  })

  it('asks without PKCE', () => {
    assert.equal(linkedinOauth2.takesPkce, false)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { patreon } from './patreon.ts'

// https://docs.patreon.com/#get-api-oauth2-v2-identity
const attributes = {
  email: 'corgi@example.com',
  is_email_verified: true,
  first_name: 'Corgi',
  full_name: 'Corgi The Dev',
  vanity: null,
}

describe('patreon', () => {
  it('reads a profile as the documentation shows it', () => {
    const profile = { data: { attributes, id: '12345689', type: 'user' } }
    assert.deepEqual(patreon.readProfile(profile, {}), {
      uid: '12345689',
      emails: [{ email: 'corgi@example.com', isVerified: true, isPrimary: true }],
      username: undefined,
      name: 'Corgi The Dev',
      givenName: 'Corgi',
    })
  })

  it('takes an address as unverified unless the profile says otherwise', () => {
    const profile = { data: { id: '1', attributes: { email: 'corgi@example.com' } } }
    assert.equal(patreon.readProfile(profile, {}).emails[0]?.isVerified, false)
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => patreon.readProfile({ data: { attributes } }, {}), /data\.id/)
  })
})

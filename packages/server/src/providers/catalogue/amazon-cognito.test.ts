import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { amazonCognito } from './amazon-cognito.ts'

// https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html
const profile = {
  sub: '248289761001',
  name: 'Jane Doe',
  given_name: 'Jane',
  preferred_username: 'j.doe',
  email: 'janedoe@example.com',
  email_verified: 'true',
}

describe('amazon_cognito', () => {
  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(amazonCognito.readProfile(profile, {}), {
      uid: '248289761001',
      emails: [{ email: 'janedoe@example.com', isVerified: true, isPrimary: true }],
      username: 'j.doe',
      name: 'Jane Doe',
      givenName: 'Jane',
    })
  })

  it('takes an address as verified by nothing but "true" and true', () => {
    const isVerified = (email_verified: unknown) =>
      amazonCognito.readProfile({ ...profile, email_verified }, {}).emails[0]?.isVerified
    assert.deepEqual([true, 'true', false, 'false', 'True', 1, undefined].map(isVerified), [
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ])
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => amazonCognito.readProfile({ ...profile, sub: '' }, {}), /sub/)
  })

  it('has the addresses of the domain that the settings name', () => {
    const options = { domain: 'https://example.auth.eu-central-1.amazoncognito.com' }
    assert.equal(
      amazonCognito.endpoints(options).profile,
      'https://example.auth.eu-central-1.amazoncognito.com/oauth2/userInfo',
    )
    assert.equal(amazonCognito.checkOptions?.(options), undefined)
    assert.equal(amazonCognito.checkOptions?.({}), 'domain: expected an address')
  })
})

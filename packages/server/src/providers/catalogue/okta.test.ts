import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { okta } from './okta.ts'

// https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/orgas/#userinfo
const claims = {
  sub: '00uid4BxXw6I6TV4m0g3',
  name: 'John Doe',
  given_name: 'John',
  preferred_username: 'john.doe@example.com',
  email: 'john.doe@example.com',
  email_verified: true,
}

describe('okta', () => {
  it('reads claims as the documentation shows them', () => {
    assert.deepEqual(okta.readProfile?.(claims, {}), {
      uid: '00uid4BxXw6I6TV4m0g3',
      emails: [{ email: 'john.doe@example.com', isVerified: true, isPrimary: true }],
      username: 'john.doe@example.com',
      name: 'John Doe',
      givenName: 'John',
    })
  })

  it('takes the id from where the settings say', () => {
    const options = { uid_field: 'preferred_username' }
    assert.equal(okta.readProfile?.(claims, options).uid, 'john.doe@example.com')
    assert.throws(() => okta.readProfile?.({ email: 'john.doe@example.com' }, {}), /sub/)
  })

  it('takes a domain for an address', () => {
    assert.equal(okta.issuer({ okta_base_url: 'example.okta.com' }), 'https://example.okta.com')
    const issuer = okta.issuer({ okta_base_url: 'https://example.okta.com/' })
    assert.equal(issuer, 'https://example.okta.com')
    assert.equal(okta.checkOptions?.({ okta_base_url: 'example.okta.com' }), undefined)
  })

  it('says that it needs the address', () => {
    assert.equal(okta.issuer({}), '')
    assert.equal(okta.checkOptions?.({}), 'okta_base_url: expected an address')
  })
})

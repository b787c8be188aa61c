import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { readStandardClaims } from '../claims.ts'
import { auth0 } from './auth0.ts'

describe('auth0', () => {
  it('has the tenant that the settings name as its issuer', () => {
    const options = { auth0_url: 'https://example.eu.auth0.com/' }
    assert.equal(auth0.issuer(options), 'https://example.eu.auth0.com')
    assert.equal(auth0.checkOptions?.(options), undefined)
  })

  it('says that it needs the address', () => {
    assert.equal(auth0.issuer({}), '')
    assert.equal(auth0.checkOptions?.({}), 'auth0_url: expected an address')
    const message = auth0.checkOptions?.({ auth0_url: 'example' })
    assert.equal(message, 'auth0_url: expected an address')
  })

  it('has the standard claims, as the documentation shows them', () => {
    // https://auth0.com/docs/api/authentication/user-profile/get-user-info
    const claims = {
      sub: 'auth0|507f1f77bcf86cd799439020',
      name: 'John Doe',
      given_name: 'John',
      nickname: 'john.doe',
      email: 'john.doe@example.com',
      email_verified: true,
    }
    assert.equal(auth0.readProfile, undefined)
    assert.equal(readStandardClaims(claims).uid, 'auth0|507f1f77bcf86cd799439020')
  })
})

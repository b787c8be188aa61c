import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { readStandardClaims } from '../claims.ts'
import { yahoo } from './yahoo.ts'

describe('yahoo', () => {
  it('has the standard claims, as the documentation shows them', () => {
    // https://developer.yahoo.com/oauth2/guide/openid_connect/
    const claims = {
      sub: 'FSVIDUW3D7FSVIDUW3D72F2F',
      name: 'Jane Doe',
      given_name: 'Jane',
      email: 'janedoe@example.com',
      email_verified: true,
    }
    assert.equal(yahoo.readProfile, undefined)
    assert.deepEqual(readStandardClaims(claims), {
      uid: 'FSVIDUW3D7FSVIDUW3D72F2F',
      emails: [{ email: 'janedoe@example.com', isVerified: true, isPrimary: true }],
      username: undefined,
      name: 'Jane Doe',
      givenName: 'Jane',
    })
  })

  it('takes id_tokens of the issuer that they name', () => {
    // https://api.login.yahoo.com/.well-known/openid-configuration
    assert.equal(yahoo.issuer({}), 'https://api.login.yahoo.com')
    assert.deepEqual(yahoo.metadata?.({}).algorithms, ['ES256', 'RS256'])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { openidConnect } from './openid-connect.ts'

describe('openid_connect', () => {
  // https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse
  const claims = {
    sub: '248289761001',
    name: 'Jane Doe',
    given_name: 'Jane',
    preferred_username: 'j.doe',
    email: 'janedoe@example.com',
    email_verified: true,
  }

  it('reads claims as the specification shows them', () => {
    assert.deepEqual(openidConnect.readProfile?.(claims, {}), {
      uid: '248289761001',
      emails: [{ email: 'janedoe@example.com', isVerified: true, isPrimary: true }],
      username: 'j.doe',
      name: 'Jane Doe',
      givenName: 'Jane',
    })
  })

  it('takes the id from the claim that the settings name', () => {
    const options = { uid_field: 'oid' }
    assert.equal(openidConnect.readProfile?.({ ...claims, oid: '7' }, options).uid, '7')
    assert.throws(() => openidConnect.readProfile?.(claims, options), ProviderError)
  })

  it('holds no address for verified that is so in words', () => {
    const { emails } = openidConnect.readProfile?.({ ...claims, email_verified: 'true' }, {}) ?? {}
    assert.equal(emails?.[0]?.isVerified, false)
  })

  it('needs an address of the issuer', () => {
    assert.match(openidConnect.checkOptions?.({}) ?? '', /server_url/)
    assert.equal(openidConnect.checkOptions?.({ server_url: 'https://id.example.org' }), undefined)
  })
})

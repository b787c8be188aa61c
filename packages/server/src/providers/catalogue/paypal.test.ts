import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { paypal } from './paypal.ts'

// https://developer.paypal.com/api/identity/v1/userinfo-get
const profile = {
  user_id: 'https://www.paypal.com/webapps/auth/server/64ghr894040044',
  name: 'Peter Pepper',
  given_name: 'Peter',
  family_name: 'Pepper',
  email: 'ppuser@example.com',
  email_verified: true,
}

describe('paypal', () => {
  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(paypal.readProfile(profile, {}), {
      uid: 'https://www.paypal.com/webapps/auth/server/64ghr894040044',
      emails: [{ email: 'ppuser@example.com', isVerified: true, isPrimary: true }],
      username: undefined,
      name: 'Peter Pepper',
      givenName: 'Peter',
    })
  })

  it('takes an address as unverified unless the profile says otherwise', () => {
    const { emails } = paypal.readProfile({ ...profile, email_verified: 'true' }, {})
    assert.equal(emails[0]?.isVerified, false)
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => paypal.readProfile({ email: 'ppuser@example.com' }, {}), /user_id/)
  })

  it('asks the sandbox only where the settings say so', () => {
    assert.match(paypal.endpoints({}).profile, /^https:\/\/api-m\.paypal\.com\//)
    const { authorization } = paypal.endpoints({ mode: 'sandbox' })
    assert.equal(authorization, 'https://www.sandbox.paypal.com/signin/authorize')
    assert.equal(paypal.checkOptions?.({}), undefined)
    assert.equal(paypal.checkOptions?.({ mode: 'test' }), 'mode: expected "live" or "sandbox"')
  })
})

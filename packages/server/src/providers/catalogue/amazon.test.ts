import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { amazon } from './amazon.ts'

describe('amazon', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developer.amazon.com/docs/login-with-amazon/customer-profile.html
    const user = {
      email: 'johndoe@gmail.com',
      name: 'John Doe',
      user_id: 'amzn1.account.K2LI23KL2LK2',
    }
    assert.deepEqual(amazon.readProfile(user, {}), {
      uid: 'amzn1.account.K2LI23KL2LK2',
      emails: [{ email: 'johndoe@gmail.com', isVerified: false, isPrimary: true }],
      name: 'John Doe',
    })
  })

  it('reads a profile without an address, and none without an id', () => {
    // With the scope `profile:user_id` there is nothing but the id.
    assert.deepEqual(amazon.readProfile({ user_id: 'amzn1.account.K' }, {}).emails, [])
    assert.throws(() => amazon.readProfile({ email: 'johndoe@gmail.com' }, {}), ProviderError)
  })
})

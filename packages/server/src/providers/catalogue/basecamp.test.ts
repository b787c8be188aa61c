import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { basecamp } from './basecamp.ts'

describe('basecamp', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://github.com/basecamp/api/blob/master/sections/authentication.md#get-authorization
    const profile = {
      expires_at: '2012-03-22T16:56:48-05:00',
      identity: {
        id: 9999999,
        first_name: 'Jason',
        last_name: 'Fried',
        email_address: 'jason@example.com',
      },
      accounts: [{ product: 'bc3', id: 99999999, name: 'Honcho Design' }],
    }
    assert.deepEqual(basecamp.readProfile(profile, {}), {
      uid: '9999999',
      emails: [{ email: 'jason@example.com', isVerified: false, isPrimary: true }],
      name: 'Jason Fried',
      givenName: 'Jason',
    })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => basecamp.readProfile({ accounts: [{ id: 1 }] }, {}), /id/)
  })
})

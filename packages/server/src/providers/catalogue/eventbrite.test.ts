import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { eventbrite } from './eventbrite.ts'

describe('eventbrite', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://www.eventbrite.com/platform/api#/reference/user/retrieve/retrieve-your-user
    const profile = {
      id: '1234567890',
      name: 'Daniel Greenfeld',
      first_name: 'Daniel',
      last_name: 'Greenfeld',
      emails: [
        { email: 'danny@example.com', verified: true, primary: true },
        { email: 'other@example.com', verified: false, primary: false },
      ],
    }
    assert.deepEqual(eventbrite.readProfile(profile, {}), {
      uid: '1234567890',
      emails: [
        { email: 'danny@example.com', isVerified: true, isPrimary: true },
        { email: 'other@example.com', isVerified: false, isPrimary: false },
      ],
      name: 'Daniel Greenfeld',
      givenName: 'Daniel',
    })
  })

  it('does without addresses', () => {
    assert.deepEqual(eventbrite.readProfile({ id: '1', emails: [{}] }, {}).emails, [])
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => eventbrite.readProfile({ emails: [] }, {}), /id/)
  })
})

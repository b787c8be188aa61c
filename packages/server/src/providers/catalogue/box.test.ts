import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { box } from './box.ts'

describe('box', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developer.box.com/reference/get-users-me/
    const profile = {
      id: '11446498',
      type: 'user',
      login: 'ceo@example.com',
      name: 'Aaron Levie',
      status: 'active',
    }
    assert.deepEqual(box.readProfile(profile, {}), {
      uid: '11446498',
      emails: [{ email: 'ceo@example.com', isVerified: false, isPrimary: true }],
      name: 'Aaron Levie',
    })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => box.readProfile({ login: 'ceo@example.com' }, {}), /id/)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { miro } from './miro.ts'

describe('miro', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developers.miro.com/reference/get-current-user
    const profile = {
      type: 'user',
      id: '3074457345618265000',
      name: 'John Smith',
      email: 'john@example.com',
      state: 'registered',
    }
    assert.deepEqual(miro.readProfile(profile, {}), {
      uid: '3074457345618265000',
      emails: [{ email: 'john@example.com', isVerified: false, isPrimary: true }],
      name: 'John Smith',
    })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => miro.readProfile({ name: 'John Smith' }, {}), /id/)
  })
})

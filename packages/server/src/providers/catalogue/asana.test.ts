import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { asana } from './asana.ts'

describe('asana', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developers.asana.com/reference/getuser
    const data = {
      gid: '12345',
      resource_type: 'user',
      name: 'Greg Sanchez',
      email: 'gsanchez@example.com',
    }
    assert.deepEqual(asana.readProfile({ data }, {}), {
      uid: '12345',
      emails: [{ email: 'gsanchez@example.com', isVerified: false, isPrimary: true }],
      name: 'Greg Sanchez',
    })
  })

  it('refuses a profile without an id', () => {
    const profile = { errors: [{ message: 'Forbidden' }] }
    assert.throws(() => asana.readProfile(profile, {}), /gid/)
  })
})

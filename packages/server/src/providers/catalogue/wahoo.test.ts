import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { wahoo } from './wahoo.ts'

describe('wahoo', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://cloud-api.wahooligan.com/#users
    const profile = {
      id: 60462,
      height: '2.0',
      weight: '80.0',
      first: 'Bob',
      last: 'Smith',
      email: 'sample@test-domain.com',
      birth: '1980-10-02',
      gender: 1,
    }
    assert.deepEqual(wahoo.readProfile(profile, {}), {
      uid: '60462',
      emails: [{ email: 'sample@test-domain.com', isVerified: false, isPrimary: true }],
      name: 'Bob Smith',
      givenName: 'Bob',
    })
  })

  it('does without an address and a name', () => {
    const { emails, name } = wahoo.readProfile({ id: 60462 }, {})
    assert.deepEqual({ emails, name }, { emails: [], name: undefined })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => wahoo.readProfile({ first: 'Bob' }, {}), /id/)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { zoom } from './zoom.ts'

describe('zoom', () => {
  // https://developers.zoom.us/docs/api/users/#tag/users/get/users/{userId}
  const user = {
    id: 'zJKyaiAyTNC-MWjiWC18KQ',
    email: 'jchill@example.com',
    first_name: 'Jill',
    last_name: 'Chill',
    verified: 1,
  }

  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(zoom.readProfile(user, {}), {
      uid: 'zJKyaiAyTNC-MWjiWC18KQ',
      emails: [{ email: 'jchill@example.com', isVerified: false, isPrimary: true }],
      name: 'Jill Chill',
      givenName: 'Jill',
    })
  })

  it('reads a profile without names or address, and none without an id', () => {
    assert.deepEqual(zoom.readProfile({ id: 'z' }, {}), {
      uid: 'z',
      emails: [],
      name: undefined,
      givenName: undefined,
    })
    assert.equal(zoom.readProfile({ ...user, last_name: '' }, {}).name, 'Jill')
    assert.throws(() => zoom.readProfile({ email: 'jchill@example.com' }, {}), ProviderError)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { spotify } from './spotify.ts'

describe('spotify', () => {
  // https://developer.spotify.com/documentation/web-api/reference/get-current-users-profile
  const user = {
    account_id: 'aB3dE5fG7h',
    id: 'wizzler',
    display_name: 'JM Wizzler',
    email: 'email@example.com',
  }

  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(spotify.readProfile(user, {}), {
      uid: 'aB3dE5fG7h',
      emails: [{ email: 'email@example.com', isVerified: false, isPrimary: true }],
      name: 'JM Wizzler',
      label: 'JM Wizzler',
    })
  })

  it('reads a profile without an address, and none without an account id', () => {
    assert.deepEqual(spotify.readProfile({ ...user, email: undefined }, {}).emails, [])
    assert.throws(() => spotify.readProfile({ id: 'wizzler' }, {}), ProviderError)
  })
})

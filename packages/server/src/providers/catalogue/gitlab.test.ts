import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { gitlab } from './gitlab.ts'

describe('gitlab', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://docs.gitlab.com/api/users/#retrieve-the-current-user
    const user = {
      id: 1,
      username: 'john_smith',
      email: 'john@example.com',
      name: 'John Smith',
      confirmed_at: '2012-05-23T09:05:22Z',
    }
    assert.deepEqual(gitlab.readProfile(user, {}), {
      uid: '1',
      emails: [{ email: 'john@example.com', isVerified: false, isPrimary: true }],
      username: 'john_smith',
      name: 'John Smith',
      label: 'john_smith',
    })
  })

  it('reads a profile without an address, and none without an id', () => {
    assert.deepEqual(gitlab.readProfile({ id: 1 }, {}).emails, [])
    assert.throws(() => gitlab.readProfile({ username: 'john_smith' }, {}), ProviderError)
  })

  it('has its own addresses where the settings name a server', () => {
    const { profile } = gitlab.endpoints({ gitlab_url: 'https://git.example.org/' })
    assert.equal(profile, 'https://git.example.org/api/v4/user')
  })
})

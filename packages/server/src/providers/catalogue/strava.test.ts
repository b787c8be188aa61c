import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { strava } from './strava.ts'

// https://developers.strava.com/docs/reference/#api-Athletes-getLoggedInAthlete
const profile = {
  id: 1234567890987654,
  username: 'marianne_t',
  resource_state: 3,
  firstname: 'Marianne',
  lastname: 'V.',
  city: 'San Francisco',
}

describe('strava', () => {
  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(strava.readProfile(profile, {}), {
      uid: '1234567890987654',
      emails: [],
      username: 'marianne_t',
      name: 'Marianne V.',
      givenName: 'Marianne',
    })
  })

  it('does without a username, which is null where there is none', () => {
    assert.equal(strava.readProfile({ ...profile, username: null }, {}).username, undefined)
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => strava.readProfile({ username: 'marianne_t' }, {}), /id/)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { coinbase } from './coinbase.ts'

// https://docs.cdp.coinbase.com/coinbase-app/track-apis/users
const data = {
  id: '9da7a204-544e-5fd1-9a12-61176c5d4cd8',
  name: 'User One',
  username: 'user1',
  email: 'user1@example.com',
  resource: 'user',
}

describe('coinbase', () => {
  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(coinbase.readProfile({ data }, {}), {
      uid: '9da7a204-544e-5fd1-9a12-61176c5d4cd8',
      emails: [{ email: 'user1@example.com', isVerified: false, isPrimary: true }],
      username: 'user1',
      name: 'User One',
    })
  })

  it('does without what is null', () => {
    const profile = { data: { ...data, username: null, email: null } }
    const { emails, username } = coinbase.readProfile(profile, {})
    assert.deepEqual({ emails, username }, { emails: [], username: undefined })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => coinbase.readProfile({ data: { name: 'User One' } }, {}), /id/)
  })
})

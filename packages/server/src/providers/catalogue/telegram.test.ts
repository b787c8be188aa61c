import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { telegram } from './telegram.ts'

// https://core.telegram.org/bots/telegram-login#user-data-structure
const claims = {
  iss: 'https://oauth.telegram.org',
  aud: '9876543210',
  sub: '1234567890123456789',
  id: 1234567890,
  name: 'John Doe',
  preferred_username: 'johndoe',
}

describe('telegram', () => {
  it('reads claims as the documentation shows them', () => {
    assert.deepEqual(telegram.readProfile?.(claims, {}), {
      uid: '1234567890',
      emails: [],
      username: 'johndoe',
      name: 'John Doe',
    })
  })

  it('refuses claims without the id, which `sub` is no substitute for', () => {
    assert.throws(() => telegram.readProfile?.({ ...claims, id: undefined }, {}), /id/)
  })
})

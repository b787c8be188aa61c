import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { miro } from './miro.ts'

// https://developers.miro.com/reference/token-info
const token = {
  type: 'oAuthToken',
  scopes: ['identity:read'],
  team: { type: 'team', id: '3074457345618265001', name: 'Team' },
  user: { type: 'user', id: '3074457345618265000', name: 'John Smith' },
}

describe('miro', () => {
  it('reads a profile as the documentation shows it', () => {
    const me = { id: '3074457345618265000', email: 'john@example.com', state: 'registered' }
    assert.deepEqual(miro.readProfile({ token, me }, {}), {
      uid: '3074457345618265000',
      emails: [{ email: 'john@example.com', isVerified: false, isPrimary: true }],
      name: 'John Smith',
    })
  })

  it('does without the address', async () => {
    const { api } = fakeProvider({ 'https://api.miro.com/v1/oauth-token': token })
    const profile = await miro.fetchProfile?.(api, miro.endpoints({}))
    assert.deepEqual(miro.readProfile(profile, {}).emails, [])
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => miro.readProfile({ token: { user: {} } }, {}), /id/)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { soundcloud } from './soundcloud.ts'

describe('soundcloud', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developers.soundcloud.com/docs/api/explorer/open-api#/me/get_me
    const profile = {
      urn: 'soundcloud:users:3207',
      kind: 'user',
      username: 'userName',
      full_name: 'fullName',
      primary_email_confirmed: true,
    }
    assert.deepEqual(soundcloud.readProfile(profile, {}), {
      uid: 'soundcloud:users:3207',
      emails: [],
      username: 'userName',
      name: 'fullName',
    })
  })

  it('takes an address as unverified', () => {
    const profile = { urn: 'soundcloud:users:1', email: 'user@example.com' }
    assert.equal(soundcloud.readProfile(profile, {}).emails[0]?.isVerified, false)
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => soundcloud.readProfile({ id: 3207 }, {}), /urn/)
  })

  it('asks with the token in a scheme of its own', async () => {
    const { api, asked } = fakeProvider({ 'https://api.soundcloud.com/me': {} })
    await soundcloud.fetchProfile?.(api, soundcloud.endpoints({}))
    assert.deepEqual(asked[0]?.headers, { authorization: 'OAuth token' })
  })
})

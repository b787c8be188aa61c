import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { snapchat } from './snapchat.ts'

describe('snapchat', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developers.snap.com/snap-kit/login-kit/Tutorials/web
    const me = { externalId: 'CAESIPiRBp0e5gLDq7VVurQ3rVdmdbqxpOJWynjyBL', displayName: 'Boo' }
    assert.deepEqual(snapchat.readProfile({ data: { me }, errors: [] }, {}), {
      uid: 'CAESIPiRBp0e5gLDq7VVurQ3rVdmdbqxpOJWynjyBL',
      emails: [],
      name: 'Boo',
    })
  })

  it('refuses a profile without an id', () => {
    const profile = { data: { me: { displayName: 'Boo' } } }
    assert.throws(() => snapchat.readProfile(profile, {}), /externalId/)
  })

  it('asks for no more than it reads', async () => {
    const { api, asked } = fakeProvider({ 'https://kit.snapchat.com/v1/me': {} })
    await snapchat.fetchProfile?.(api, snapchat.endpoints({}))
    assert.deepEqual(asked[0]?.body, { query: '{me{externalId displayName}}' })
  })
})

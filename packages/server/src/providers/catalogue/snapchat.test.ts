import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
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
})

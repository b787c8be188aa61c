import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { figma } from './figma.ts'

describe('figma', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developers.figma.com/docs/rest-api/users-endpoints/
    const user = {
      id: '1019276824712345678',
      handle: 'Jane Doe',
      email: 'jane@example.com',
      img_url: 'https://s3-alpha.figma.com/profile/1',
    }
    assert.deepEqual(figma.readProfile(user, {}), {
      uid: '1019276824712345678',
      emails: [{ email: 'jane@example.com', isVerified: false, isPrimary: true }],
      name: 'Jane Doe',
    })
  })

  it('reads a profile without an address, and none without an id', () => {
    assert.deepEqual(figma.readProfile({ id: '1' }, {}).emails, [])
    assert.throws(() => figma.readProfile({ handle: 'Jane Doe' }, {}), ProviderError)
  })
})

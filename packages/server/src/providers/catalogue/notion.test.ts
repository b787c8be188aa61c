import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { fakeProvider } from '../testing/fake-provider.ts'
import { notion } from './notion.ts'

describe('notion', () => {
  // https://developers.notion.com/reference/create-a-token and, for the user,
  // https://developers.notion.com/reference/user
  const tokens = {
    access_token: 'e202e8c9',
    workspace_id: '3265c1e2-d0f7-4a39-9fbf-7a3f1b8f1c0e',
    owner: {
      type: 'user',
      user: {
        object: 'user',
        id: '5389a034-eb5c-47b5-8a9e-f79c99ef166c',
        name: 'christine makenotion',
        person: { email: 'christine@makenotion.com' },
      },
    },
  }

  it('reads whose token it is from the answer of the token endpoint', async () => {
    const { api, asked } = fakeProvider({}, { tokens })
    const profile = await notion.fetchProfile?.(api, notion.endpoints({}))
    assert.deepEqual(asked, [])
    assert.deepEqual(notion.readProfile(profile, {}), {
      uid: 'user-5389a034-eb5c-47b5-8a9e-f79c99ef166c_workspace-3265c1e2-d0f7-4a39-9fbf-7a3f1b8f1c0e',
      emails: [{ email: 'christine@makenotion.com', isVerified: false, isPrimary: true }],
      name: 'christine makenotion',
    })
  })

  it('reads no profile of a token that belongs to a workspace', () => {
    const owner = { type: 'workspace', workspace: true }
    assert.throws(() => notion.readProfile({ ...tokens, owner }, {}), ProviderError)
  })
})

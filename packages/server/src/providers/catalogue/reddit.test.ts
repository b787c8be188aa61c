import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { fakeProvider } from '../testing/fake-provider.ts'
import { reddit } from './reddit.ts'

describe('reddit', () => {
  // https://www.reddit.com/dev/api/#GET_api_v1_me
  const user = { id: 'h8gh1', name: 'reddit_bot', has_verified_email: true }
  const endpoints = reddit.endpoints({})

  it('reads a profile, whose id is not the name', () => {
    assert.deepEqual(reddit.readProfile(user, {}), {
      uid: 'h8gh1',
      emails: [],
      username: 'reddit_bot',
      label: 'reddit_bot',
    })
    assert.throws(() => reddit.readProfile({ name: 'reddit_bot' }, {}), ProviderError)
  })

  it('says the name of the client that the settings have', async () => {
    const options = { user_agent: 'web:org.example:1.0' }
    const { api, asked } = fakeProvider({ [endpoints.profile]: user }, { options })
    await reddit.fetchProfile?.(api, endpoints)
    assert.deepEqual(asked[0]?.headers, { 'user-agent': 'web:org.example:1.0' })
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { fakeProvider } from '../testing/fake-provider.ts'
import { bitbucketOauth2 } from './bitbucket-oauth2.ts'

describe('bitbucket_oauth2', () => {
  // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-users/
  const user = {
    type: 'user',
    uuid: '{d301aafa-d676-4ee0-88be-962be7417567}',
    username: 'evzijst',
    display_name: 'Erik van Zijst',
  }
  const emails = {
    values: [
      { type: 'email', email: 'erik@example.com', is_confirmed: true, is_primary: true },
      { type: 'email', email: 'e@example.com', is_confirmed: false, is_primary: false },
    ],
  }
  const endpoints = bitbucketOauth2.endpoints({})

  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(bitbucketOauth2.readProfile({ user, emails }, {}), {
      uid: '{d301aafa-d676-4ee0-88be-962be7417567}',
      emails: [
        { email: 'erik@example.com', isVerified: true, isPrimary: true },
        { email: 'e@example.com', isVerified: false, isPrimary: false },
      ],
      username: 'evzijst',
      name: 'Erik van Zijst',
      label: 'Erik van Zijst',
    })
  })

  it('asks for the addresses, and does without where it may not', async () => {
    const { api } = fakeProvider({ [endpoints.profile]: user })
    const profile = await bitbucketOauth2.fetchProfile?.(api, endpoints)
    assert.deepEqual(bitbucketOauth2.readProfile(profile, {}).emails, [])
  })

  it('reads no profile without an id', () => {
    const named = { user: { username: 'evzijst' }, emails }
    assert.throws(() => bitbucketOauth2.readProfile(named, {}), ProviderError)
  })
})

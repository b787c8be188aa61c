import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { fakeProvider } from '../testing/fake-provider.ts'
import { twitterOauth2 } from './twitter-oauth2.ts'

describe('twitter_oauth2', () => {
  // https://docs.x.com/x-api/users/get-my-user
  const data = { id: '2244994945', name: 'X Dev', username: 'TwitterDev', verified: true }
  const endpoints = twitterOauth2.endpoints({})

  async function fieldsAskedFor(given: Parameters<typeof fakeProvider>[1]) {
    const { api, asked } = fakeProvider({ [endpoints.profile]: { data } }, given)
    await twitterOauth2.fetchProfile?.(api, endpoints)
    return asked[0]?.url.searchParams.get('user.fields')
  }

  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(twitterOauth2.readProfile({ data }, {}), {
      uid: '2244994945',
      emails: [],
      username: 'TwitterDev',
      name: 'X Dev',
      label: 'TwitterDev',
    })
  })

  it('holds the address for unverified, whatever the account is', () => {
    const profile = { data: { ...data, confirmed_email: 'dev@example.com' } }
    assert.deepEqual(twitterOauth2.readProfile(profile, {}).emails, [
      { email: 'dev@example.com', isVerified: false, isPrimary: true },
    ])
  })

  it('reads no profile without an id', () => {
    assert.throws(() => twitterOauth2.readProfile(data, {}), ProviderError)
  })

  it('asks for the address only where that was granted', async () => {
    assert.equal(await fieldsAskedFor({}), 'id,name,username')
    assert.equal(
      await fieldsAskedFor({ tokens: { scope: 'users.read users.email' } }),
      'id,name,username,confirmed_email',
    )
  })

  it('asks for the fields that the settings name', async () => {
    assert.equal(await fieldsAskedFor({ options: { fields: ['id', 'url'] } }), 'id,url')
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { fakeProvider } from '../testing/fake-provider.ts'
import { line } from './line.ts'

describe('line', () => {
  // https://developers.line.biz/en/docs/line-login/verify-id-token/
  const claims = {
    iss: 'https://access.line.me',
    sub: 'U1234567890abcdef1234567890abcdef',
    aud: '1234567890',
    name: 'Taro Line',
    email: 'taro.line@example.com',
  }
  // https://developers.line.biz/en/reference/line-login/#get-user-profile
  const user = { userId: 'U1234567890abcdef1234567890abcdef', displayName: 'Taro Line' }
  const endpoints = line.endpoints({})

  it('has LINE say what is in the id_token', async () => {
    const verify = 'https://api.line.me/oauth2/v2.1/verify'
    const tokens = { id_token: 'ey.ey.c2ln' }
    const { api, asked } = fakeProvider({ [verify]: claims }, { tokens, clientId: '1234567890' })
    const profile = await line.fetchProfile?.(api, endpoints)
    assert.equal(String(asked[0]?.body), 'id_token=ey.ey.c2ln&client_id=1234567890')
    assert.deepEqual(line.readProfile(profile, {}), {
      uid: 'U1234567890abcdef1234567890abcdef',
      emails: [{ email: 'taro.line@example.com', isVerified: false, isPrimary: true }],
      name: 'Taro Line',
    })
  })

  it('reads the profile where there is no id_token', async () => {
    const { api } = fakeProvider({ [endpoints.profile]: user })
    const profile = await line.fetchProfile?.(api, endpoints)
    assert.deepEqual(line.readProfile(profile, {}), {
      uid: 'U1234567890abcdef1234567890abcdef',
      emails: [],
      name: 'Taro Line',
    })
  })

  it('reads no profile without an id', () => {
    assert.throws(() => line.readProfile({ displayName: 'Taro Line' }, {}), ProviderError)
  })
})

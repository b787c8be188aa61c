import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { fakeProvider } from '../testing/fake-provider.ts'
import { facebook } from './facebook.ts'

const graph = 'https://graph.facebook.com/v25.0'
// https://developers.facebook.com/docs/graph-api/reference/user/
const user = {
  id: '10223456789012345',
  name: 'Jane Doe',
  first_name: 'Jane',
  last_name: 'Doe',
  email: 'jane@example.com',
}
// https://developers.facebook.com/docs/graph-api/reference/debug_token
const debugged = { app_id: '138483919580948', is_valid: true, user_id: '10223456789012345' }

function debug(data: Record<string, unknown>) {
  const answers = { [`${graph}/debug_token`]: { data }, [`${graph}/me`]: user }
  return fakeProvider(answers, { clientId: '138483919580948' })
}

describe('facebook', () => {
  it('reads the token of a limited login under the same id', () => {
    // https://developers.facebook.com/docs/facebook-login/limited-login/token
    const claims = { sub: '10158', name: 'Jane Roe', given_name: 'Jane', email: 'jane@example.com' }
    assert.deepEqual(facebook.idTokens?.readProfile(claims), {
      uid: '10158',
      emails: [{ email: 'jane@example.com', isVerified: false, isPrimary: true }],
      name: 'Jane Roe',
      givenName: 'Jane',
    })
  })

  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(facebook.readProfile(user, {}), {
      uid: '10223456789012345',
      emails: [{ email: 'jane@example.com', isVerified: false, isPrimary: true }],
      name: 'Jane Doe',
      givenName: 'Jane',
    })
  })

  it('reads a profile without an address, and none without an id', () => {
    assert.deepEqual(facebook.readProfile({ id: '1' }, {}).emails, [])
    assert.throws(() => facebook.readProfile({ name: 'Jane Doe' }, {}), ProviderError)
  })

  it('proves with each question that it knows the secret', async () => {
    const { api, asked } = fakeProvider({ [`${graph}/me`]: user })
    await facebook.fetchProfile?.(api, facebook.endpoints({}))
    const proof = createHmac('sha256', 'secret').update('token').digest('hex')
    assert.equal(asked[0]?.url.searchParams.get('appsecret_proof'), proof)
    assert.equal(asked[0]?.url.searchParams.get('fields'), 'id,name,email,first_name,last_name')
  })

  it('takes the version, the addresses and the fields from the settings', async () => {
    const options = { version: 'v26.0', graph_api_url: 'https://graph.example.org', fields: ['id'] }
    const endpoints = facebook.endpoints(options)
    assert.equal(endpoints.authorization, 'https://www.facebook.com/v26.0/dialog/oauth')
    const { api, asked } = fakeProvider({ 'https://graph.example.org/me': user }, { options })
    await facebook.fetchProfile?.(api, endpoints)
    assert.equal(asked[0]?.url.searchParams.get('fields'), 'id')
  })
})

describe('facebook with a token of a client', () => {
  it('answers the profile where the token is one of this app', async () => {
    const { api, asked } = debug(debugged)
    assert.equal(await facebook.fetchProfileByToken?.(api, facebook.endpoints({})), user)
    assert.equal(asked[0]?.url.searchParams.get('input_token'), 'token')
    assert.deepEqual(asked[0]?.headers, { authorization: 'Bearer 138483919580948|secret' })
  })

  it.each([
    ['is one of another app', { ...debugged, app_id: '666' }],
    ['is no longer valid', { ...debugged, is_valid: false }],
    ['is valid in words only', { ...debugged, is_valid: 'true' }],
    ['is of nobody knows what', {}],
  ])('refuses it where it %s', async (_, data) => {
    const { api, asked } = debug(data)
    await assert.rejects(
      async () => facebook.fetchProfileByToken?.(api, facebook.endpoints({})),
      ProviderError,
    )
    assert.equal(asked.length, 1)
  })
})

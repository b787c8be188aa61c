import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { mailchimp } from './mailchimp.ts'

describe('mailchimp', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/
    const profile = {
      dc: 'us6',
      role: 'owner',
      accountname: 'Freddie Inc.',
      user_id: 15700945,
      login: {
        email: 'freddie@example.com',
        avatar: null,
        login_id: 15700946,
        login_name: 'freddie',
        login_email: 'freddie@example.com',
      },
      login_url: 'https://login.mailchimp.com',
      api_endpoint: 'https://us6.api.mailchimp.com',
    }
    assert.deepEqual(mailchimp.readProfile(profile, {}), {
      uid: '15700946',
      emails: [{ email: 'freddie@example.com', isVerified: false, isPrimary: true }],
      username: 'freddie',
      label: 'Freddie Inc.',
    })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => mailchimp.readProfile({ error: 'invalid_token' }, {}), /login_id/)
  })

  it('asks with the token in a scheme of its own', async () => {
    const { api, asked } = fakeProvider({ 'https://login.mailchimp.com/oauth2/metadata': {} })
    await mailchimp.fetchProfile?.(api, mailchimp.endpoints({}))
    assert.deepEqual(asked[0]?.headers, { authorization: 'OAuth token' })
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { microsoft } from './microsoft.ts'

describe('microsoft', () => {
  // https://learn.microsoft.com/en-us/graph/api/user-get#response-2
  const user = {
    displayName: 'Adele Vance',
    givenName: 'Adele',
    mail: 'AdeleV@contoso.com',
    userPrincipalName: 'AdeleV@contoso.com',
    id: '87d349ed-44d7-43e1-9a83-5f2406dee5bd',
  }

  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(microsoft.readProfile(user, {}), {
      uid: '87d349ed-44d7-43e1-9a83-5f2406dee5bd',
      emails: [{ email: 'AdeleV@contoso.com', isVerified: false, isPrimary: true }],
      name: 'Adele Vance',
      givenName: 'Adele',
      label: 'AdeleV@contoso.com',
    })
  })

  it('falls back to the principal name, except where that is no address', () => {
    const member = microsoft.readProfile({ ...user, mail: null }, {})
    assert.equal(member.emails[0]?.email, 'AdeleV@contoso.com')
    const principal = 'adele_example.com#EXT#@contoso.onmicrosoft.com'
    const guest = microsoft.readProfile({ ...user, mail: null, userPrincipalName: principal }, {})
    assert.deepEqual(guest.emails, [])
  })

  it('reads no profile without an id', () => {
    assert.throws(() => microsoft.readProfile({ ...user, id: null }, {}), ProviderError)
  })

  it('asks the tenant and the servers that the settings name', () => {
    const options = {
      tenant: 'contoso.com',
      login_url: 'https://login.microsoftonline.us',
      graph_url: 'https://graph.microsoft.us',
    }
    assert.deepEqual(microsoft.endpoints(options), {
      authorization: 'https://login.microsoftonline.us/contoso.com/oauth2/v2.0/authorize',
      token: 'https://login.microsoftonline.us/contoso.com/oauth2/v2.0/token',
      profile: 'https://graph.microsoft.us/v1.0/me',
    })
  })
})

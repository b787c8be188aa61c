import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { fakeProvider } from '../testing/fake-provider.ts'
import { dropbox } from './dropbox.ts'

describe('dropbox', () => {
  // https://www.dropbox.com/developers/documentation/http/documentation#users-get_current_account
  const account = {
    account_id: 'dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc',
    name: { given_name: 'Franz', surname: 'Ferdinand', display_name: 'Franz Ferdinand (Personal)' },
    email: 'franz@dropbox.com',
    email_verified: true,
  }
  const endpoints = dropbox.endpoints({})

  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(dropbox.readProfile(account, {}), {
      uid: 'dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc',
      emails: [{ email: 'franz@dropbox.com', isVerified: true, isPrimary: true }],
      name: 'Franz Ferdinand (Personal)',
      givenName: 'Franz',
    })
  })

  it('holds an address for unverified where it is not said otherwise', () => {
    const { emails } = dropbox.readProfile({ ...account, email_verified: undefined }, {})
    assert.equal(emails[0]?.isVerified, false)
  })

  it('reads no profile without an id', () => {
    assert.throws(() => dropbox.readProfile({ email: 'franz@dropbox.com' }, {}), ProviderError)
  })

  it('asks with a body of null', async () => {
    const { api, asked } = fakeProvider({ [endpoints.profile]: account })
    assert.equal(await dropbox.fetchProfile?.(api, endpoints), account)
    assert.equal(asked[0]?.body, null)
  })
})

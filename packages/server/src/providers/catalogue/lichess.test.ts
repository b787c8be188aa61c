import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { lichess } from './lichess.ts'

// https://lichess.org/api#tag/Account/operation/accountMe
const account = {
  id: 'georges',
  username: 'Georges',
  profile: { location: 'Frankfurt', realName: 'Georges Dupont' },
}

describe('lichess', () => {
  it('reads a profile as the documentation shows it', () => {
    const email = { email: 'abathur@mail.org' }
    assert.deepEqual(lichess.readProfile({ account, email }, {}), {
      uid: 'georges',
      emails: [{ email: 'abathur@mail.org', isVerified: false, isPrimary: true }],
      username: 'Georges',
      name: 'Georges Dupont',
      givenName: undefined,
    })
  })

  it('reads a profile that has the name in parts, and no address', () => {
    const profile = { firstName: 'Georges', lastName: 'Dupont' }
    const { emails, name } = lichess.readProfile({ account: { ...account, profile } }, {})
    assert.deepEqual({ emails, name }, { emails: [], name: 'Georges Dupont' })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => lichess.readProfile({ account: { username: 'Georges' } }, {}), /id/)
  })

  it('has the addresses of the server that the settings name', () => {
    const { token } = lichess.endpoints({ api_url: 'https://lichess.dev/' })
    assert.equal(token, 'https://lichess.dev/api/token')
  })

  it('does without the address, which needs a scope', async () => {
    const { api, asked } = fakeProvider({ 'https://lichess.org/api/account': account })
    const profile = await lichess.fetchProfile?.(api, lichess.endpoints({}))
    assert.deepEqual(profile, { account, email: undefined })
    assert.equal(asked[1]?.url.pathname, '/api/account/email')
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { github } from './github.ts'

describe('github', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://docs.github.com/en/rest/users/users#get-the-authenticated-user and
    // https://docs.github.com/en/rest/users/emails#list-email-addresses-for-the-authenticated-user
    const user = { id: 1, login: 'octocat', name: 'monalisa octocat', email: 'octocat@github.com' }
    const emails = [
      { email: 'octocat@github.com', verified: true, primary: true, visibility: 'public' },
    ]
    assert.deepEqual(github.readProfile({ user, emails }, {}), {
      uid: '1',
      emails: [{ email: 'octocat@github.com', isVerified: true, isPrimary: true }],
      username: 'octocat',
      name: 'monalisa octocat',
      label: 'octocat',
    })
  })

  it('asks for no more addresses than the settings do', async () => {
    const at = 'https://api.github.com/user'
    for (const asksEmail of [true, false]) {
      const { api, asked } = fakeProvider({ [at]: { id: 1 }, [`${at}/emails`]: [] }, { asksEmail })
      await github.fetchProfile?.(api, github.endpoints({}))
      assert.equal(asked.length, asksEmail ? 2 : 1)
    }
  })

  it('has its own addresses where the settings name a server', () => {
    const { profile } = github.endpoints({ github_url: 'https://git.example.org/' })
    assert.equal(profile, 'https://git.example.org/api/v3/user')
  })
})

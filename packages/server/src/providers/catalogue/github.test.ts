import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
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

  it('has its own addresses where the settings name a server', () => {
    const { profile } = github.endpoints({ github_url: 'https://git.example.org/' })
    assert.equal(profile, 'https://git.example.org/api/v3/user')
  })
})

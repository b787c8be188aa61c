import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { gitea } from './gitea.ts'

// https://docs.gitea.com/api/#tag/user/operation/userGetCurrent and userListEmails
const user = { id: 4, login: 'giteauser', full_name: 'Gitea User', email: 'gitea@example.com' }

describe('gitea', () => {
  it('reads a profile as the documentation shows it', () => {
    const emails = [{ email: 'gitea@example.com', verified: true, primary: true, user_id: 4 }]
    assert.deepEqual(gitea.readProfile({ user, emails }, {}), {
      uid: '4',
      emails: [{ email: 'gitea@example.com', isVerified: true, isPrimary: true }],
      username: 'giteauser',
      name: 'Gitea User',
      label: 'giteauser',
    })
  })

  it('takes the address of the profile as unverified where the list does not have it', () => {
    const { emails } = gitea.readProfile({ user, emails: [] }, {})
    assert.deepEqual(emails, [{ email: 'gitea@example.com', isVerified: false, isPrimary: true }])
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => gitea.readProfile({ user: { login: 'giteauser' } }, {}), /id/)
  })

  it('has the addresses of the server that the settings name', () => {
    const { profile } = gitea.endpoints({ gitea_url: 'https://git.example.org/' })
    assert.equal(profile, 'https://git.example.org/api/v1/user')
  })

  it('does without the list of addresses, which a token may not open', async () => {
    const { api } = fakeProvider({ 'https://gitea.com/api/v1/user': user })
    const profile = await gitea.fetchProfile?.(api, gitea.endpoints({}))
    assert.deepEqual(profile, { user, emails: undefined })
  })
})

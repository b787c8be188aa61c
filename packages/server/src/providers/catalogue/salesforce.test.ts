import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { salesforce } from './salesforce.ts'

// https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm
const profile = {
  sub: 'https://login.salesforce.com/id/00Dx0000000BV7z/005x00000012Q9P',
  user_id: '005x00000012Q9P',
  organization_id: '00Dx0000000BV7z',
  preferred_username: 'user@example.com',
  nickname: 'user1.2950476911907334E12',
  name: 'Sample User',
  email: 'user@example.com',
  email_verified: true,
  given_name: 'Sample',
  family_name: 'User',
}

describe('salesforce', () => {
  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(salesforce.readProfile(profile, {}), {
      uid: '005x00000012Q9P',
      emails: [{ email: 'user@example.com', isVerified: true, isPrimary: true }],
      username: 'user@example.com',
      name: 'Sample User',
      givenName: 'Sample',
    })
  })

  it('takes an address as unverified unless the profile says otherwise', () => {
    const { emails } = salesforce.readProfile({ ...profile, email_verified: undefined }, {})
    assert.equal(emails[0]?.isVerified, false)
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => salesforce.readProfile({ sub: profile.sub }, {}), /user_id/)
  })
})

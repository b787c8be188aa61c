import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { digitalocean } from './digitalocean.ts'

// https://docs.digitalocean.com/reference/api/reference/account/
const account = {
  droplet_limit: 25,
  floating_ip_limit: 5,
  name: 'Sammy the Shark',
  email: 'sammy@digitalocean.com',
  uuid: 'b6fr89dbf6d9156cace5f3c78dc9851d957381ef',
  email_verified: true,
  status: 'active',
}

describe('digitalocean', () => {
  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(digitalocean.readProfile({ account }, {}), {
      uid: 'b6fr89dbf6d9156cace5f3c78dc9851d957381ef',
      emails: [{ email: 'sammy@digitalocean.com', isVerified: true, isPrimary: true }],
      name: 'Sammy the Shark',
    })
  })

  it('takes an address as unverified unless the profile says otherwise', () => {
    const profile = { account: { ...account, email_verified: 'true' } }
    assert.equal(digitalocean.readProfile(profile, {}).emails[0]?.isVerified, false)
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => digitalocean.readProfile({ account: { email: account.email } }, {}), /uuid/)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { atlassian } from './atlassian.ts'

describe('atlassian', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developer.atlassian.com/cloud/oauth/getting-started/faq/
    const user = {
      account_type: 'atlassian',
      account_id: '112233aa-bb11-cc22-33dd-445566abcabc',
      email: 'mia@example.com',
      name: 'Mia Krystof',
      nickname: 'mkrystof',
    }
    assert.deepEqual(atlassian.readProfile(user, {}), {
      uid: '112233aa-bb11-cc22-33dd-445566abcabc',
      emails: [{ email: 'mia@example.com', isVerified: false, isPrimary: true }],
      username: 'mkrystof',
      name: 'Mia Krystof',
    })
  })

  it('reads a profile without an address, and none without an id', () => {
    assert.deepEqual(atlassian.readProfile({ account_id: '1' }, {}).emails, [])
    assert.throws(() => atlassian.readProfile({ nickname: 'mkrystof' }, {}), ProviderError)
  })
})

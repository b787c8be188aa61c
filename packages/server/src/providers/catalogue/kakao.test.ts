import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { kakao } from './kakao.ts'

describe('kakao', () => {
  // https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#req-user-info
  const account = {
    profile: { nickname: 'Brown' },
    name: 'Gildong Hong',
    email: 'sample@sample.com',
    is_email_valid: true,
    is_email_verified: true,
  }

  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(kakao.readProfile({ id: 123456789, kakao_account: account }, {}), {
      uid: '123456789',
      emails: [{ email: 'sample@sample.com', isVerified: true, isPrimary: true }],
      name: 'Gildong Hong',
      label: 'Brown',
    })
  })

  it.each(['is_email_valid', 'is_email_verified'])('needs %s for a verified address', (field) => {
    for (const value of [false, 'true', undefined]) {
      const profile = { id: 1, kakao_account: { ...account, [field]: value } }
      assert.equal(kakao.readProfile(profile, {}).emails[0]?.isVerified, false)
    }
  })

  it('reads a profile of nothing but an id, and none without', () => {
    assert.deepEqual(kakao.readProfile({ id: 1 }, {}).emails, [])
    assert.throws(() => kakao.readProfile({ kakao_account: account }, {}), ProviderError)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { naver } from './naver.ts'

describe('naver', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developers.naver.com/docs/login/profile/profile.md
    const response = {
      email: 'openapi@naver.com',
      nickname: 'OpenAPI',
      id: '32742776',
      name: '오픈 API',
    }
    assert.deepEqual(naver.readProfile({ resultcode: '00', message: 'success', response }, {}), {
      uid: '32742776',
      emails: [{ email: 'openapi@naver.com', isVerified: false, isPrimary: true }],
      name: '오픈 API',
      label: 'OpenAPI',
    })
  })

  it('reads a profile without an address, and none of a failure', () => {
    assert.deepEqual(naver.readProfile({ response: { id: '1' } }, {}).emails, [])
    assert.throws(
      () => naver.readProfile({ resultcode: '024', message: 'Authentication failed' }, {}),
      ProviderError,
    )
  })
})

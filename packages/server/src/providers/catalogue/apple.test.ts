import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, it } from 'vitest'
import { ProviderError } from '../provider-error.ts'
import { apple } from './apple.ts'

describe('apple', () => {
  // https://developer.apple.com/documentation/signinwithapple/authenticating-users-with-sign-in-with-apple
  const claims = {
    iss: 'https://appleid.apple.com',
    aud: 'com.example.web',
    sub: '001473.fe6f83bf4b8e4590aacbabdcb8598bd0.2039',
    email: 'abcdefghij@privaterelay.appleid.com',
    email_verified: true,
  }

  it('reads the claims that the documentation names', () => {
    assert.deepEqual(apple.readProfile?.(claims, {}), {
      uid: '001473.fe6f83bf4b8e4590aacbabdcb8598bd0.2039',
      emails: [{ email: 'abcdefghij@privaterelay.appleid.com', isVerified: true, isPrimary: true }],
      username: undefined,
      name: undefined,
      givenName: undefined,
    })
  })

  it.each([
    ['true', true],
    ['false', false],
    [false, false],
    [1, false],
    [undefined, false],
  ])('reads email_verified %o as %o', (email_verified, isVerified) => {
    const profile = apple.readProfile?.({ ...claims, email_verified }, {})
    assert.equal(profile?.emails[0]?.isVerified, isVerified)
  })

  it('takes the name that the first login brings, and nothing else of it', () => {
    const user = { name: { firstName: 'Jane', lastName: 'Roe' }, email: 'other@example.org' }
    const first = new URLSearchParams({ user: JSON.stringify(user) })
    const profile = apple.readProfile?.(claims, {}, first)
    assert.equal(profile?.name, 'Jane Roe')
    assert.equal(profile?.emails[0]?.email, claims.email)
    const broken = new URLSearchParams({ user: '{' })
    assert.equal(apple.readProfile?.(claims, {}, broken)?.name, undefined)
  })

  it('makes a secret of five minutes', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
    const now = Date.parse('2026-11-24T12:00:00.900Z')
    const secret = await apple.makeSecret?.({
      clientId: 'com.example.web',
      secret: 'KEYID',
      key: 'TEAMID',
      options: { certificate_key: pem },
      now,
    })
    assert.ok(secret)
    assert.deepEqual(decodeProtectedHeader(secret), { alg: 'ES256', kid: 'KEYID' })
    const { payload } = await jwtVerify(secret, publicKey, { currentDate: new Date(now) })
    const issuedAt = Math.floor(now / 1000)
    assert.deepEqual(payload, {
      iss: 'TEAMID',
      aud: 'https://appleid.apple.com',
      sub: 'com.example.web',
      iat: issuedAt,
      exp: issuedAt + 300,
    })
  })

  it('makes no secret without a private key', async () => {
    const app = { clientId: 'a', secret: 'KEYID', key: 'TEAMID', options: {}, now: 0 }
    await assert.rejects(async () => apple.makeSecret?.(app), ProviderError)
  })
})

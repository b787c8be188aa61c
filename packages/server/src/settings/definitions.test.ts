import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { definitions } from './definitions.ts'
import { aliases, earlierNames, replacements } from './earlier-names.ts'
import { flatName, nearestName, pathName } from './names.ts'
import { withoutEffect } from './without-effect.ts'

describe('names', () => {
  it.each([
    ['ACCOUNT_EMAIL_VERIFICATION', 'account.emailVerification'],
    ['MFA_TOTP_DIGITS', 'mfa.totpDigits'],
    ['HEADLESS_CLIENTS', 'headless.clients'],
    ['SOCIALACCOUNT_AUTO_SIGNUP', 'socialaccount.autoSignup'],
    ['USERSESSIONS_TRACK_ACTIVITY', 'usersessions.trackActivity'],
    ['SESSION_COOKIE_AGE', 'server.sessionCookieAge'],
    ['SECURE_PROXY_SSL_HEADER', 'server.secureProxySslHeader'],
    ['HOOK_SIGNUP_OPEN', 'server.hookSignupOpen'],
    ['ALLAUTH_TRUSTED_PROXY_COUNT', 'server.trustedProxyCount'],
    ['ALLAUTH_TRUSTED_CLIENT_IP_HEADER', 'server.trustedClientIpHeader'],
    ['ALLAUTH_USER_CODE_FORMAT', 'server.userCodeFormat'],
    ['DATABASE_URL', 'server.databaseUrl'],
  ])('%s is %s', (flat, path) => {
    const definition = definitions.find((it) => it.flat === flat)
    assert.equal(definition?.path, path)
    assert.equal(pathName(flat), path)
  })

  it('lead back and forth for every setting', () => {
    for (const { flat, path, group, key } of definitions) {
      assert.equal(flatName(group, key), flat)
      assert.equal(pathName(flat), path)
    }
  })

  it('stand for one thing each', () => {
    const all = [
      ...definitions.map(({ flat }) => flat),
      ...earlierNames.keys(),
      ...aliases.keys(),
      ...withoutEffect.keys(),
    ]
    assert.equal(new Set(all).size, all.length)
    assert.equal(new Set(all.map(pathName)).size, all.length)
  })

  it('are found from near misses only', () => {
    assert.equal(nearestName('ACOUNT_SALT', ['ACCOUNT_SALT', 'ACCOUNT_ADAPTER']), 'ACCOUNT_SALT')
    assert.equal(nearestName('WHATEVER', ['ACCOUNT_SALT']), undefined)
  })
})

describe('definitions', () => {
  it('accept their own defaults', () => {
    for (const { flat, parser, defaultValue } of definitions) {
      const given = parser.show && defaultValue !== null ? parser.show(defaultValue) : defaultValue
      assert.deepEqual(parser.parse(given), defaultValue, flat)
    }
  })

  it('are where earlier names lead', () => {
    const flats = new Set(definitions.map(({ flat }) => flat))
    const targets = [...earlierNames.values()].map(({ replacement }) => replacement)
    for (const name of [...targets, ...aliases.values(), ...replacements.keys()]) {
      assert.ok(flats.has(name), name)
    }
  })
})

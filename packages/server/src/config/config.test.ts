import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth } from '../testing/auth.ts'

const account = {
  login_methods: ['email'],
  authentication_method: 'email',
  is_open_for_signup: true,
  email_verification_by_code_enabled: false,
  login_by_code_enabled: false,
  password_reset_by_code_enabled: false,
}

async function config(settings: Record<string, unknown> = {}) {
  await using auth = await createTestAuth({ settings })
  const answers = await Promise.all([
    auth.client('app').get('config'),
    auth.client('browser').get('config'),
  ])
  assert.equal(answers[0].text, answers[1].text)
  return answers[0].body.data ?? {}
}

describe('GET config', () => {
  it('tells a front end what is on by default', async () => {
    const { mfa, ...data } = await config()
    assert.deepEqual(Reflect.get(Object(mfa), 'supported_types').sort(), ['recovery_codes', 'totp'])
    assert.equal(Reflect.get(Object(mfa), 'passkey_login_enabled'), false)
    assert.deepEqual(data, {
      account,
      socialaccount: { providers: [] },
      usersessions: { track_activity: false },
    })
  })

  it('follows the settings', async () => {
    const data = await config({
      HOOK_SIGNUP_OPEN: false,
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
      ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
      ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true,
      USERSESSIONS_TRACK_ACTIVITY: true,
    })
    assert.deepEqual(data.account, {
      ...account,
      is_open_for_signup: false,
      email_verification_by_code_enabled: true,
      login_by_code_enabled: true,
      password_reset_by_code_enabled: true,
    })
    assert.deepEqual(data.usersessions, { track_activity: true })
  })

  it('names the login methods, for older clients in their words', async () => {
    const table: [string[], string[], string | undefined][] = [
      [['username'], ['username*', 'password1*'], 'username'],
      [['email', 'username'], ['username*', 'email*', 'password1*'], 'username_email'],
      [['phone'], ['phone*', 'password1*'], undefined],
    ]
    for (const [methods, fields, legacy] of table) {
      const { account: told } = await config({
        ACCOUNT_LOGIN_METHODS: methods,
        ACCOUNT_SIGNUP_FIELDS: fields,
        ACCOUNT_EMAIL_VERIFICATION: 'none',
      })
      assert.deepEqual(Reflect.get(Object(told), 'login_methods').sort(), methods)
      assert.equal(Reflect.get(Object(told), 'authentication_method'), legacy)
    }
  })

  it('says nothing of parts that are not installed', async () => {
    const data = await config({ INSTALLED_APPS: ['allauth.account', 'allauth.headless'] })
    assert.deepEqual(Object.keys(data), ['account'])
  })

  it('tells no secret', async () => {
    await using auth = await createTestAuth()
    const { text } = await auth.client('app').get('config')
    assert.equal(text.includes(String(auth.server.settings.server.secretKey)), false)
  })
})

import assert from 'node:assert/strict'
import openapiTS, { astToString } from 'openapi-typescript'
import { describe, it } from 'vitest'
import { createTestAuth } from '../testing/auth.ts'

const passkeys = {
  INSTALLED_APPS: ['allauth.mfa', 'allauth.usersessions'],
  MFA_SUPPORTED_TYPES: ['totp', 'webauthn', 'recovery_codes'],
  MFA_PASSKEY_LOGIN_ENABLED: true,
  MFA_PASSKEY_SIGNUP_ENABLED: true,
  MFA_TRUST_ENABLED: true,
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}

/** Settings, and what the types made from their document have to say, or not. */
const table: [name: string, settings: object, has: RegExp, lacks: RegExp][] = [
  ['none', {}, /logIn: \{/, /logInWithWebAuthn|"?username"?\?/],
  ['passkeys', passkeys, /logInWithWebAuthn: \{/, /listProviderAccounts/],
  ['browsers alone', { HEADLESS_CLIENTS: ['browser'] }, /browser\/v1/, /session_token|410/],
  ['apps alone', { HEADLESS_CLIENTS: ['app'] }, /app\/v1/, /\{client\}|browser\/v1/],
  ['accounts alone', { INSTALLED_APPS: [] }, /signUp: \{/, /Authenticator|listSessions/],
]

describe('the document under', () => {
  for (const [name, settings, has, lacks] of table) {
    // The generator first checks that what it reads is OpenAPI 3.1.
    it(`${name}: is OpenAPI that types can be made from`, async () => {
      await using auth = await createTestAuth({
        settings: {
          ACCOUNT_USER_MODEL_USERNAME_FIELD: null,
          ...settings,
          HEADLESS_SERVE_SPECIFICATION: true,
        },
      })
      const { text } = await auth.client('app').get('/_allauth/openapi.json')
      const types = astToString(await openapiTS(text))
      assert.match(types, has)
      assert.doesNotMatch(types, lacks)
    })
  }
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { consistencyChecks } from './consistency.ts'
import { dangers } from './danger.ts'
import { definitions } from './definitions.ts'
import { loadSettings } from './load.ts'
import { SettingsError } from './settings-error.ts'

const passkeySignup = {
  MFA_PASSKEY_SIGNUP_ENABLED: true,
  MFA_SUPPORTED_TYPES: ['webauthn'],
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}
const withoutMfa = ['allauth.socialaccount']
const jwt = { HEADLESS_TOKEN_STRATEGY: 'jwt' }

/** For each check, by the settings it names, settings that break it. */
const breaches: Record<string, object[]> = {
  'LANGUAGE_CODE, LANGUAGES': [
    { LANGUAGES: ['de', 'fr'] },
    { LANGUAGE_CODE: 'ar', LANGUAGES: ['de', 'en'] },
  ],
  'SOCIALACCOUNT_ONLY, ACCOUNT_LOGIN_BY_CODE_ENABLED': [
    { SOCIALACCOUNT_ONLY: true, ACCOUNT_LOGIN_BY_CODE_ENABLED: true },
  ],
  'SOCIALACCOUNT_ONLY, INSTALLED_APPS': [{ SOCIALACCOUNT_ONLY: true }],
  'SOCIALACCOUNT_ONLY, SOCIALACCOUNT_EMAIL_VERIFICATION': [
    { SOCIALACCOUNT_ONLY: true, SOCIALACCOUNT_EMAIL_VERIFICATION: 'optional' },
  ],
  'ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED, ACCOUNT_EMAIL_VERIFICATION': [
    { ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true },
    { ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true, ACCOUNT_EMAIL_VERIFICATION: 'none' },
  ],
  'ACCOUNT_LOGIN_METHODS, ACCOUNT_UNIQUE_EMAIL': [{ ACCOUNT_UNIQUE_EMAIL: false }],
  'ACCOUNT_EMAIL_VERIFICATION, ACCOUNT_SIGNUP_FIELDS': [
    { ACCOUNT_EMAIL_VERIFICATION: 'mandatory', ACCOUNT_SIGNUP_FIELDS: ['email', 'password1*'] },
    { ACCOUNT_EMAIL_VERIFICATION: 'mandatory', ACCOUNT_SIGNUP_FIELDS: ['username*'] },
  ],
  'ACCOUNT_USER_MODEL_USERNAME_FIELD, ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS': [
    { ACCOUNT_USER_MODEL_USERNAME_FIELD: null, ACCOUNT_LOGIN_METHODS: ['email', 'username'] },
    { ACCOUNT_USER_MODEL_USERNAME_FIELD: null, ACCOUNT_SIGNUP_FIELDS: ['email*', 'username'] },
  ],
  'ACCOUNT_CHANGE_EMAIL, ACCOUNT_MAX_EMAIL_ADDRESSES': [
    { ACCOUNT_CHANGE_EMAIL: true, ACCOUNT_MAX_EMAIL_ADDRESSES: 1 },
    { ACCOUNT_CHANGE_EMAIL: true, ACCOUNT_MAX_EMAIL_ADDRESSES: 3 },
  ],
  'ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED, INSTALLED_APPS': [
    { ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED: true, INSTALLED_APPS: withoutMfa },
  ],
  'MFA_PASSKEY_LOGIN_ENABLED, MFA_SUPPORTED_TYPES': [{ MFA_PASSKEY_LOGIN_ENABLED: true }],
  'MFA_PASSKEY_SIGNUP_ENABLED, MFA_PASSKEY_LOGIN_ENABLED': [passkeySignup],
  'MFA_WEBAUTHN_RP_ID, PUBLIC_URL': [
    { MFA_WEBAUTHN_RP_ID: 'other.test', PUBLIC_URL: 'https://auth.example.test' },
    { MFA_WEBAUTHN_RP_ID: 'ample.test', PUBLIC_URL: 'https://auth.example.test' },
  ],
  'MFA_PASSKEY_SIGNUP_ENABLED, MFA_SUPPORTED_TYPES, INSTALLED_APPS': [
    { ...passkeySignup, MFA_SUPPORTED_TYPES: ['totp'] },
    { ...passkeySignup, INSTALLED_APPS: withoutMfa },
  ],
  'MFA_PASSKEY_SIGNUP_ENABLED, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED': [
    { ...passkeySignup, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: false },
  ],
  'MFA_PASSKEY_SIGNUP_ENABLED, ACCOUNT_SIGNUP_FIELDS': [
    { ...passkeySignup, ACCOUNT_SIGNUP_FIELDS: ['email', 'username*'] },
  ],
  'MFA_PASSKEY_SIGNUP_ENABLED, ACCOUNT_EMAIL_VERIFICATION': [
    { ...passkeySignup, ACCOUNT_EMAIL_VERIFICATION: 'optional' },
  ],
  'ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS': [
    { ACCOUNT_LOGIN_METHODS: ['phone'] },
    { ACCOUNT_SIGNUP_FIELDS: ['email', 'password1*'] },
  ],
  'HEADLESS_FRONTEND_URLS, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED': [
    { HEADLESS_FRONTEND_URLS: { account_confirm_email: '/confirm' } },
  ],
  'HEADLESS_FRONTEND_URLS, ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED': [
    { HEADLESS_FRONTEND_URLS: { account_reset_password_from_key: '/reset' } },
  ],
  'SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, MFA_TRUST_COOKIE_NAME': [
    { SESSION_COOKIE_NAME: 'a', CSRF_COOKIE_NAME: 'a' },
    { SESSION_COOKIE_NAME: 'mfa_trusted' },
  ],
  'SESSION_IDLE_TIMEOUT, SESSION_COOKIE_AGE, SESSION_ABSOLUTE_TIMEOUT': [
    { SESSION_IDLE_TIMEOUT: 3600, SESSION_COOKIE_AGE: 3600 },
    { SESSION_IDLE_TIMEOUT: 3600, SESSION_ABSOLUTE_TIMEOUT: 3600 },
  ],
  'ALLAUTH_TRUSTED_CLIENT_IP_HEADER, ALLAUTH_TRUSTED_PROXY_COUNT': [
    { ALLAUTH_TRUSTED_CLIENT_IP_HEADER: 'X-Real-IP', ALLAUTH_TRUSTED_PROXY_COUNT: 1 },
  ],
  'WEBHOOK_URLS, WEBHOOK_SECRETS': [{ WEBHOOK_URLS: ['https://app.example.test/events'] }],
}

/** For each danger, by the setting it names, settings that bring it about. */
const weaknesses: [name: string, given: object, times?: number][] = [
  ['ACCOUNT_RATE_LIMITS', { ACCOUNT_RATE_LIMITS: false }],
  ['ACCOUNT_RATE_LIMITS', { ACCOUNT_RATE_LIMITS: { login_failed: null } }],
  ['ACCOUNT_PREVENT_ENUMERATION', { ACCOUNT_PREVENT_ENUMERATION: false }],
  ['ACCOUNT_UNIQUE_EMAIL', { ACCOUNT_UNIQUE_EMAIL: false }],
  [
    'ALLAUTH_USER_CODE_FORMAT, ACCOUNT_…_FORMAT',
    { ALLAUTH_USER_CODE_FORMAT: { numeric: true, length: 5 } },
  ],
  ['ALLAUTH_USER_CODE_FORMAT, ACCOUNT_…_FORMAT', { ACCOUNT_LOGIN_BY_CODE_FORMAT: { length: 4 } }],
  ['ACCOUNT_RATE_LIMITS', { ACCOUNT_RATE_LIMITS: { signup: '1/m/key' } }],
  ['ACCOUNT_RATE_LIMITS', { ACCOUNT_RATE_LIMITS: { login: '1/m/user' } }],
  ['AUTH_PASSWORD_VALIDATORS', { AUTH_PASSWORD_VALIDATORS: [] }],
  ['SOCIALACCOUNT_EMAIL_AUTHENTICATION', { SOCIALACCOUNT_EMAIL_AUTHENTICATION: true }],
  [
    'SOCIALACCOUNT_PROVIDERS',
    { SOCIALACCOUNT_PROVIDERS: { github: { EMAIL_AUTHENTICATION: true } } },
  ],
  [
    'SOCIALACCOUNT_ALLOW_PRIVATE_ADDRESSES_INSECURE',
    { SOCIALACCOUNT_ALLOW_PRIVATE_ADDRESSES_INSECURE: true },
  ],
  ['MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN', { MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN: true }],
  ['MFA_TOTP_INSECURE_BYPASS_CODE', { MFA_TOTP_INSECURE_BYPASS_CODE: 'hunter2' }],
  ['MFA_TOTP_TOLERANCE', { MFA_TOTP_TOLERANCE: 3 }],
  [
    'ACCOUNT_PHONE_VERIFICATION_ENABLED',
    {
      ACCOUNT_PHONE_VERIFICATION_ENABLED: false,
      ACCOUNT_SIGNUP_FIELDS: ['phone*', 'email*', 'password1*'],
    },
  ],
  ['MFA_END_OTHER_SESSIONS', { MFA_END_OTHER_SESSIONS: false }],
  [
    'ACCOUNT_END_OTHER_SESSIONS_ON_EMAIL_CHANGE',
    { ACCOUNT_END_OTHER_SESSIONS_ON_EMAIL_CHANGE: false },
  ],
  ['HEADLESS_JWT_ROTATE_REFRESH_TOKEN', { ...jwt, HEADLESS_JWT_ROTATE_REFRESH_TOKEN: false }],
  ['MFA_ALLOW_UNVERIFIED_EMAIL', { MFA_ALLOW_UNVERIFIED_EMAIL: true }],
  ['ALLOWED_HOSTS', { ALLOWED_HOSTS: ['*'] }],
  ['SESSION_COOKIE_HTTPONLY', { SESSION_COOKIE_HTTPONLY: false }],
  [
    'SESSION_COOKIE_SECURE',
    { SESSION_COOKIE_SECURE: false, PUBLIC_URL: 'https://auth.example.test' },
  ],
  ['SECRET_KEY', { SECRET_KEY: 'hunter2' }],
  ['SECRET_KEY', { SECRET_KEY_FALLBACKS: ['hunter2'] }],
  [
    'HEADLESS_JWT_PRIVATE_KEY',
    { ...jwt, HEADLESS_JWT_ALGORITHM: 'HS256', HEADLESS_JWT_PRIVATE_KEY: 'hunter2' },
  ],
  ['HEADLESS_JWT_PRIVATE_KEY', { ...jwt, HEADLESS_JWT_PRIVATE_KEY_FALLBACKS: ['hunter2'] }],
]

describe.each(consistencyChecks)('the check of $names', ({ names, severity, message }) => {
  const examples = breaches[names.join(', ')] ?? []

  it('has an example', () => {
    assert.ok(examples.length > 0)
  })

  it.each(examples)('fires at %j', (overrides) => {
    const said = `${names.join(', ')}: ${message}`
    if (severity === 'error') {
      assert.throws(
        () => loadSettings({ overrides }),
        (error) => error instanceof SettingsError && error.problems.includes(said),
      )
      return
    }
    assert.ok(loadSettings({ overrides }).warnings.includes(said))
  })

  it('names settings that there are', () => {
    for (const name of names)
      assert.ok(
        definitions.some(({ flat }) => flat === name),
        name,
      )
  })
})

describe('consistent settings', () => {
  it.each<object>([
    { ...passkeySignup, MFA_PASSKEY_LOGIN_ENABLED: true },
    { MFA_WEBAUTHN_RP_ID: 'example.test', PUBLIC_URL: 'https://auth.example.test' },
    {
      MFA_WEBAUTHN_RP_ID: 'other.test',
      PUBLIC_URL: 'https://auth.example.test',
      MFA_WEBAUTHN_RELATED_ORIGINS: ['https://auth.example.test'],
    },
    { ACCOUNT_CHANGE_EMAIL: true, ACCOUNT_MAX_EMAIL_ADDRESSES: 2 },
    { SOCIALACCOUNT_ONLY: true, INSTALLED_APPS: withoutMfa },
    jwt,
    { ...jwt, HEADLESS_JWT_ALGORITHM: 'HS256' },
    { ACCOUNT_USER_MODEL_USERNAME_FIELD: null },
    { SESSION_IDLE_TIMEOUT: 1800, SESSION_ABSOLUTE_TIMEOUT: 43_200 },
    { SECRET_KEY: 'a secret of thirty-two characters' },
    { ALLAUTH_USER_CODE_FORMAT: { numeric: true, length: 6 } },
  ])('are not remarked on: %j', (overrides) => {
    assert.deepEqual(loadSettings({ overrides }).warnings, [])
  })
})

describe('dangers', () => {
  it.each(weaknesses)('%s: %j', (name, overrides) => {
    const said = loadSettings({ overrides }).warnings.filter((it) => it.startsWith(`${name}: `))
    assert.equal(said.length, 1)
    assert.doesNotMatch(said.join(), /hunter2/)
  })

  it('each have an example', () => {
    const names = new Set(weaknesses.map(([name]) => name))
    for (const { name } of dangers) assert.ok(names.has(name), name)
  })
})

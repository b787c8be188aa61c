// What is in the fixtures: who did what before the upgrade, and what they go on with after it.
import type { KeptKey } from '../../src/testing/security-key.ts'

const password = 'velvet-Otter-41'

export const ann = { email: 'ann@example.org', username: 'ann', email_verified: true, password }
export const bob = { email: 'bob@example.org', password }
export const cleo = {
  email: 'cleo@example.org',
  email_verified: true,
  phone: '+12025550123',
  phone_verified: true,
  password,
}
export const dan = { email: 'dan@example.org', email_verified: true, password }
export const eve = { email: 'eve@example.org', email_verified: true, password }
export const fay = { sub: 'fay', email: 'fay@people.example.org', email_verified: true }

/** When the fixtures were made, by the clock of their servers. */
export const madeAt = Date.UTC(2026, 11, 1, 12)

/** The settings that every version knows. */
export const settings = {
  ACCOUNT_RATE_LIMITS: false,
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  ACCOUNT_LOGIN_METHODS: ['email', 'username', 'phone'],
  ACCOUNT_SIGNUP_FIELDS: ['email*', 'username', 'phone', 'password1*'],
}

/** Those of versions with second factors. */
export const factorSettings = {
  MFA_SUPPORTED_TYPES: ['recovery_codes', 'totp', 'webauthn'],
  MFA_PASSKEY_LOGIN_ENABLED: true,
}

/** Those of an app with signed tokens. */
export const tokenSettings = { HEADLESS_TOKEN_STRATEGY: 'jwt' }

/** What people have in their hands. What a version could not do is not there. */
export interface Fixture {
  /** Ann is signed in by an app, Eve in a browser. */
  sessionToken: string
  cookies: [string, string][]
  /** Bob has signed up: the token of his app, and the code in his mail. */
  signupToken: string
  signupCode: string
  /** Dan has a link to set a new password. */
  resetKey: string
  /** Nobody ever ran the version that made it, and what it made is not taken any more. */
  isResetKeyRefused?: true
  /** Ann's second factors. */
  totpSecret?: string
  recoveryCodes?: string[]
  passkey?: KeptKey
  /** Cleo's app has signed tokens. */
  refreshToken?: string
  /** Fay came by a provider. */
  hasProvider?: true
}

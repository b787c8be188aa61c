// The settings and people that a run begins with.
import fc from 'fast-check'
import type { Rules, Way } from './model.ts'

const types = ['totp', 'webauthn', 'recovery_codes'] as const

/** The settings that decide about stages. */
export const someSettings = fc.record({
  verification: fc.constantFrom('none', 'mandatory', 'mandatory', 'optional'),
  isVerifiedByCode: fc.boolean(),
  logsInByCode: mostly(true),
  codeRequired: fc.constantFrom(false, false, ['password'], true, ['mfa']),
  codeTrust: fc.boolean(),
  types: fc.oneof(
    { weight: 3, arbitrary: fc.constant([...types]) },
    { weight: 1, arbitrary: fc.subarray([...types]) },
  ),
  passkeyLogin: mostly(true),
  passkeySignup: fc.boolean(),
  mfaTrust: fc.boolean(),
  totpTolerance: fc.constantFrom(0, 1),
  allowsUnverified: fc.boolean(),
  logsInOnReset: mostly(true),
  resetsByCode: fc.boolean(),
  logsInOnConfirmation: fc.boolean(),
  loginTimeout: fc.constantFrom(900, 60),
  hasPhones: mostly(false),
  hasLimits: fc.oneof(
    { weight: 9, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
})

export type SomeSettings = typeof someSettings extends fc.Arbitrary<infer T> ? T : never

/** What somebody has at the start. */
export const someProfile = fc.record({
  isEmailVerified: fc.boolean(),
  isPhoneVerified: fc.boolean(),
  hasApp: mostly(true),
  key: fc.constantFrom('none', 'passkey', 'key', 'passkey'),
})

/** The same without second factors, which take a while to set up. */
export const someSimpleProfile = someProfile.map((profile) => ({
  ...profile,
  hasApp: false,
  key: 'none' as const,
}))

export type Profile = typeof someProfile extends fc.Arbitrary<infer T> ? T : never

/** The settings by their names in the environment. */
export function named(drawn: SomeSettings): Record<string, unknown> {
  const mayHavePasskeySignup =
    drawn.types.includes('webauthn') && drawn.verification === 'mandatory' && drawn.isVerifiedByCode
  return {
    ACCOUNT_EMAIL_VERIFICATION: drawn.verification,
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: drawn.isVerifiedByCode,
    ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: true,
    ACCOUNT_LOGIN_BY_CODE_ENABLED: drawn.logsInByCode,
    ACCOUNT_LOGIN_BY_CODE_REQUIRED: drawn.codeRequired,
    ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED: drawn.codeTrust,
    ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND: true,
    ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND: true,
    MFA_SUPPORTED_TYPES: drawn.types,
    MFA_PASSKEY_LOGIN_ENABLED: drawn.passkeyLogin,
    MFA_PASSKEY_SIGNUP_ENABLED: drawn.passkeySignup && mayHavePasskeySignup,
    MFA_TRUST_ENABLED: drawn.mfaTrust,
    MFA_TOTP_TOLERANCE: drawn.totpTolerance,
    MFA_ALLOW_UNVERIFIED_EMAIL: drawn.allowsUnverified,
    ACCOUNT_LOGIN_ON_PASSWORD_RESET: drawn.logsInOnReset,
    ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: drawn.resetsByCode,
    ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION: drawn.logsInOnConfirmation,
    ACCOUNT_LOGIN_TIMEOUT: drawn.loginTimeout,
    ACCOUNT_SIGNUP_FIELDS: ['email*', 'password1*', ...(drawn.hasPhones ? ['phone*'] : [])],
    MFA_TRUST_COOKIE_AGE: 3000,
    ...(!drawn.hasLimits && { ACCOUNT_RATE_LIMITS: false }),
  }
}

/** What the settings ask of a login. */
export function rulesOf(drawn: SomeSettings): Rules {
  return {
    needsVerifiedEmail: drawn.verification === 'mandatory',
    needsVerifiedPhone: drawn.hasPhones,
    needsCodeAfter: waysWithCode(drawn.codeRequired),
    trustSparesCode: drawn.codeTrust,
    trustSparesFactor: drawn.mfaTrust,
    loginTimeoutMs: drawn.loginTimeout * 1000,
  }
}

function waysWithCode(required: SomeSettings['codeRequired']): Way[] {
  if (typeof required === 'boolean') {
    return required ? ['password', 'passkey', 'reset', 'signup', 'passkey signup'] : []
  }
  const methods = { password: 'password', mfa: 'passkey' } as const
  const ways = Object.entries(methods).flatMap(([name, way]) =>
    required.includes(name) ? [way] : [],
  )
  return [...ways, 'signup', 'passkey signup']
}

function mostly(value: boolean): fc.Arbitrary<boolean> {
  return fc.constantFrom(value, value, !value)
}

import type { CodeFormat } from './code-format.ts'
import type { Rate } from './rate-limits.ts'
import type { Settings } from './settings.ts'

/** A way in which a setting makes the server less safe than it is by default. */
export interface Danger {
  /** The setting, by its name in the environment. */
  name: string
  isWeak(settings: Settings): boolean
  message: string
}

export const dangers: readonly Danger[] = [
  {
    name: 'ACCOUNT_RATE_LIMITS',
    isWeak: ({ account }) => Object.values(account.rateLimits).every((it) => it.length === 0),
    message: 'limits are off, so passwords and codes can be tried without end',
  },
  {
    name: 'ACCOUNT_RATE_LIMITS',
    isWeak: ({ account: { rateLimits } }) =>
      rateLimits.login_failed.length === 0 && Object.values(rateLimits).some((it) => it.length > 0),
    message: 'login_failed has no limit, so passwords can be tried without end',
  },
  {
    name: 'ACCOUNT_PREVENT_ENUMERATION',
    isWeak: ({ account }) => account.preventEnumeration === false,
    message: 'answers tell who has an account',
  },
  {
    name: 'ACCOUNT_UNIQUE_EMAIL',
    isWeak: ({ account }) => !account.uniqueEmail,
    message: 'several accounts can have the same verified address',
  },
  {
    name: 'ALLAUTH_USER_CODE_FORMAT, ACCOUNT_…_FORMAT',
    isWeak: ({ account }) =>
      [
        account.loginByCodeFormat,
        account.emailVerificationByCodeFormat,
        account.phoneVerificationCodeFormat,
        account.passwordResetByCodeFormat,
      ].some(isGuessable),
    message: 'a code has less than a million values, so it can be guessed',
  },
  {
    name: 'AUTH_PASSWORD_VALIDATORS',
    isWeak: ({ server }) => server.authPasswordValidators.length === 0,
    message: 'there are no rules, so every password will do that is long enough',
  },
  {
    name: 'SOCIALACCOUNT_EMAIL_AUTHENTICATION',
    isWeak: ({ socialaccount }) => socialaccount.emailAuthentication,
    message: 'each provider can log into any account by naming its address',
  },
  {
    name: 'SOCIALACCOUNT_ALLOW_PRIVATE_ADDRESSES_INSECURE',
    isWeak: ({ socialaccount }) => socialaccount.allowPrivateAddressesInsecure,
    message: 'requests to providers can reach servers inside; for local development only',
  },
  {
    name: 'SOCIALACCOUNT_PROVIDERS',
    isWeak: ({ socialaccount }) =>
      /"email_authentication":true/i.test(JSON.stringify(socialaccount.providers)),
    message: 'a provider can log into any account by naming its address',
  },
  {
    name: 'MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN',
    isWeak: ({ mfa }) => mfa.webauthnAllowInsecureOrigin,
    message: 'security keys work without https; for local development only',
  },
  {
    name: 'MFA_TOTP_INSECURE_BYPASS_CODE',
    isWeak: ({ mfa }) => mfa.totpInsecureBypassCode !== null,
    message: 'one code passes for every user; for local development only',
  },
  {
    name: 'ACCOUNT_PHONE_VERIFICATION_ENABLED',
    isWeak: ({ account }) =>
      !account.phoneVerificationEnabled && account.signupFields.phone !== 'absent',
    message: 'anybody can sign up with the number of somebody else, and keep its owner out',
  },
  {
    name: 'MFA_ALLOW_UNVERIFIED_EMAIL',
    isWeak: ({ mfa }) => mfa.allowUnverifiedEmail,
    message: 'somebody can lock the owner of an address out of it with a second factor',
  },
  {
    name: 'MFA_END_OTHER_SESSIONS',
    isWeak: ({ mfa }) => !mfa.endOtherSessions,
    message: 'a session that somebody has stolen goes on when a second factor is set up',
  },
  {
    name: 'ACCOUNT_END_OTHER_SESSIONS_ON_EMAIL_CHANGE',
    isWeak: ({ account }) => !account.endOtherSessionsOnEmailChange,
    message: 'a session that somebody has stolen goes on when the address is changed',
  },
  {
    name: 'HEADLESS_JWT_ROTATE_REFRESH_TOKEN',
    isWeak: ({ headless }) => headless.tokenStrategy === 'jwt' && !headless.jwtRotateRefreshToken,
    message: 'a refresh token works until it expires, and nobody notices a stolen one',
  },
  {
    name: 'MFA_TOTP_TOLERANCE',
    isWeak: ({ mfa }) => mfa.totpTolerance > 2,
    message: 'codes of authenticator apps hold for long, so they are easier to guess and to steal',
  },
  {
    name: 'ALLOWED_HOSTS',
    isWeak: ({ server }) => server.allowedHosts.includes('*'),
    message: 'links in mails can be made to lead to any host; set PUBLIC_URL or list the hosts',
  },
  {
    name: 'SESSION_COOKIE_HTTPONLY',
    isWeak: ({ server }) => !server.sessionCookieHttponly,
    message: 'scripts can read the session cookie',
  },
  {
    name: 'SESSION_COOKIE_SECURE',
    isWeak: ({ server }) =>
      server.sessionCookieSecure === false && server.publicUrl?.startsWith('https:') === true,
    message: 'the session cookie is sent without https as well',
  },
  {
    name: 'ACCOUNT_RATE_LIMITS',
    isWeak: ({ account }) =>
      Object.entries(account.rateLimits).some(([action, rates]) =>
        rates.some((rate) => isIdle(action, rate)),
      ),
    message: 'a rate counts by key or user for an action that has none, and so limits nothing',
  },
  {
    name: 'SECRET_KEY',
    isWeak: ({ server }) => [server.secretKey, ...server.secretKeyFallbacks].some(isShort),
    message: 'it, or one of SECRET_KEY_FALLBACKS, has fewer than 32 characters',
  },
  {
    name: 'HEADLESS_JWT_PRIVATE_KEY',
    isWeak: ({ headless }) =>
      headless.tokenStrategy === 'jwt' &&
      [headless.jwtPrivateKey, ...headless.jwtPrivateKeyFallbacks].some(
        (key) => key !== '' && isShort(key),
      ),
    message:
      'it or a fallback is short: a shared secret of fewer than 32 characters can be guessed from a token',
  },
]

/** The actions whose limits name a key, and those that only somebody signed in can do. */
const keyed = [
  'reset_password',
  'login_failed',
  'request_login_code',
  'confirm_email',
  'verify_phone',
]
const byUsers = [
  'change_password',
  'change_phone',
  'manage_email',
  'reauthenticate',
  'export_account',
]

/** A rate that counts by what an action does not have never counts. */
function isIdle(action: string, { per }: Rate): boolean {
  return (per === 'key' && !keyed.includes(action)) || (per === 'user' && !byUsers.includes(action))
}

const enoughCodes = 1_000_000

function isGuessable({ numeric, length }: CodeFormat): boolean {
  return (numeric ? 10 : 20) ** length < enoughCodes
}

function isShort(secret: string | null): boolean {
  return secret !== null && secret.length < 32
}

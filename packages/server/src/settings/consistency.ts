import { isMfaOn } from './mfa-on.ts'
import type { Settings } from './settings.ts'

/** Something that several settings have to agree on. */
export interface ConsistencyCheck {
  /** The settings involved, by their names in the environment. */
  names: readonly string[]
  /** Whether the server refuses to start, or says it and starts. */
  severity: 'error' | 'warning'
  isBroken(settings: Settings): boolean
  message: string
}

const byLink = ({ account }: Settings) =>
  account.emailVerification !== 'none' && !account.emailVerificationByCodeEnabled

const usesNames = ({ account }: Settings) =>
  account.loginMethods.includes('username') || account.signupFields.username !== 'absent'

export const consistencyChecks: readonly ConsistencyCheck[] = [
  {
    names: ['LANGUAGE_CODE', 'LANGUAGES'],
    severity: 'error',
    isBroken: ({ server }) => !server.languages.includes(server.languageCode),
    message: 'the language of those who ask for no other has to be among the languages',
  },
  {
    names: ['SOCIALACCOUNT_ONLY', 'ACCOUNT_LOGIN_BY_CODE_ENABLED'],
    severity: 'error',
    isBroken: ({ socialaccount, account }) => socialaccount.only && account.loginByCodeEnabled,
    message: 'nobody can log in by code where providers are the only way in',
  },
  {
    // The original refuses this. Recorded traces have it, and there the second factors rest.
    names: ['SOCIALACCOUNT_ONLY', 'INSTALLED_APPS'],
    severity: 'warning',
    isBroken: (settings) => settings.socialaccount.only && isMfaOn(settings),
    message: 'leave allauth.mfa out where providers are the only way in: second factors are theirs',
  },
  {
    names: ['SOCIALACCOUNT_ONLY', 'SOCIALACCOUNT_EMAIL_VERIFICATION'],
    severity: 'error',
    isBroken: ({ socialaccount }) =>
      socialaccount.only && (socialaccount.emailVerification ?? 'none') !== 'none',
    message: 'where providers are the only way in, verification has to be "none"',
  },
  {
    // The original refuses this. Recorded traces have it; codes are then sent but not insisted on.
    names: ['ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED', 'ACCOUNT_EMAIL_VERIFICATION'],
    severity: 'warning',
    isBroken: ({ account }) =>
      account.emailVerificationByCodeEnabled && account.emailVerification !== 'mandatory',
    message: 'verification by code is meant for "mandatory" verification',
  },
  {
    // The original refuses this. Recorded traces have it; login tries each account of the address.
    names: ['ACCOUNT_LOGIN_METHODS', 'ACCOUNT_UNIQUE_EMAIL'],
    severity: 'warning',
    isBroken: ({ account }) => account.loginMethods.includes('email') && !account.uniqueEmail,
    message: 'login by "email" needs unique addresses',
  },
  {
    names: ['ACCOUNT_EMAIL_VERIFICATION', 'ACCOUNT_SIGNUP_FIELDS'],
    severity: 'error',
    isBroken: ({ account }) =>
      account.emailVerification === 'mandatory' && account.signupFields.email !== 'required',
    message: '"mandatory" verification needs "email*" at signup',
  },
  {
    names: ['ACCOUNT_USER_MODEL_USERNAME_FIELD', 'ACCOUNT_LOGIN_METHODS', 'ACCOUNT_SIGNUP_FIELDS'],
    severity: 'error',
    isBroken: (settings) => settings.account.userModelUsernameField === null && usesNames(settings),
    message: 'there are no user names (null), so neither login nor signup can ask for "username"',
  },
  {
    names: ['ACCOUNT_CHANGE_EMAIL', 'ACCOUNT_MAX_EMAIL_ADDRESSES'],
    severity: 'error',
    isBroken: ({ account }) =>
      account.changeEmail && account.maxEmailAddresses !== null && account.maxEmailAddresses !== 2,
    message: 'changing the address takes two of them for a while: the maximum has to be 2 or null',
  },
  {
    names: ['ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED', 'INSTALLED_APPS'],
    severity: 'error',
    isBroken: (settings) => settings.account.loginByCodeTrustEnabled && !isMfaOn(settings),
    message: 'trusting a browser needs allauth.mfa',
  },
  {
    names: ['MFA_PASSKEY_LOGIN_ENABLED', 'MFA_SUPPORTED_TYPES'],
    severity: 'warning',
    isBroken: ({ mfa }) => mfa.passkeyLoginEnabled && !mfa.supportedTypes.includes('webauthn'),
    message: 'login by passkey stays off without "webauthn" among the types',
  },
  {
    names: ['MFA_PASSKEY_SIGNUP_ENABLED', 'MFA_PASSKEY_LOGIN_ENABLED'],
    severity: 'warning',
    isBroken: ({ mfa }) => mfa.passkeySignupEnabled && !mfa.passkeyLoginEnabled,
    message: 'who signs up with a passkey can not log in with it',
  },
  {
    names: ['MFA_WEBAUTHN_RP_ID', 'PUBLIC_URL'],
    severity: 'warning',
    isBroken: ({ mfa: { webauthnRpId, webauthnRelatedOrigins }, server }) =>
      webauthnRpId !== null &&
      server.publicUrl !== null &&
      !webauthnRelatedOrigins.includes(server.publicUrl) &&
      !`.${new URL(server.publicUrl).hostname}`.endsWith(`.${webauthnRpId}`),
    message: 'browsers use keys of this domain on pages of it, or below it, alone',
  },
  {
    names: ['MFA_PASSKEY_SIGNUP_ENABLED', 'MFA_SUPPORTED_TYPES', 'INSTALLED_APPS'],
    severity: 'error',
    isBroken: (settings) => settings.mfa.passkeySignupEnabled && !isMfaOn(settings, 'webauthn'),
    message: 'signup by passkey needs allauth.mfa and "webauthn" among the types',
  },
  {
    names: ['MFA_PASSKEY_SIGNUP_ENABLED', 'ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED'],
    severity: 'error',
    isBroken: ({ mfa, account }) =>
      mfa.passkeySignupEnabled && !account.emailVerificationByCodeEnabled,
    message: 'signup by passkey needs verification by code',
  },
  {
    names: ['MFA_PASSKEY_SIGNUP_ENABLED', 'ACCOUNT_SIGNUP_FIELDS'],
    severity: 'error',
    isBroken: ({ mfa, account }) =>
      mfa.passkeySignupEnabled && account.signupFields.email !== 'required',
    message: 'signup by passkey needs "email*" at signup',
  },
  {
    names: ['MFA_PASSKEY_SIGNUP_ENABLED', 'ACCOUNT_EMAIL_VERIFICATION'],
    severity: 'error',
    isBroken: ({ mfa, account }) =>
      mfa.passkeySignupEnabled && account.emailVerification !== 'mandatory',
    message: 'signup by passkey needs "mandatory" verification',
  },
  {
    names: ['ACCOUNT_LOGIN_METHODS', 'ACCOUNT_SIGNUP_FIELDS'],
    severity: 'warning',
    isBroken: ({ account, socialaccount }) =>
      !socialaccount.only &&
      account.loginMethods.every((method) => account.signupFields[method] !== 'required'),
    message: 'signup requires nothing that login asks for, so users may be unable to come back',
  },
  {
    names: ['HEADLESS_FRONTEND_URLS', 'ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED'],
    severity: 'warning',
    isBroken: (settings) =>
      byLink(settings) && lacksKey(settings.headless.frontendUrls.account_confirm_email),
    message: 'account_confirm_email has no {key}, so links in mails confirm nothing',
  },
  {
    names: ['HEADLESS_FRONTEND_URLS', 'ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED'],
    severity: 'warning',
    isBroken: ({ account, headless }) =>
      !account.passwordResetByCodeEnabled &&
      lacksKey(headless.frontendUrls.account_reset_password_from_key),
    message: 'account_reset_password_from_key has no {key}, so links in mails reset nothing',
  },
  {
    names: ['SESSION_COOKIE_NAME', 'CSRF_COOKIE_NAME', 'MFA_TRUST_COOKIE_NAME'],
    severity: 'error',
    isBroken: ({ server, mfa }) =>
      new Set([server.sessionCookieName, server.csrfCookieName, mfa.trustCookieName]).size < 3,
    message: 'each of these cookies needs a name of its own',
  },
  {
    names: ['SESSION_IDLE_TIMEOUT', 'SESSION_COOKIE_AGE', 'SESSION_ABSOLUTE_TIMEOUT'],
    severity: 'warning',
    isBroken: ({ server }) =>
      server.sessionIdleTimeout !== null &&
      server.sessionIdleTimeout >=
        Math.min(server.sessionCookieAge, server.sessionAbsoluteTimeout ?? Infinity),
    message: 'sessions end by one of the others before they can be idle for so long',
  },
  {
    names: ['ALLAUTH_TRUSTED_CLIENT_IP_HEADER', 'ALLAUTH_TRUSTED_PROXY_COUNT'],
    severity: 'warning',
    isBroken: ({ server }) => server.trustedClientIpHeader !== null && server.trustedProxyCount > 0,
    message: 'the header tells the client address alone; the number of proxies does not matter',
  },
  {
    names: ['WEBHOOK_URLS', 'WEBHOOK_SECRETS'],
    severity: 'error',
    isBroken: ({ server }) => server.webhookUrls.length > 0 && server.webhookSecrets.length === 0,
    message: 'what is posted has to be signed: `latchkey webhooks secret` makes a secret',
  },
]

function lacksKey(url: string | undefined): boolean {
  return url !== undefined && !url.includes('{key}')
}

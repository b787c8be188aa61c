import { completeCodeFormat, readCodeFormat } from './code-format.ts'
import type { EarlierValues } from './earlier-names.ts'
import { flatName, type Group } from './names.ts'
import { frontendUrlsOf } from './portal-on.ts'
import { defaultRateTexts, mergeRateLimits } from './rate-limits.ts'
import type { Settings } from './settings.ts'

/** What was given, as opposed to what holds by default. */
interface Origins {
  /** The value as it was given for a name of the environment, undefined if none was. */
  raw(flat: string): unknown
  earlier: EarlierValues
}

/** A setting whose value depends on others. */
export interface Derivation {
  group: Group
  key: string
  derive(settings: Settings, origins: Origins): unknown
}

function always<G extends Group, K extends keyof Settings[G] & string>(
  group: G,
  key: K,
  derive: (settings: Settings, origins: Origins) => Settings[G][K],
): Derivation {
  return { group, key, derive }
}

function unlessGiven<G extends Group, K extends keyof Settings[G] & string>(
  group: G,
  key: K,
  derive: (settings: Settings) => Settings[G][K],
): Derivation {
  const given = ({ raw }: Origins) => raw(flatName(group, key)) !== undefined
  return {
    group,
    key,
    derive: (settings, origins) => (given(origins) ? settings[group][key] : derive(settings)),
  }
}

/** In this order, because some depend on each other. */
export const derivations: readonly Derivation[] = [
  always('account', 'loginByCodeFormat', inheritFormat('ACCOUNT_LOGIN_BY_CODE_FORMAT')),
  always(
    'account',
    'emailVerificationByCodeFormat',
    inheritFormat('ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT'),
  ),
  always(
    'account',
    'phoneVerificationCodeFormat',
    inheritFormat('ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT'),
  ),
  always(
    'account',
    'passwordResetByCodeFormat',
    inheritFormat('ACCOUNT_PASSWORD_RESET_BY_CODE_FORMAT'),
  ),
  always('account', 'rateLimits', rateLimitsOver),
  unlessGiven('account', 'passwordMinLength', ({ server }) =>
    server.authPasswordValidators.length === 0 ? 6 : null,
  ),
  unlessGiven(
    'socialaccount',
    'emailRequired',
    ({ account }) => account.signupFields.email === 'required',
  ),
  unlessGiven('socialaccount', 'queryEmail', ({ socialaccount }) => socialaccount.emailRequired),
  unlessGiven('socialaccount', 'emailVerification', ({ socialaccount }) =>
    socialaccount.only ? 'none' : null,
  ),
  always('headless', 'frontendUrls', (settings) =>
    frontendUrlsOf(settings, settings.server.publicUrl),
  ),
  unlessGiven('mfa', 'trustCookieDomain', ({ server }) => server.sessionCookieDomain),
  unlessGiven('mfa', 'trustCookieHttponly', ({ server }) => server.sessionCookieHttponly),
  unlessGiven('mfa', 'trustCookiePath', ({ server }) => server.sessionCookiePath),
  unlessGiven('mfa', 'trustCookieSamesite', ({ server }) => server.sessionCookieSamesite),
  unlessGiven('mfa', 'trustCookieSecure', ({ server }) => server.sessionCookieSecure),
]

function inheritFormat(flat: string) {
  return (_settings: Settings, { raw }: Origins) =>
    completeCodeFormat({
      ...readCodeFormat(raw('ALLAUTH_USER_CODE_FORMAT') ?? {}),
      ...readCodeFormat(raw(flat) ?? {}),
    })
}

function rateLimitsOver({ account }: Settings, { raw, earlier }: Origins) {
  const cooldown = earlier.get('ACCOUNT_EMAIL_CONFIRMATION_COOLDOWN')
  const link = cooldown === undefined ? defaultRateTexts.confirm_email : over(1, cooldown)
  return mergeRateLimits(raw('ACCOUNT_RATE_LIMITS') ?? {}, {
    ...defaultRateTexts,
    confirm_email: account.emailVerificationByCodeEnabled ? '1/10s/key' : link,
    login_failed: loginFailed(earlier),
  })
}

function loginFailed(earlier: EarlierValues): string {
  const limit = earlier.get('ACCOUNT_LOGIN_ATTEMPTS_LIMIT')
  const timeout = earlier.get('ACCOUNT_LOGIN_ATTEMPTS_TIMEOUT')
  if (limit === undefined && timeout === undefined) return defaultRateTexts.login_failed
  const perKey = over(limit === undefined ? 5 : limit, timeout === undefined ? 300 : timeout)
  return perKey === '' ? '10/m/ip' : `10/m/ip,${perKey}`
}

/** A rate for each key, or none if a number is missing or 0. */
function over(amount: unknown, seconds: unknown): string {
  return amount && seconds ? `${amount}/${seconds}s/key` : ''
}

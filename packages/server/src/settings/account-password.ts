import { type CodeFormat, codeFormat } from './code-format.ts'
import type { Parser } from './parser.ts'
import { bool, whole } from './parsers.ts'
import { defaultRateTexts, mergeRateLimits, type RateLimits, rateLimits } from './rate-limits.ts'

/** How passwords are reset and changed, when a user has to authenticate again, and limits. */
export interface AccountPasswordSettings {
  /**
   * Resets a password with a code to type in place of a link to follow.
   * @defaultValue false
   */
  passwordResetByCodeEnabled: boolean
  /**
   * How many wrong codes are answered before the reset has to start over, at least 1.
   * @defaultValue 3
   */
  passwordResetByCodeMaxAttempts: number
  /**
   * How long a reset code can be used, in seconds, at least 1. Links have PASSWORD_RESET_TIMEOUT.
   * @defaultValue 180
   */
  passwordResetByCodeTimeout: number
  /**
   * What a reset code looks like. Members that are not given come from ALLAUTH_USER_CODE_FORMAT.
   * ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT is read as well.
   * @defaultValue { numeric: false, dashed: true, length: 8 }
   */
  passwordResetByCodeFormat: CodeFormat
  /**
   * Logs a user in after a password reset. Off: the user logs in with the new password.
   * @defaultValue false
   */
  loginOnPasswordReset: boolean
  /**
   * Ends the session in which a password is changed as well. The user's other sessions end either
   * way.
   * @defaultValue false
   */
  logoutOnPasswordChange: boolean
  /**
   * Lets users change addresses, phone number, password and connected accounts only if they
   * authenticated a short while ago. Second factors always ask for that.
   * @defaultValue false
   */
  reauthenticationRequired: boolean
  /**
   * How long an authentication counts as recent, in seconds, at least 1.
   * @defaultValue 300
   */
  reauthenticationTimeout: number
  /**
   * How often things can be done. An object is laid over the defaults, action by action: rates
   * like `20/m/ip,3/300s/key`, which is amount, time (in s, m, h or d) and whether to count for each
   * `ip`, `user` or `key`; all rates of an action have to allow a use. Empty or `null` lifts the
   * limit of one action, `false` lifts all of them. A use too many is answered with 429.
   * `confirm_email` is `1/10s/key` when addresses are verified by code.
   * @defaultValue { change_password: '5/m/user', change_phone: '1/m/user', manage_email: '10/m/user', reset_password: '20/m/ip,5/m/key', reset_password_from_key: '20/m/ip', reauthenticate: '10/m/user', signup: '20/m/ip', login: '30/m/ip', login_failed: '10/m/ip,5/300s/key', request_login_code: '20/m/ip,3/m/key', confirm_email: '1/180s/key', verify_phone: '1/30s/key,3/m/ip', provider_redirect: '60/m/ip', provider_token: '60/m/ip', export_account: '5/h/user' }
   */
  rateLimits: RateLimits
}

export const accountPasswordDefaults: AccountPasswordSettings = {
  passwordResetByCodeEnabled: false,
  passwordResetByCodeMaxAttempts: 3,
  passwordResetByCodeTimeout: 180,
  passwordResetByCodeFormat: { numeric: false, dashed: true, length: 8 },
  loginOnPasswordReset: false,
  logoutOnPasswordChange: false,
  reauthenticationRequired: false,
  reauthenticationTimeout: 300,
  rateLimits: mergeRateLimits({}, defaultRateTexts),
}

export const accountPasswordParsers = {
  passwordResetByCodeEnabled: bool,
  passwordResetByCodeMaxAttempts: whole(1),
  passwordResetByCodeTimeout: whole(1),
  passwordResetByCodeFormat: codeFormat,
  loginOnPasswordReset: bool,
  logoutOnPasswordChange: bool,
  reauthenticationRequired: bool,
  reauthenticationTimeout: whole(1),
  rateLimits,
} satisfies { [K in keyof AccountPasswordSettings]: Parser<AccountPasswordSettings[K]> }

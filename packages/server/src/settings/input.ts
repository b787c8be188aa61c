import type { AccountSettings } from './account.ts'
import type { EmailVerification } from './account-email.ts'
import type { CodeFormat } from './code-format.ts'
import type { CookieSameSite } from './cookie.ts'
import type { HeadlessSettings } from './headless.ts'
import type { MfaSettings } from './mfa.ts'
import type { PasswordRule } from './password-rules.ts'
import type { PortalSettings } from './portal.ts'
import type { RateLimitsInput } from './rate-limits.ts'
import type { ServerSettings } from './server.ts'
import type { SignupFieldInput } from './signup-fields.ts'
import type { SocialaccountSettings } from './socialaccount.ts'
import type { UsersessionsSettings } from './usersessions.ts'

/** Settings as they are written in a file: those that differ from the defaults. */
export interface SettingsInput {
  account?: InputOf<AccountSettings, AccountInputs>
  headless?: InputOf<HeadlessSettings, object>
  mfa?: InputOf<MfaSettings, { trustCookieSamesite: SameSiteInput }>
  portal?: InputOf<PortalSettings, object>
  socialaccount?: InputOf<SocialaccountSettings, SocialaccountInputs>
  usersessions?: InputOf<UsersessionsSettings, object>
  server?: InputOf<ServerSettings, ServerInputs>
  /** Names as in the environment, such as `ACCOUNT_EMAIL_VERIFICATION`. */
  [flat: Uppercase<string>]: unknown
}

/** Any of the settings, some of them in the form in which they are given. */
type InputOf<S, Inputs> = { [K in keyof S]?: K extends keyof Inputs ? Inputs[K] : S[K] }

type FormatInput = Partial<CodeFormat>
type QuotaInput = number | boolean
type SameSiteInput = CookieSameSite | false

interface AccountInputs {
  signupFields: readonly SignupFieldInput[]
  rateLimits: RateLimitsInput
  emailVerification: EmailVerification | boolean
  emailVerificationSupportsChange: QuotaInput
  emailVerificationSupportsResend: QuotaInput
  loginByCodeSupportsResend: QuotaInput
  phoneVerificationSupportsChange: QuotaInput
  phoneVerificationSupportsResend: QuotaInput
  emailVerificationByCodeFormat: FormatInput
  loginByCodeFormat: FormatInput
  passwordResetByCodeFormat: FormatInput
  phoneVerificationCodeFormat: FormatInput
}

interface SocialaccountInputs {
  emailVerification: EmailVerification | boolean | null
}

interface ServerInputs {
  userCodeFormat: FormatInput
  authPasswordValidators: readonly (PasswordRule | string)[]
  secureProxySslHeader: readonly [name: string, value: string] | null
  sessionCookieSamesite: SameSiteInput
  csrfCookieSamesite: SameSiteInput
  installedApps: readonly string[]
  languageCode: string
  languages: readonly string[]
}

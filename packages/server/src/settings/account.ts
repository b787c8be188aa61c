import {
  type AccountDataSettings,
  accountDataDefaults,
  accountDataParsers,
} from './account-data.ts'
import {
  type AccountEmailSettings,
  accountEmailDefaults,
  accountEmailParsers,
} from './account-email.ts'
import {
  type AccountLoginSettings,
  accountLoginDefaults,
  accountLoginParsers,
} from './account-login.ts'
import {
  type AccountPasswordSettings,
  accountPasswordDefaults,
  accountPasswordParsers,
} from './account-password.ts'
import {
  type AccountPhoneSettings,
  accountPhoneDefaults,
  accountPhoneParsers,
} from './account-phone.ts'
import {
  type AccountSignupSettings,
  accountSignupDefaults,
  accountSignupParsers,
} from './account-signup.ts'
import type { Parser } from './parser.ts'

/** Login, signup, email addresses, phone numbers and passwords: the `ACCOUNT_*` settings. */
export interface AccountSettings
  extends AccountLoginSettings,
    AccountSignupSettings,
    AccountEmailSettings,
    AccountPhoneSettings,
    AccountPasswordSettings,
    AccountDataSettings {}

export const accountDefaults: AccountSettings = {
  ...accountLoginDefaults,
  ...accountSignupDefaults,
  ...accountEmailDefaults,
  ...accountPhoneDefaults,
  ...accountPasswordDefaults,
  ...accountDataDefaults,
}

export const accountParsers = {
  ...accountLoginParsers,
  ...accountSignupParsers,
  ...accountEmailParsers,
  ...accountPhoneParsers,
  ...accountPasswordParsers,
  ...accountDataParsers,
} satisfies { [K in keyof AccountSettings]: Parser<AccountSettings[K]> }

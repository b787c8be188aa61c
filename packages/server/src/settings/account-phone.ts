import { type CodeFormat, codeFormat } from './code-format.ts'
import type { Parser } from './parser.ts'
import { bool, quota, whole } from './parsers.ts'

/** How phone numbers are verified. */
export interface AccountPhoneSettings {
  /**
   * Asks users to prove their phone number with a code before they are logged in. Off: at signup numbers
   * are taken as they are given; another number still takes its code.
   * @defaultValue true
   */
  phoneVerificationEnabled: boolean
  /**
   * How many wrong codes are answered before the verification has to start over, at least 1.
   * @defaultValue 3
   */
  phoneVerificationMaxAttempts: number
  /**
   * How long a code sent to a phone can be used, in seconds, at least 1.
   * @defaultValue 900
   */
  phoneVerificationTimeout: number
  /**
   * How often a user can correct the number while signup waits for its code. 0: never. `true` is
   * given for 2.
   * @defaultValue 0
   */
  phoneVerificationSupportsChange: number
  /**
   * How often the code can be sent again while it is waited for. 0: never. `true` is given for 2.
   * @defaultValue 0
   */
  phoneVerificationSupportsResend: number
  /**
   * What a code sent to a phone looks like. Members that are not given come from
   * ALLAUTH_USER_CODE_FORMAT.
   * @defaultValue { numeric: false, dashed: true, length: 8 }
   */
  phoneVerificationCodeFormat: CodeFormat
}

export const accountPhoneDefaults: AccountPhoneSettings = {
  phoneVerificationEnabled: true,
  phoneVerificationMaxAttempts: 3,
  phoneVerificationTimeout: 900,
  phoneVerificationSupportsChange: 0,
  phoneVerificationSupportsResend: 0,
  phoneVerificationCodeFormat: { numeric: false, dashed: true, length: 8 },
}

export const accountPhoneParsers = {
  phoneVerificationEnabled: bool,
  phoneVerificationMaxAttempts: whole(1),
  phoneVerificationTimeout: whole(1),
  phoneVerificationSupportsChange: quota,
  phoneVerificationSupportsResend: quota,
  phoneVerificationCodeFormat: codeFormat,
} satisfies { [K in keyof AccountPhoneSettings]: Parser<AccountPhoneSettings[K]> }

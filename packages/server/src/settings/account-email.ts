import { type CodeFormat, codeFormat } from './code-format.ts'
import { type Parser, WrongValue } from './parser.ts'
import { bool, booleanFromText, orNull, quota, text, whole } from './parsers.ts'

/** Whether an address has to be proven: before login, at leisure, or not at all. */
export type EmailVerification = 'mandatory' | 'optional' | 'none'

/** How email addresses are verified and changed, and what mail is sent. */
export interface AccountEmailSettings {
  /**
   * Whether users have to prove their address. `mandatory`: nobody is logged in without a verified
   * address. `optional`: a mail is sent, login goes on without. `none`: no such mail. `true` is
   * given for `mandatory`, `false` for `optional`.
   * @defaultValue 'optional'
   */
  emailVerification: EmailVerification
  /**
   * Verifies with a code to type in place of a link to follow. Meant for mandatory verification.
   * @defaultValue false
   */
  emailVerificationByCodeEnabled: boolean
  /**
   * How many wrong codes are answered before the verification has to start over, at least 1.
   * @defaultValue 3
   */
  emailVerificationByCodeMaxAttempts: number
  /**
   * How long a verification code can be used, in seconds, at least 1.
   * @defaultValue 900
   */
  emailVerificationByCodeTimeout: number
  /**
   * What a verification code looks like. Members that are not given come from
   * ALLAUTH_USER_CODE_FORMAT.
   * @defaultValue { numeric: false, dashed: true, length: 8 }
   */
  emailVerificationByCodeFormat: CodeFormat
  /**
   * How often a user can correct the address while signup waits for its code. 0: never. `true` is
   * given for 2.
   * @defaultValue 0
   */
  emailVerificationSupportsChange: number
  /**
   * How often the code can be sent again while it is waited for. 0: never. `true` is given for 2.
   * @defaultValue 0
   */
  emailVerificationSupportsResend: number
  /**
   * How long the link in a verification mail works, in days, at least 1.
   * @defaultValue 3
   */
  emailConfirmationExpireDays: number
  /**
   * Signs the keys of verification links in place of storing them. Off: each key is a row, used up
   * by the first visit.
   * @defaultValue true
   */
  emailConfirmationHmac: boolean
  /**
   * Goes into the signature of link keys, so that keys made for one purpose fit no other. A change
   * ends all links that are still out.
   * @defaultValue 'account'
   */
  salt: string
  /**
   * Logs a user in who follows a verification link in the browser that signup began in. Off: the
   * user logs in afterwards. Does not matter for codes.
   * @defaultValue false
   */
  loginOnEmailConfirmation: boolean
  /**
   * Gives each user one address: a new one replaces it once it is verified. Off: a user can have
   * several, one of them primary.
   * @defaultValue false
   */
  changeEmail: boolean
  /**
   * Ends the other sessions of a user who makes another address the primary one. Off: a session that
   * somebody else has got hold of goes on.
   * @defaultValue true
   */
  endOtherSessionsOnEmailChange: boolean
  /**
   * How many addresses a user can have, at least 1. `null`: any number. With ACCOUNT_CHANGE_EMAIL
   * it has to be 2 (the old one and the new one) or `null`.
   * @defaultValue null
   */
  maxEmailAddresses: number | null
  /**
   * Writes to an address without an account, when somebody asks for its password reset or login
   * code, that there is none. Off: nothing is sent, and the owner of a mistyped address never
   * learns why.
   * @defaultValue true
   */
  emailUnknownAccounts: boolean
  /**
   * Tells users by mail about changes to their account, with time, address and browser of whoever
   * made them.
   * @defaultValue false
   */
  emailNotifications: boolean
  /**
   * Begins the subject of every mail. `null`: the site's name ends it.
   * @defaultValue null
   */
  emailSubjectPrefix: string | null
}

export const accountEmailDefaults: AccountEmailSettings = {
  emailVerification: 'optional',
  emailVerificationByCodeEnabled: false,
  emailVerificationByCodeMaxAttempts: 3,
  emailVerificationByCodeTimeout: 900,
  emailVerificationByCodeFormat: { numeric: false, dashed: true, length: 8 },
  emailVerificationSupportsChange: 0,
  emailVerificationSupportsResend: 0,
  emailConfirmationExpireDays: 3,
  emailConfirmationHmac: true,
  salt: 'account',
  loginOnEmailConfirmation: false,
  changeEmail: false,
  endOtherSessionsOnEmailChange: true,
  maxEmailAddresses: null,
  emailUnknownAccounts: true,
  emailNotifications: false,
  emailSubjectPrefix: null,
}

export const emailVerification: Parser<EmailVerification> = {
  expected: '"mandatory" (or true), "optional" (or false) or "none"',
  fromText: booleanFromText,
  parse(value) {
    if (value === true || value === 'mandatory') return 'mandatory'
    if (value === false || value === 'optional') return 'optional'
    if (value !== 'none') throw new WrongValue(emailVerification.expected, value)
    return 'none'
  },
}

export const accountEmailParsers = {
  emailVerification,
  emailVerificationByCodeEnabled: bool,
  emailVerificationByCodeMaxAttempts: whole(1),
  emailVerificationByCodeTimeout: whole(1),
  emailVerificationByCodeFormat: codeFormat,
  emailVerificationSupportsChange: quota,
  emailVerificationSupportsResend: quota,
  emailConfirmationExpireDays: whole(1),
  emailConfirmationHmac: bool,
  salt: text,
  loginOnEmailConfirmation: bool,
  changeEmail: bool,
  endOtherSessionsOnEmailChange: bool,
  maxEmailAddresses: orNull(whole(1)),
  emailUnknownAccounts: bool,
  emailNotifications: bool,
  emailSubjectPrefix: orNull(text),
} satisfies { [K in keyof AccountEmailSettings]: Parser<AccountEmailSettings[K]> }

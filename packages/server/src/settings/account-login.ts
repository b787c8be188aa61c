import { type CodeFormat, codeFormat } from './code-format.ts'
import { type Parser, WrongValue } from './parser.ts'
import { bool, booleanFromText, listFromText, listOf, oneOf, quota, whole } from './parsers.ts'

/** What a user can be looked up by at login. */
export type LoginMethod = 'username' | 'email' | 'phone'

/** A first proof after which a code can be asked for in addition. */
export type CodeRequiringMethod = 'password' | 'mfa' | 'socialaccount'

/** How people log in. */
export interface AccountLoginSettings {
  /**
   * What the login endpoint accepts beside the password: any of `username`, `email`, `phone`, at
   * least one. By email, so that a server without configuration offers email and password; the
   * original starts with user names.
   * @defaultValue ['email']
   */
  loginMethods: readonly LoginMethod[]
  /**
   * How long a login that still lacks a step (a second factor, a code) is kept, in seconds, at
   * least 1. After that the user starts over.
   * @defaultValue 900
   */
  loginTimeout: number
  /**
   * Lets users log in with a code sent to their address or phone number in place of a password.
   * Off: codes cannot be requested.
   * @defaultValue false
   */
  loginByCodeEnabled: boolean
  /**
   * Asks for a sent code in addition, as a further step of the login. `true` after any other
   * method, a list (`password`, `mfa`, `socialaccount`) only when one of these came last. Never
   * asked of a user who just logged in by code.
   * @defaultValue false
   */
  loginByCodeRequired: boolean | readonly CodeRequiringMethod[]
  /**
   * How many wrong codes are answered before the login is given up, at least 1.
   * @defaultValue 3
   */
  loginByCodeMaxAttempts: number
  /**
   * How long a login code can be used, in seconds, at least 1.
   * @defaultValue 180
   */
  loginByCodeTimeout: number
  /**
   * How often a login code can be sent again while the login waits for it. 0: never. `true` is
   * given for 2.
   * @defaultValue 0
   */
  loginByCodeSupportsResend: number
  /**
   * Offers to trust a browser after a required code, so that it is not asked for the next one.
   * Needs the mfa app.
   * @defaultValue false
   */
  loginByCodeTrustEnabled: boolean
  /**
   * What a login code looks like. Members that are not given come from ALLAUTH_USER_CODE_FORMAT.
   * @defaultValue { numeric: false, dashed: true, length: 8 }
   */
  loginByCodeFormat: CodeFormat
}

export const accountLoginDefaults: AccountLoginSettings = {
  loginMethods: ['email'],
  loginTimeout: 900,
  loginByCodeEnabled: false,
  loginByCodeRequired: false,
  loginByCodeMaxAttempts: 3,
  loginByCodeTimeout: 180,
  loginByCodeSupportsResend: 0,
  loginByCodeTrustEnabled: false,
  loginByCodeFormat: { numeric: false, dashed: true, length: 8 },
}

const loginMethods = listOf(oneOf(['username', 'email', 'phone']), 1)

const methodList = listOf(oneOf(['password', 'mfa', 'socialaccount']))
const codeRequired: Parser<boolean | readonly CodeRequiringMethod[]> = {
  expected: `true, false, or ${methodList.expected}`,
  fromText(given) {
    const flag = booleanFromText(given)
    return typeof flag === 'boolean' ? flag : listFromText(given)
  },
  parse(value) {
    if (typeof value === 'boolean') return value
    if (!Array.isArray(value)) throw new WrongValue(codeRequired.expected, value)
    return value.length > 0 && methodList.parse(value)
  },
}

export const accountLoginParsers = {
  loginMethods,
  loginTimeout: whole(1),
  loginByCodeEnabled: bool,
  loginByCodeRequired: codeRequired,
  loginByCodeMaxAttempts: whole(1),
  loginByCodeTimeout: whole(1),
  loginByCodeSupportsResend: quota,
  loginByCodeTrustEnabled: bool,
  loginByCodeFormat: codeFormat,
} satisfies { [K in keyof AccountLoginSettings]: Parser<AccountLoginSettings[K]> }

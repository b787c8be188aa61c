import { type Parser, WrongValue } from './parser.ts'
import { bool, booleanFromText, filledText, listOf, orNull, text, whole } from './parsers.ts'
import { type SignupFields, signupFields } from './signup-fields.ts'

/** What signup asks for, and what user names and passwords have to be like. */
export interface AccountSignupSettings {
  /**
   * The fields of signup, out of `email`, `email2`, `username`, `phone`, `password1`, `password2`;
   * those with an asterisk have to be filled in. Without `password1` people sign up without a
   * password. `email2` and `password2` are for pages: the API has no such members. Email and
   * password, so that a server without configuration fits its login; the original starts with user
   * names.
   * @defaultValue ['email*', 'password1*']
   */
  signupFields: SignupFields
  /**
   * The fewest characters of a user name, at least 1.
   * @defaultValue 1
   */
  usernameMinLength: number
  /**
   * User names that nobody can take, capitals aside.
   * @defaultValue []
   */
  usernameBlacklist: readonly string[]
  /**
   * Keeps user names the way they were typed; they are found whatever the capitals. Off: they are
   * stored in small letters.
   * @defaultValue true
   */
  preserveUsernameCasing: boolean
  /**
   * `null` does away with user names, also in the user that the API answers. Any other text means
   * that there are user names; which one does not matter here.
   * @defaultValue 'username'
   */
  userModelUsernameField: string | null
  /**
   * `null` takes the address out of the user that the API answers. Any other text keeps it; which
   * one does not matter here.
   * @defaultValue 'email'
   */
  userModelEmailField: string | null
  /**
   * The most characters of an email address, from 6 to 320.
   * @defaultValue 254
   */
  emailMaxLength: number
  /**
   * The fewest characters of a password, beside the rules of AUTH_PASSWORD_VALIDATORS. Not given:
   * 6 if there are no such rules, otherwise `null`, which leaves the length to them.
   * @defaultValue null
   */
  passwordMinLength: number | null
  /**
   * Hides whether an address has an account. `true`: answers are the same where that can be done,
   * but signup says so when an address is taken and verification is not mandatory. `'strict'`: then
   * signup accepts the taken address as well, so that several accounts can have it unverified.
   * `false`: the answers tell.
   * @defaultValue true
   */
  preventEnumeration: boolean | 'strict'
  /**
   * Lets an address be verified by one account only. Off: several can, so an address no longer says
   * who somebody is, and login by email is unsafe.
   * @defaultValue true
   */
  uniqueEmail: boolean
}

export const accountSignupDefaults: AccountSignupSettings = {
  signupFields: {
    email: 'required',
    email2: 'absent',
    username: 'absent',
    phone: 'absent',
    password1: 'required',
    password2: 'absent',
  },
  usernameMinLength: 1,
  usernameBlacklist: [],
  preserveUsernameCasing: true,
  userModelUsernameField: 'username',
  userModelEmailField: 'email',
  emailMaxLength: 254,
  passwordMinLength: null,
  preventEnumeration: true,
  uniqueEmail: true,
}

const enumeration: Parser<boolean | 'strict'> = {
  expected: 'true, false or "strict"',
  fromText: booleanFromText,
  parse(value) {
    if (typeof value === 'boolean') return value
    if (value !== 'strict') throw new WrongValue(enumeration.expected, value)
    return value
  },
}

export const accountSignupParsers = {
  signupFields,
  usernameMinLength: whole(1),
  usernameBlacklist: listOf(text),
  preserveUsernameCasing: bool,
  userModelUsernameField: orNull(filledText),
  userModelEmailField: orNull(filledText),
  emailMaxLength: whole(6, 320),
  passwordMinLength: orNull(whole(0)),
  preventEnumeration: enumeration,
  uniqueEmail: bool,
} satisfies { [K in keyof AccountSignupSettings]: Parser<AccountSignupSettings[K]> }

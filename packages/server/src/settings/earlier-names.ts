import type { Parser } from './parser.ts'
import { bool, oneOf, orNull, whole } from './parsers.ts'

/** The values of earlier names that were given, already parsed. */
export type EarlierValues = ReadonlyMap<string, unknown>

/** An earlier name of a setting. */
export interface EarlierName {
  /** The setting that takes its place. */
  replacement: string
  parser: Parser<unknown>
}

/** Other spellings that mean the same and may go on being used. */
export const aliases: ReadonlyMap<string, string> = new Map([
  // The original documents the shorter name and reads the longer one.
  ['ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT', 'ACCOUNT_PASSWORD_RESET_BY_CODE_FORMAT'],
])

const fields = 'ACCOUNT_SIGNUP_FIELDS'
const limits = 'ACCOUNT_RATE_LIMITS'

/** Earlier names and what replaced them. */
export const earlierNames: ReadonlyMap<string, EarlierName> = new Map(
  Object.entries<EarlierName>({
    ACCOUNT_AUTHENTICATION_METHOD: {
      replacement: 'ACCOUNT_LOGIN_METHODS',
      parser: oneOf(['username', 'email', 'username_email']),
    },
    ACCOUNT_EMAIL_REQUIRED: { replacement: fields, parser: bool },
    ACCOUNT_USERNAME_REQUIRED: { replacement: fields, parser: bool },
    ACCOUNT_SIGNUP_EMAIL_ENTER_TWICE: { replacement: fields, parser: bool },
    ACCOUNT_SIGNUP_PASSWORD_ENTER_TWICE: { replacement: fields, parser: bool },
    ACCOUNT_SIGNUP_PASSWORD_VERIFICATION: { replacement: fields, parser: bool },
    ACCOUNT_SESSION_COOKIE_AGE: { replacement: 'SESSION_COOKIE_AGE', parser: whole(1) },
    EMAIL_CONFIRMATION_DAYS: {
      replacement: 'ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS',
      parser: whole(1),
    },
    ACCOUNT_EMAIL_CONFIRMATION_COOLDOWN: { replacement: limits, parser: orNull(whole(0)) },
    ACCOUNT_LOGIN_ATTEMPTS_LIMIT: { replacement: limits, parser: orNull(whole(0)) },
    ACCOUNT_LOGIN_ATTEMPTS_TIMEOUT: { replacement: limits, parser: orNull(whole(0)) },
  }),
)

/** What settings become through earlier names, for those that were not given themselves. */
export const replacements: ReadonlyMap<string, (earlier: EarlierValues) => unknown> = new Map<
  string,
  (earlier: EarlierValues) => unknown
>([
  ['ACCOUNT_LOGIN_METHODS', loginMethods],
  [fields, signupFields],
  ['SESSION_COOKIE_AGE', (earlier) => earlier.get('ACCOUNT_SESSION_COOKIE_AGE')],
  ['ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS', (earlier) => earlier.get('EMAIL_CONFIRMATION_DAYS')],
])

function loginMethods(earlier: EarlierValues): unknown {
  const method = earlier.get('ACCOUNT_AUTHENTICATION_METHOD')
  return method === 'username_email' ? ['username', 'email'] : method && [method]
}

function signupFields(earlier: EarlierValues): unknown {
  const names = [...earlierNames].filter(([, { replacement }]) => replacement === fields)
  if (!names.some(([name]) => earlier.has(name))) return undefined
  const isOn = (name: string, otherwise: boolean) => earlier.get(name) ?? otherwise
  const email = isOn('ACCOUNT_EMAIL_REQUIRED', false) ? 'email*' : 'email'
  const older = isOn('ACCOUNT_SIGNUP_PASSWORD_VERIFICATION', true) === true
  return [
    email,
    ...(isOn('ACCOUNT_SIGNUP_EMAIL_ENTER_TWICE', false) ? [email.replace('email', 'email2')] : []),
    ...(isOn('ACCOUNT_USERNAME_REQUIRED', true) ? ['username*'] : []),
    'password1*',
    ...(isOn('ACCOUNT_SIGNUP_PASSWORD_ENTER_TWICE', older) ? ['password2*'] : []),
  ]
}

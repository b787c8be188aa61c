interface Meaning {
  status: number
  /** Shown to the person; clients act on the code. */
  text: string
  /** The code on the wire where it is not the name in this table. */
  wire?: string
}

/**
 * Every way to decline a request that was understood. A meaning without `errors` on the wire (its
 * answer is the status alone) has a status other than 400.
 */
export const refusals = {
  conflict: { status: 409, text: 'This is not possible in the current state.' },
  forbidden: { status: 403, text: 'This is not allowed.' },
  rate_limited: { status: 429, text: 'Too many requests. Try again later.' },

  required: { status: 400, text: 'This field is required.' },
  invalid: { status: 400, text: 'Enter a valid value.' },
  max_length: { status: 400, text: 'This value is too long.' },
  invalid_list: { status: 400, text: 'Enter a list of values.' },
  invalid_choice: { status: 400, text: 'There is nothing of this kind.' },
  invalid_pk_value: { status: 400, text: 'This is not a valid id.' },
  min_length: { status: 400, text: 'This value is too short.' },
  null_characters_not_allowed: { status: 400, text: 'Null characters are not allowed.' },
  invalid_phone: { status: 400, text: 'Enter a phone number as +, country code and digits.' },
  invalid_login: { status: 400, text: 'Give exactly one of the identifiers.' },
  select_only_one: { status: 400, text: 'Give one of them alone.' },

  email_password_mismatch: { status: 400, text: 'The email address or the password is wrong.' },
  username_password_mismatch: { status: 400, text: 'The username or the password is wrong.' },
  phone_password_mismatch: { status: 400, text: 'The phone number or the password is wrong.' },
  too_many_login_attempts: { status: 400, text: 'Too many attempts. Try again later.' },

  incorrect_password: { status: 400, text: 'The password is wrong.' },
  enter_current_password: { status: 400, text: 'The current password is wrong.' },
  invalid_password_reset: { status: 400, text: 'This key is not valid or has been used.' },
  unknown_email: { status: 400, text: 'There is no such email address.' },
  unknown_phone: { status: 400, text: 'There is no account with this number.' },
  duplicate_email: { status: 400, text: 'This email address is already on your account.' },
  max_email_addresses: { status: 400, text: 'You have as many addresses as are allowed.' },
  cannot_remove_primary_email: { status: 400, text: 'The primary address can not be removed.' },
  unverified_primary_email: { status: 400, text: 'The primary address has to be verified.' },
  same_as_current: { status: 400, text: 'This is the current one already.' },
  phone_taken: { status: 400, text: 'Somebody already uses this number.' },

  email_taken: { status: 400, text: 'Somebody already uses this email address.' },
  email_mismatch: { status: 400, text: 'Enter the same email address both times.', wire: '' },
  username_taken: { status: 400, text: 'This username is taken.' },
  username_blacklisted: { status: 400, text: 'This username is not available.' },
  phone_taken_at_signup: { status: 400, text: 'Somebody already uses this number.', wire: '' },

  password_too_short: { status: 400, text: 'This password is too short.' },
  password_too_common: { status: 400, text: 'This password is too common.' },
  password_entirely_numeric: { status: 400, text: 'A password of digits alone is too weak.' },
  password_too_similar: { status: 400, text: 'This password resembles your personal details.' },

  client_id_required: { status: 400, text: 'Name the client_id that the token was made for.' },
  token_required: { status: 400, text: 'Give an id_token or an access_token.' },
  invalid_token: { status: 400, text: 'This token is not accepted.' },
  token_authentication_not_supported: {
    status: 400,
    text: 'This provider is used by redirect, not by token.',
  },
  provider_unavailable: { status: 400, text: 'The provider can not be reached. Try again later.' },
  connected_other: { status: 400, text: 'This account belongs to somebody else here.' },
  permission_denied: { status: 403, text: 'Sign in first.' },
  account_not_found: { status: 400, text: 'There is no such account among yours.' },
  disconnect_last: { status: 400, text: 'This account is your only way in.' },
  no_password: { status: 400, text: 'Set a password first: this is your only way in.' },
  no_verified_email: { status: 400, text: 'Verify an email address first.' },

  unverified_email: { status: 400, text: 'Verify your email addresses first.' },
  add_email_blocked: {
    status: 400,
    text: 'An account with a second factor takes no further addresses.',
  },
  cannot_generate_recovery_codes: {
    status: 400,
    text: 'Set up a second factor before its recovery codes.',
  },
  incorrect_code: { status: 400, text: 'This code or key is not accepted.' },
  invalid_or_expired_key: { status: 400, text: 'This key is not valid or has expired.' },
} as const satisfies Record<string, Meaning>

/** A name in the table of refusals. */
export type RefusalCode = keyof typeof refusals

/** One thing that is wrong, and the input it is wrong with. */
export interface Problem {
  code: RefusalCode
  param?: string
}

/** A request understood and declined. Thrown anywhere, answered in one place. */
export class Refusal extends Error {
  readonly problems: readonly Problem[]
  /** After how many seconds a retry makes sense, where that is known. */
  readonly retryAfterSeconds: number | undefined

  constructor(code: RefusalCode, param?: string, retryAfterSeconds?: number) {
    super(param === undefined ? code : `${code} (${param})`)
    this.name = 'Refusal'
    this.problems = [param === undefined ? { code } : { code, param }]
    this.retryAfterSeconds = retryAfterSeconds
  }

  /** Declines with all of `problems` at once, of which there is at least one. */
  static all(problems: readonly Problem[]): Refusal {
    const [first] = problems
    if (!first) throw new Error('a refusal needs a problem')
    const refusal = new Refusal(first.code, first.param)
    return Object.assign(refusal, { problems })
  }
}

/** The user has to prove again, now, to be the one: answered with the ways to do so (401). */
export class ReauthenticationRequired extends Error {
  override readonly name = 'ReauthenticationRequired'
}

/** What was read has been changed by another request: this one is run again from the fresh state. */
export class LostRace extends Error {
  override readonly name = 'LostRace'

  constructor(options?: ErrorOptions) {
    super('another request was faster', options)
  }
}

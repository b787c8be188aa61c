/** Where a change of the account came from: every security notice tells it. */
export interface Origin {
  ip: string
  userAgent: string
  at: Date
}

/** The mails, each with what it needs to know. */
export interface MailParams {
  /** Asks to confirm an address by a link; `key` alone where no page is configured for it. */
  email_confirmation: { email: string; url?: string; key?: string; isSignup: boolean }
  email_verification_code: { email: string; code: string; minutes: number; isSignup: boolean }
  /** Somebody tried to sign up with an address that has an account. */
  account_already_exists: { email: string; resetUrl?: string }
  /** Somebody asked for a login code or a password reset; there is no account. */
  unknown_account: { email: string; signupUrl?: string }
  login_code: { code: string; minutes: number }
  password_reset_link: { url?: string; key?: string; username?: string; days: number }
  password_reset_code: { code: string; minutes: number }

  password_changed: Origin
  password_set: Origin
  password_reset: Origin
  email_added: Origin & { email: string }
  email_removed: Origin & { email: string }
  email_changed: Origin & { from: string; to: string }
  email_confirmed: Origin & { email: string }
  phone_changed: Origin
  totp_activated: Origin
  totp_deactivated: Origin
  recovery_codes_generated: Origin
  webauthn_added: Origin & { name: string }
  webauthn_removed: Origin & { name: string }
  account_connected: Origin & { provider: string }
  account_disconnected: Origin & { provider: string }
  account_deleted: Origin
}

/** The text messages, each with what it needs to know. */
export interface SmsParams {
  phone_verification_code: { code: string; minutes: number }
  login_code: { code: string; minutes: number }
  /** Somebody asked for a login code; no account has this number. */
  unknown_account: { signupUrl?: string }
  /** Somebody tried to sign up with a number that has an account. */
  account_already_exists: Record<never, never>
}

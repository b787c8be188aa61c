import { eventTypes } from '../settings/event-types.ts'

/** What happened, for subscribers and the audit log. Never holds a secret, a code or a token. */
export type AuthEvent =
  | { type: 'signed_up'; userId: string }
  /** By an operator or a program, not by sign-up. */
  | { type: 'user_created'; userId: string }
  | { type: 'logged_in'; userId: string; method: string | null }
  /** `userId` is null where a name or key is nobody's, or that of several; `reason`: all was right but that. */
  | { type: 'login_failed'; userId: string | null; method: string | null; reason?: 'inactive' }
  /** A wrong code that was mailed or texted; `userId` is null where nobody was sent one. */
  | { type: 'code_failed'; userId: string | null; purpose: string }
  | { type: 'reauthenticated'; userId: string; method: string }
  | { type: 'logged_out'; userId: string }
  /** A refresh token that was used before: its session was ended. */
  | { type: 'refresh_token_reused'; userId: string }
  | { type: 'sessions_ended'; userId: string; count: number }
  | { type: 'email_confirmed'; userId: string; email: string }
  | { type: 'email_added'; userId: string; email: string }
  | { type: 'email_removed'; userId: string; email: string }
  | { type: 'email_changed'; userId: string; from: string; to: string }
  | { type: 'phone_verified'; userId: string; phone: string }
  | { type: 'phone_changed'; userId: string; phone: string }
  | { type: 'password_changed'; userId: string }
  | { type: 'password_set'; userId: string }
  | { type: 'password_reset_requested'; userId: string }
  | { type: 'password_reset'; userId: string }
  | { type: 'password_rehashed'; userId: string }
  | { type: 'totp_activated'; userId: string }
  | { type: 'totp_deactivated'; userId: string }
  | { type: 'recovery_codes_generated'; userId: string }
  | { type: 'recovery_code_used'; userId: string }
  | { type: 'webauthn_added'; userId: string; name: string }
  | { type: 'webauthn_renamed'; userId: string; from: string; to: string }
  | { type: 'webauthn_removed'; userId: string; name: string }
  | { type: 'browser_trusted'; userId: string }
  | { type: 'provider_connected'; userId: string; provider: string; uid: string }
  | { type: 'provider_disconnected'; userId: string; provider: string; uid: string }
  /** Of an account whose address was never verified, when the owner of the address came. */
  | { type: 'credentials_removed'; userId: string }
  /** All at once, by an operator. */
  | { type: 'factors_removed'; userId: string; count: number }
  /** By the user, as is the next one; `user_deleted` is by an operator. */
  | { type: 'account_exported'; userId: string }
  | { type: 'account_deleted'; userId: string }
  /** By an operator, as are the next two. */
  | { type: 'user_deactivated'; userId: string }
  | { type: 'user_activated'; userId: string }
  | { type: 'user_deleted'; userId: string }
  /** By an operator: the ends of the audit log were taken as they were; `seq` was its last event. */
  | { type: 'audit_restarted'; userId: null; seq: number }

/** All types; this does not compile where the list has one that is not told above. */
export const knownEventTypes: readonly AuthEvent['type'][] = eventTypes

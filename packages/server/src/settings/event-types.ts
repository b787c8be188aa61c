/** What events there are; `events/events.ts` says what each tells besides. */
export const eventTypes = [
  'signed_up',
  'user_created',
  'logged_in',
  'login_failed',
  'code_failed',
  'reauthenticated',
  'logged_out',
  'refresh_token_reused',
  'sessions_ended',
  'email_confirmed',
  'email_added',
  'email_removed',
  'email_changed',
  'phone_verified',
  'phone_changed',
  'password_changed',
  'password_set',
  'password_reset_requested',
  'password_reset',
  'password_rehashed',
  'totp_activated',
  'totp_deactivated',
  'recovery_codes_generated',
  'recovery_code_used',
  'webauthn_added',
  'webauthn_renamed',
  'webauthn_removed',
  'browser_trusted',
  'provider_connected',
  'provider_disconnected',
  'credentials_removed',
  'factors_removed',
  'account_exported',
  'account_deleted',
  'user_deactivated',
  'user_activated',
  'user_deleted',
  'audit_restarted',
] as const

export type EventType = (typeof eventTypes)[number]

/** What strangers can cause without end, or what changes nothing: sent only where it is asked for. */
const unasked: readonly EventType[] = [
  'login_failed',
  'code_failed',
  'reauthenticated',
  'password_rehashed',
]

/** The types that endpoints get where the settings name none. */
export const usualEventTypes: readonly EventType[] = eventTypes.filter(
  (type) => !unasked.includes(type),
)

import type { LeaseTable } from './lease-table.ts'

/**
 * The tables, as Kysely sees them. Ids are UUIDv7 text, times are integer milliseconds since 1970,
 * booleans are 0 or 1, and objects are JSON text, on every database.
 */
export interface Tables {
  users: UserTable
  email_addresses: EmailAddressTable
  phone_numbers: PhoneNumberTable
  sessions: SessionTable
  signing_keys: SigningKeyTable
  refresh_tokens: RefreshTokenTable
  authenticators: AuthenticatorTable
  recovery_codes: RecoveryCodeTable
  used_totp_steps: UsedTotpStepTable
  trusted_browsers: TrustedBrowserTable
  social_accounts: SocialAccountTable
  social_tokens: SocialTokenTable
  used_id_tokens: UsedIdTokenTable
  provider_handovers: ProviderHandoverTable
  codes: CodeTable
  outbox: OutboxTable
  rate_limits: RateLimitTable
  events: EventTable
  audit_marks: AuditMarkTable
  leases: LeaseTable
  latchkey_migrations: MigrationTable
}

/** 0 or 1: the databases do not agree on anything richer. */
export type Bit = 0 | 1

export interface UserTable {
  id: string
  username: string | null
  /** The username as it is compared: NFKC and lower case. Unique. */
  username_key: string | null
  /** A PHC or Django-notation hash; null where the user has no password. */
  password_hash: string | null
  is_active: Bit
  /** 0 where the password may be of a stranger who signed up with the address of this user. */
  password_is_proved: Bit
  /** Raised by each new password, but not where the same one is hashed anew. */
  password_epoch: number
  /** Raised by what ends every login that is under way: a reset of the password. */
  auth_epoch: number
  /** How often it was deactivated: links that were mailed before the last time are worthless. */
  deactivations: number
  /** The tag (BCP 47) of the language that the user has chosen for messages; null where none. */
  language: string | null
  created_at: number
  last_login_at: number | null
}

export interface EmailAddressTable {
  id: string
  user_id: string
  /** Always lower case. */
  email: string
  is_verified: Bit
  is_primary: Bit
  /** 1 where a provider vouched for it when the account was taken over: not once more, then. */
  is_vouched: Bit
  /** The address where it is verified and addresses are unique, else null. Unique. */
  unique_key: string | null
  /** The address where nobody else can sign up with it, until somebody verifies it. Unique. */
  signup_key: string | null
  created_at: number
}

export interface PhoneNumberTable {
  id: string
  /** Unique: a user has at most one number. */
  user_id: string
  /** E.164. Unique. */
  phone: string
  is_verified: Bit
  created_at: number
}

export interface SessionTable {
  id: string
  /** What the API calls the session: a random integer of 31 bits, told apart within one user. */
  number: number
  /** SHA-256 of the token. Unique. */
  token_hash: string
  client: 'app' | 'browser'
  user_id: string | null
  /** JSON of `SessionState`. */
  state: string
  /** Raised by each write; a write that names an older one changes nothing. */
  version: number
  /** When somebody signed in; before that, when it was first stored. */
  created_at: number
  /** When it ends if it is not used: the check looks at this alone. */
  expires_at: number
  /** When it ends however much it is used; null where it was written before there was a difference. */
  lasts_until: number | null
  last_seen_at: number
  /** When something else ended this session; its next request is told so, once. */
  ended_at: number | null
  ip: string
  user_agent: string
}

export interface SigningKeyTable {
  /** The RFC 7638 thumbprint of the public key. Primary key. */
  kid: string
  /** In the words of JWS, such as `RS256`. */
  algorithm: string
  /** The encrypted private key as PEM. */
  sealed_key: string
  created_at: number
  /** From when on it signs. */
  activates_at: number
  /** From when on what it signed is not accepted; null while that is open. */
  retires_at: number | null
}

export interface RefreshTokenTable {
  /** The `jti` of the token. Primary key. */
  jti: string
  created_at: number
  expires_at: number
  /** When it was first used; a second use is told from the first by it. */
  used_at: number | null
  /** The encrypted tokens that took its place, as long as they may be told again. */
  sealed_successor: string | null
}

export interface AuthenticatorTable {
  id: string
  user_id: string
  /** What the API calls it: a random integer of 31 bits, told apart within one user. */
  number: number
  /** In the words of the API: `totp`, `recovery_codes` or `webauthn`. */
  type: string
  /** 0 for what does not guard a login but only stands in for what does. */
  is_factor: Bit
  /** What there can be once only: the type for a user, a credential for anybody. Unique. */
  unique_key: string
  /** The encrypted JSON of what its type needs. */
  data: string
  created_at: number
  last_used_at: number | null
}

export interface RecoveryCodeTable {
  authenticator_id: string
  /** HMAC of the code. Primary key together with the authenticator. */
  code_hash: string
  /** The encrypted code, as long as it may be shown. */
  sealed_code: string | null
  /** Its place among the codes of the user. */
  position: number
  used_at: number | null
}

export interface UsedTotpStepTable {
  authenticator_id: string
  /** Periods since 1970. Primary key together with the authenticator. */
  step: number
  /** From when on no clock accepts the step any more. */
  expires_at: number
}

export interface TrustedBrowserTable {
  id: string
  user_id: string
  /** SHA-256 of a token in the cookie of the browser. */
  token_hash: string
  /** A hash of what has to be unchanged for the trust to last. */
  seal: string
  created_at: number
  expires_at: number
  ip: string
  user_agent: string
}

export interface SocialAccountTable {
  id: string
  user_id: string
  /** SHA-256 of provider and uid, whose capitals count on every database. Unique. */
  identity_hash: string
  /** What the API calls the provider. */
  provider: string
  /** What the provider calls the user. */
  uid: string
  /** What it is shown as; null where the provider told nothing. */
  label: string | null
  created_at: number
  last_login_at: number | null
}

export interface SocialTokenTable {
  /** Primary key. */
  account_id: string
  /** Of the app that the tokens were made for. */
  client_id: string
  /** The encrypted JSON of the tokens. */
  sealed_tokens: string
  /** Random, another one with each write: who renews tokens that are not these any more writes nothing. */
  version: number
  /** When the access token ends; null where nobody said. */
  expires_at: number | null
  /** Until when somebody is renewing them. */
  lease_until: number
}

export interface UsedIdTokenTable {
  /** SHA-256 of issuer and `jti`. Primary key. */
  token_hash: string
  /** From when on the token is not accepted anyway. */
  expires_at: number
}

export interface ProviderHandoverTable {
  /** SHA-256 of what whoever comes back has to bring. Primary key. */
  secret_hash: string
  /** `state`: the way of an app to a provider; `code`: what an app redeems after it. */
  purpose: 'state' | 'code'
  /** The encrypted JSON of what was kept for it. */
  sealed_data: string
  expires_at: number
}

export interface CodeTable {
  id: string
  /** What the code is for; a code never serves another purpose. */
  purpose: string
  /** HMAC of the code, or SHA-256 of a stored link key; null for one that nothing can match. */
  secret_hash: string | null
  /** What the code proves or belongs to, as its purpose defines. */
  subject: string
  attempts: number
  max_attempts: number
  created_at: number
  expires_at: number
  used_at: number | null
}

export interface OutboxTable {
  id: string
  kind: 'mail' | 'sms' | 'webhook'
  /** The address or number it goes to, hashed: keeps the order for one recipient. */
  recipient_hash: string
  /** The encrypted JSON of the message. */
  payload: string
  attempts: number
  created_at: number
  /** Not to be sent before this time. */
  available_at: number
  /** The worker that is sending it now, and until when it may. */
  lease_id: string | null
  lease_until: number
}

export interface RateLimitTable {
  /** Action, kind and hash of what is limited. Primary key together with `slot`. */
  limit_key: string
  /** 0 up to the amount of the rate, less one. */
  slot: number
  /** From when on this slot can be spent again. */
  free_at: number
}

export interface EventTable {
  id: string
  type: string
  user_id: string | null
  session_id: string | null
  created_at: number
  ip: string
  user_agent: string
  /** JSON of the event's own members. */
  data: string
  /** Its place in the chain, from 1; null for what was written before there was one. Unique. */
  seq: number | null
  /** SHA-256 over the row and the hash of the one before. */
  hash: string | null
}

export interface AuditMarkTable {
  /** Primary key. */
  name: 'head' | 'tail'
  /** Of the last row of the chain, or of the last that was removed for its age; 0 if none was. */
  seq: number
  hash: string
  /** HMAC of the three; empty as long as `seq` is 0. */
  seal: string
}

export interface MigrationTable {
  name: string
  /** Below one where the step was begun and has not ended: `migration-record.ts` reads it. */
  applied_at: number
}

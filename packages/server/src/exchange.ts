import type { Authenticator } from './authenticators/store.ts'
import type { Keys } from './crypto/keys.ts'
import type { Message } from './delivery/messages.ts'
import type { Outbox } from './delivery/outbox.ts'
import type { AuthEvent } from './events/events.ts'
import type { Limiter } from './limits/limiter.ts'
import type { Log } from './log.ts'
import type { Observer } from './observer.ts'
import type { Hasher } from './passwords/hasher.ts'
import type { Policy } from './passwords/policy.ts'
import type { PendingProviderSignup, PendingRedirect } from './providers/identity.ts'
import type { Providers } from './providers/providers.ts'
import type { AuthenticatorType } from './settings/mfa.ts'
import type { Settings } from './settings/settings.ts'
import type { AppTokens, TokenStrategy } from './settings/token-strategy.ts'
import type { Database, DatabaseOrTransaction, DatabaseTransaction } from './storage/open.ts'

/** What every exchange shares. Made once, never changed. */
export interface Server {
  readonly settings: Settings
  readonly db: Database
  readonly keys: Keys
  /** Milliseconds since 1970; the only clock of the server. */
  readonly now: () => number
  readonly log: Log
  readonly observer: Observer
  readonly hasher: Hasher
  readonly policy: Policy
  readonly outbox: Outbox
  /** Where limits are counted. */
  readonly limiter: Limiter
  /** What apps get beside the session token, and what else opens their sessions. */
  readonly tokens: TokenStrategy
  /** Who vouches for people besides ourselves. */
  readonly providers: Providers
  /** The stages that a login goes through, in order. */
  readonly stages: readonly Stage[]
  /** The kinds of authenticator that there are, in the order their codes are tried. */
  readonly authenticators: readonly AuthenticatorKind[]
  /** What somebody who is not signed in may begin, in the order it is listed. */
  readonly offers: readonly FlowOffer[]
  /** What is listed wherever flows are, after all others. */
  readonly standingOffers: readonly FlowOffer[]
  /** How somebody signed in may prove again to be the one, in the order it is listed. */
  readonly reauthentications: readonly FlowOffer[]
}

/** The kinds of client: one keeps a token, the other cookies. */
export type Client = 'app' | 'browser'

/** One request together with its session. */
export interface Exchange {
  readonly server: Server
  readonly client: Client
  readonly request: RequestInfo
  readonly session: Session
  /** What is written together with the session when the request ends well. */
  pending: PendingWrites
  /** The limits that this request has paid already: a second run does not pay again. */
  readonly paid: Set<string>
}

/** What flows look at of a request. */
export interface RequestInfo {
  readonly method: string
  /** The parsed JSON of the body; an empty object where there was none. */
  readonly body: unknown
  /** The address of the client, behind the trusted proxies. */
  readonly ip: string
  /** Whether it came by https. */
  readonly isSecure: boolean
  readonly userAgent: string
  header(name: string): string | undefined
  /** Whether the query has the member, whatever its value. */
  hasQuery(name: string): boolean
}

/** Writes that wait for the session to be saved: all of them happen, or none. */
export interface PendingWrites {
  writes: Write[]
  messages: Message[]
  events: AuthEvent[]
  /** The user whom a completed login puts into the session. */
  signIn: string | null
  /** What follows outside of the database once all is written. It does not fail. */
  whenWritten: (() => Promise<void>)[]
  /** What was done outside of the database, to be undone where nothing is written. It does not fail. */
  whenUndone: (() => Promise<void>)[]
}

export type Write = (tx: DatabaseTransaction) => Promise<void>

/** The session of a request; `state` is changed in place and saved once. */
export interface Session {
  /** Null until it is first saved. */
  id: string | null
  version: number
  user: SessionUser | null
  state: SessionState
  /** The JSON of the state as it is stored, to see what changed. */
  savedState: string
  /**
   * What to do about the stored session besides writing its state: give it a new token, remove it, or
   * have its next request told that it is over.
   */
  change: 'none' | 'rotate' | 'end' | 'expire'
  /** The new token, once saved, that the client has to be told. */
  newToken: string | null
  /** What an app that was signed in gets besides. */
  appTokens: AppTokens | null
  /**
   * When somebody signed in to it, or when it was first stored: milliseconds since 1970. Null before
   * it is stored.
   */
  createdAt: number | null
  /** When and by what it was last used, as far as that is kept; null before it is stored. */
  seen: { at: number; userAgent: string } | null
  /** Whether this request wrote it. */
  wasSaved: boolean
  /** Whether this request put a user into it. */
  hasSignedIn: boolean
}

/** What a session check knows of its user, from its one query. */
export interface SessionUser {
  readonly id: string
  readonly username: string | null
  /** The primary address. */
  readonly email: string | null
  readonly hasPassword: boolean
  /** The language that they have chosen for messages; null where none. */
  readonly language: string | null
}

/** What a session remembers, as JSON. Every member may be absent. */
export interface SessionState {
  /** The proofs given in this session, as the API lists them. */
  methods?: MethodRecord[]
  login?: PendingLogin
  /** When the user last proved to be the one: milliseconds since 1970. Absent after a mere signup. */
  provedAt?: number
  loginCode?: PendingCode
  passwordReset?: PendingCode
  emailVerification?: PendingCode
  phoneVerification?: PendingCode
  /** The sealed secret of an authenticator app that is being set up. */
  totpSecret?: string
  webauthn?: WebAuthnChallenge
  /** The ways to a provider that were begun, oldest first. */
  redirects?: PendingRedirect[]
  providerSignup?: PendingProviderSignup
}

/** One proof of identity, in the words of the API. */
export interface MethodRecord {
  method: string
  /** Seconds since 1970. */
  at: number
  email?: string
  username?: string
  phone?: string
  /** With `socialaccount`: the provider, and what it calls the user. */
  provider?: string
  uid?: string
  reauthenticated?: boolean
  /** With `mfa`: the number and type of the authenticator. */
  id?: number
  type?: AuthenticatorType
  /** With `mfa`: whether it was proof enough, without a password before it. */
  passwordless?: boolean
}

/** A login on its way through the stages. Its proofs belong to it alone. */
export interface PendingLogin {
  id: string
  /** Null for one that only pretends, to hide that an account exists. */
  userId: string | null
  /** Milliseconds since 1970; the whole login has to be over in time. */
  startedAt: number
  /** The stage that waits; null while none does. */
  stage: StageId | null
  passed: StageId[]
  proofs: MethodRecord[]
  isSignup: boolean
  /** Whether somebody came from a provider: verification has a setting of its own then. */
  isByProvider?: boolean
  /** Whether a passkey is to be made, in place of a password. */
  needsPasskey?: boolean
  /** Ends with the epoch of its user. */
  epoch: number
  /** Of the password that it began with, if it began with one. */
  passwordEpoch?: number
  /** Whether no trust from before counts. */
  isFresh: boolean
  /** The addresses and numbers that were proved on the way. */
  proved: string[]
  /** The language that its user has chosen. */
  language?: string
  /** The address that was signed in with, or signed up with. */
  email?: string
  /** The number that was signed up with. */
  phone?: string
}

/** A code that was sent and is waited for. */
export interface PendingCode {
  codeId: string
  /** The address or number it was sent to. */
  target: string
  /** Null where nothing can ever be proved: it only pretends, to hide that an account exists. */
  userId: string | null
  /** The login that it belongs to; null for one that a signed-in user began. */
  loginId: string | null
  changesLeft: number
  resendsLeft: number
  /** What has to be unchanged for the code to work, such as the password that it resets. */
  seal?: string
}

/** The bytes that a security key has to sign next, whatever the ceremony. */
export interface WebAuthnChallenge {
  /** base64url */
  challenge: string
  /** Whether the key that is made has to be a passkey. */
  isPasswordless: boolean
  /** Milliseconds since 1970. */
  madeAt: number
}

export type StageId =
  | 'login_by_code'
  | 'verify_phone'
  | 'verify_email'
  | 'mfa_authenticate'
  | 'mfa_trust'
  | 'mfa_signup_webauthn'

/** A step that can stand between the first proof and being signed in. */
export interface Stage {
  readonly id: StageId
  /** Whether this login has to stop here, as the database or a transaction of it says. */
  applies(ctx: Exchange, login: PendingLogin, db?: DatabaseOrTransaction): Promise<boolean>
  /** Whether it can come to apply while a later stage waits: then it is asked again at the end. */
  readonly mayComeLate?: boolean
  /** Whether a login goes on waiting here after its password was changed elsewhere. */
  readonly outlivesPasswordChange?: boolean
  /** Begins the stage; 'stuck' where it can never be passed: the login then ends. */
  enter(ctx: Exchange, login: PendingLogin): Promise<'waits' | 'stuck'>
  /** Whether the stage can still be passed; a login whose stage can not is over. */
  isAlive(ctx: Exchange, login: PendingLogin): Promise<boolean>
  /** What a login that need not stop here still sets going. */
  skip?(ctx: Exchange, login: PendingLogin): Promise<void>
  /** Pretends to begin the stage for somebody who must not learn that the account exists. */
  pretend?(ctx: Exchange, login: PendingLogin): Promise<void>
  /** Further members of the flow in answers. */
  describe?(ctx: Exchange, login: PendingLogin): Promise<Record<string, unknown>>
}

/** A kind of authenticator. */
export interface AuthenticatorKind {
  readonly type: AuthenticatorType
  /** What answers say of one beyond its type and times. */
  describe(ctx: Exchange, authenticator: Authenticator): Promise<Record<string, unknown>>
  /**
   * What uses up a code that somebody typed; null where it does not fit. Absent where a kind has no
   * codes. The write refuses with `incorrect_code` what was used up meanwhile.
   */
  matchCode?(ctx: Exchange, authenticator: Authenticator, code: string): Promise<Write | null>
}

/** A flow that answers list for somebody who is not signed in. */
export interface Flow {
  id: string
  is_pending?: boolean
  [member: string]: unknown
}

/** One kind of flow on offer; null where the settings or the state do not offer it. */
export type FlowOffer = (ctx: Exchange) => Flow | null | Promise<Flow | null>

import type { Profile } from './provider.ts'

/** A way to a provider that somebody may come back from, once. */
export interface PendingRedirect {
  /** SHA-256 of the state. */
  stateHash: string
  /** The app, by its name in the API and its client id. */
  provider: string
  clientId: string
  process: ProviderProcess
  /** The page to come back to. */
  callbackUrl: string
  /** Null where PKCE is off. */
  verifier: string | null
  /** Null for plain OAuth 2.0. */
  nonce: string | null
  /** Who was signed in when it began. */
  userId: string | null
  /** Milliseconds since 1970. */
  startedAt: number
}

/** What somebody goes to a provider for. */
export type ProviderProcess = 'login' | 'connect' | 'reauthenticate'

/** Whom a provider vouches for, by what the API calls the provider. */
export interface ProviderIdentity {
  provider: string
  clientId: string
  profile: Profile
  /** The encrypted tokens of the provider, where they are kept. */
  sealedTokens: SealedTokens | null
}

/** Tokens of a provider as they are kept. */
export interface SealedTokens {
  sealed: string
  /** Milliseconds since 1970; null where nobody said. */
  expiresAt: number | null
}

/** A signup that waits for what the provider did not tell. */
export interface PendingProviderSignup extends ProviderIdentity {
  /** Milliseconds since 1970. */
  startedAt: number
}

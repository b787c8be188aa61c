/** Who is signed in, for the tokens that an app gets. */
export interface TokenUser {
  id: string
  username: string | null
  /** The primary address. */
  email: string | null
}

/** A session that somebody is signed in to, for the tokens that an app gets. */
export interface TokenSession {
  /**
   * Stands for the session as long as it lasts under its present session token. It opens nothing by
   * itself, so it may be part of a token.
   */
  sid: string
  user: TokenUser
  /** When the user signed in to it: milliseconds since 1970. */
  signedInAt: number
  /** When the session ends if nothing is written to it, however it is used: milliseconds since 1970. */
  expiresAt: number
}

/** Tokens as an app gets them: in `meta` after a login, in `data` after a refresh. */
export interface AppTokens {
  accessToken: string
  refreshToken?: string
}

/** What a refresh may ask of the server. */
export interface RefreshContext {
  /** The session that `sid` stands for; null once it is over, or its user is not active. */
  findSession(sid: string): Promise<TokenSession | null>
  /** Who asks, for the record. */
  ip: string
  userAgent: string
}

/** How apps get tokens beside the session token: HEADLESS_TOKEN_STRATEGY takes one of your own. */
export interface TokenStrategy {
  /** The tokens of the answer that signs an app in; null where there are none. */
  issue(session: TokenSession): Promise<AppTokens | null>
  /**
   * Whose access token this is: what `issue` put into it, by its signature or a look-up of your own.
   * Null where it is not one, or has expired: the request then counts as anonymous. Whether the
   * session still lasts need not be looked at.
   */
  identify(accessToken: string): Promise<{ sid: string; userId: string } | null>
  /** New tokens for a refresh token; null where it is refused. */
  refresh(refreshToken: string, context: RefreshContext): Promise<AppTokens | null>
}

/** Further members of access tokens, for services that read them. */
export type JwtClaims = (
  session: TokenSession,
) => Record<string, unknown> | Promise<Record<string, unknown>>

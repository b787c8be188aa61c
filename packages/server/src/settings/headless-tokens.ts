import { isRecord, type Parser, WrongValue } from './parser.ts'
import { bool, filledText, listOf, oneOf, orNull, text, whole } from './parsers.ts'
import type { JwtClaims, TokenStrategy } from './token-strategy.ts'

export type JwtAlgorithm =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'
  | 'HS256'
  | 'HS384'
  | 'HS512'

/** The tokens that apps get. */
export interface HeadlessTokenSettings {
  /**
   * What an app gets when it logs in: `session`, a token that stands for the session, or `jwt`, an
   * access and a refresh token in addition. In a settings file of TypeScript also an object of your
   * own, a `TokenStrategy`. Browsers always use cookies.
   * @defaultValue 'session'
   */
  tokenStrategy: 'session' | 'jwt' | TokenStrategy
  /**
   * How tokens are signed: RS256, RS384, RS512, ES256, ES384, ES512 or EdDSA with a private key,
   * HS256, HS384 or HS512 with a shared secret.
   * @defaultValue 'RS256'
   */
  jwtAlgorithm: JwtAlgorithm
  /**
   * The key that signs tokens: a private key as PEM, of the kind that the algorithm needs. Empty: the
   * server makes one, keeps it encrypted in the database, and `latchkey keys` replaces it. For HS
   * algorithms a secret of 32 characters or more; empty: a key derived from SECRET_KEY.
   * @defaultValue ''
   */
  jwtPrivateKey: string
  /**
   * Earlier keys, as PEM (private or public) or secrets: what they signed is still accepted, but they
   * sign nothing new.
   * @defaultValue []
   */
  jwtPrivateKeyFallbacks: readonly string[]
  /**
   * How long an access token works, in seconds, at least 1. What is verified without asking the
   * server works that long after a logout, too.
   * @defaultValue 300
   */
  jwtAccessTokenExpiresIn: number
  /**
   * How long a refresh token works, in seconds, at least 1.
   * @defaultValue 86400
   */
  jwtRefreshTokenExpiresIn: number
  /**
   * The word before the access token in the `Authorization` header.
   * @defaultValue 'Bearer'
   */
  jwtAuthorizationHeaderScheme: string
  /**
   * What an access token of a session that is over is told: 401, as if there were no token, where it
   * is on; 410, as with a session token, where it is off. The session is looked up in either case.
   * @defaultValue false
   */
  jwtStatefulValidationEnabled: boolean
  /**
   * Hands out a new refresh token with every use and makes the old one worthless. Off: a refresh
   * token works until it expires, and a stolen one is not noticed.
   * @defaultValue true
   */
  jwtRotateRefreshToken: boolean
  /**
   * How long the use of a refresh token that was used before is forgiven, in seconds, from 0 to 600:
   * two tabs, a second try and a lost answer are no theft. Later use ends the session.
   * @defaultValue 30
   */
  jwtRefreshTokenGracePeriod: number
  /**
   * Answers a refresh token that was used a moment ago with the same successor as the first time. Off:
   * it is refused, as by the original; nobody is signed out by that within the grace period.
   * @defaultValue true
   */
  jwtRefreshTokenIdempotent: boolean
  /**
   * Who issues the tokens, as `iss`: usually PUBLIC_URL. Tokens of others are then not accepted.
   * `null`: tokens do not say it.
   * @defaultValue null
   */
  jwtIssuer: string | null
  /**
   * Whom access tokens are for, as `aud`. Tokens for others are then not accepted. Empty: tokens do
   * not say it.
   * @defaultValue []
   */
  jwtAudience: readonly string[]
  /**
   * A function that returns further members of access tokens, given the session; only in a settings
   * file of TypeScript and for `createAuth`. It cannot replace members that the server sets.
   * @defaultValue null
   */
  jwtClaims: JwtClaims | null
}

export const headlessTokenDefaults: HeadlessTokenSettings = {
  tokenStrategy: 'session',
  jwtAlgorithm: 'RS256',
  jwtPrivateKey: '',
  jwtPrivateKeyFallbacks: [],
  jwtAccessTokenExpiresIn: 300,
  jwtRefreshTokenExpiresIn: 86400,
  jwtAuthorizationHeaderScheme: 'Bearer',
  jwtStatefulValidationEnabled: false,
  jwtRotateRefreshToken: true,
  jwtRefreshTokenGracePeriod: 30,
  jwtRefreshTokenIdempotent: true,
  jwtIssuer: null,
  jwtAudience: [],
  jwtClaims: null,
}

// The original names the class: `allauth.headless.tokens.strategies.jwt.JWTTokenStrategy`.
const classPath = /^allauth\.headless\.tokens\.(?:\w+\.)*(JWT|Session)TokenStrategy$/

const tokenStrategy: Parser<HeadlessTokenSettings['tokenStrategy']> = {
  expected: '"session", "jwt" or an object with issue, identify and refresh',
  fromText: filledText.fromText,
  parse(value) {
    if (value === 'session' || value === 'jwt') return value
    if (isStrategy(value)) return value
    const path = typeof value === 'string' ? classPath.exec(value) : null
    if (path === null) throw new WrongValue(tokenStrategy.expected, value)
    return path[1] === 'JWT' ? 'jwt' : 'session'
  },
}

function isStrategy(value: unknown): value is TokenStrategy {
  if (!isRecord(value)) return false
  return ['issue', 'identify', 'refresh'].every((name) => typeof value[name] === 'function')
}

const claims: Parser<JwtClaims> = {
  expected: 'a function',
  fromText: (given) => given,
  parse(value) {
    if (!isClaims(value)) throw new WrongValue(claims.expected, value)
    return value
  },
}

function isClaims(value: unknown): value is JwtClaims {
  return typeof value === 'function'
}

export const headlessTokenParsers = {
  tokenStrategy,
  jwtAlgorithm: oneOf([
    'RS256',
    'RS384',
    'RS512',
    'ES256',
    'ES384',
    'ES512',
    'EdDSA',
    'HS256',
    'HS384',
    'HS512',
  ]),
  jwtPrivateKey: text,
  jwtPrivateKeyFallbacks: listOf(filledText),
  jwtAccessTokenExpiresIn: whole(1),
  jwtRefreshTokenExpiresIn: whole(1),
  jwtAuthorizationHeaderScheme: filledText,
  jwtStatefulValidationEnabled: bool,
  jwtRotateRefreshToken: bool,
  jwtRefreshTokenGracePeriod: whole(0, 600),
  jwtRefreshTokenIdempotent: bool,
  jwtIssuer: orNull(filledText),
  jwtAudience: listOf(filledText),
  jwtClaims: orNull(claims),
} satisfies { [K in keyof HeadlessTokenSettings]: Parser<HeadlessTokenSettings[K]> }

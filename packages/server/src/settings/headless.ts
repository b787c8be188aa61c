import { isRecord, type Parser, WrongValue } from './parser.ts'
import { bool, filledText, jsonFromText, listOf, oneOf, orNull, text, whole } from './parsers.ts'

/** Who calls the API: a web page with cookies, or an app with a token. */
export type ClientKind = 'app' | 'browser'

/** The pages of the front end that mails and redirects lead to. */
export type FrontendUrlName =
  | 'account_confirm_email'
  | 'account_reset_password'
  | 'account_reset_password_from_key'
  | 'account_signup'
  | 'socialaccount_login_error'

export type FrontendUrls = Readonly<Partial<Record<FrontendUrlName, string>>>

export type TokenStrategy = 'session' | 'jwt'

export type JwtAlgorithm = 'RS256' | 'RS384' | 'RS512' | 'HS256' | 'HS384' | 'HS512'

/** Who may call the API, which pages it leads to, and what tokens apps get. */
export interface HeadlessSettings {
  /**
   * Who may call the API: `app`, `browser` or both. The paths of a client that is not listed do not
   * exist.
   * @defaultValue ['browser', 'app']
   */
  clients: readonly ClientKind[]
  /**
   * Pages of the front end: `account_confirm_email` and `account_reset_password_from_key` (with
   * `{key}` where the key belongs), `account_reset_password`, `account_signup` and
   * `socialaccount_login_error`. Mails and redirects lead there; without an entry a mail
   * carries the bare key, to be pasted.
   * @defaultValue {}
   */
  frontendUrls: FrontendUrls
  /**
   * Serves the OpenAPI description of the API, narrowed to the settings, at `/_allauth/openapi.json`,
   * `.yaml` and `.html`. Everybody can read it; it tells nothing that the API does not tell itself.
   * @defaultValue false
   */
  serveSpecification: boolean
  /**
   * `null` leaves out the HTML page of the specification. Which page a text names does not matter
   * here: there is one.
   * @defaultValue 'headless/spec/redoc_cdn.html'
   */
  specificationTemplateName: string | null
  /**
   * What an app gets when it logs in: `session`, a token that stands for the session, or `jwt`, an
   * access and a refresh token in addition. Browsers always use cookies.
   * @defaultValue 'session'
   */
  tokenStrategy: TokenStrategy
  /**
   * How tokens are signed: RS256, RS384 or RS512 with a private key, HS256, HS384 or HS512 with a
   * shared secret.
   * @defaultValue 'RS256'
   */
  jwtAlgorithm: JwtAlgorithm
  /**
   * The key that signs tokens: an RSA private key as PEM for RS algorithms. For HS algorithms a
   * secret; empty: SECRET_KEY signs.
   * @defaultValue ''
   */
  jwtPrivateKey: string
  /**
   * How long an access token works, in seconds, at least 1.
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
   * Looks up the session of each access token, so that logging out ends it at once. Off: an access
   * token works until it expires.
   * @defaultValue false
   */
  jwtStatefulValidationEnabled: boolean
  /**
   * Hands out a new refresh token with every use and makes the old one worthless. Off: a refresh
   * token works until it expires.
   * @defaultValue true
   */
  jwtRotateRefreshToken: boolean
}

export const headlessDefaults: HeadlessSettings = {
  clients: ['browser', 'app'],
  frontendUrls: {},
  serveSpecification: false,
  specificationTemplateName: 'headless/spec/redoc_cdn.html',
  tokenStrategy: 'session',
  jwtAlgorithm: 'RS256',
  jwtPrivateKey: '',
  jwtAccessTokenExpiresIn: 300,
  jwtRefreshTokenExpiresIn: 86400,
  jwtAuthorizationHeaderScheme: 'Bearer',
  jwtStatefulValidationEnabled: false,
  jwtRotateRefreshToken: true,
}

const frontendUrlNames: readonly FrontendUrlName[] = [
  'account_confirm_email',
  'account_reset_password',
  'account_reset_password_from_key',
  'account_signup',
  'socialaccount_login_error',
]

const frontendUrls: Parser<FrontendUrls> = {
  expected: `an object with addresses for any of ${frontendUrlNames.join(', ')}`,
  fromText: jsonFromText,
  parse(value) {
    if (!isRecord(value)) throw new WrongValue(frontendUrls.expected, value)
    const unknown = Object.keys(value).find((key) => !frontendUrlNames.some((it) => it === key))
    if (unknown !== undefined) throw new WrongValue(frontendUrls.expected, unknown)
    const given = frontendUrlNames.filter((name) => value[name] !== undefined)
    return Object.fromEntries(given.map((name) => [name, filledText.parse(value[name])]))
  },
}

// The original names the class: `allauth.headless.tokens.strategies.jwt.JWTTokenStrategy`.
const classPath = /^allauth\.headless\.tokens\.(?:\w+\.)*(JWT|Session)TokenStrategy$/

const tokenStrategy: Parser<TokenStrategy> = {
  expected: '"session" or "jwt"',
  fromText: filledText.fromText,
  parse(value) {
    if (value === 'session' || value === 'jwt') return value
    const path = typeof value === 'string' ? classPath.exec(value) : null
    if (path === null) throw new WrongValue(tokenStrategy.expected, value)
    return path[1] === 'JWT' ? 'jwt' : 'session'
  },
}

export const headlessParsers = {
  clients: listOf(oneOf(['app', 'browser']), 1),
  frontendUrls,
  serveSpecification: bool,
  specificationTemplateName: orNull(filledText),
  tokenStrategy,
  jwtAlgorithm: oneOf(['RS256', 'RS384', 'RS512', 'HS256', 'HS384', 'HS512']),
  jwtPrivateKey: text,
  jwtAccessTokenExpiresIn: whole(1),
  jwtRefreshTokenExpiresIn: whole(1),
  jwtAuthorizationHeaderScheme: filledText,
  jwtStatefulValidationEnabled: bool,
  jwtRotateRefreshToken: bool,
} satisfies { [K in keyof HeadlessSettings]: Parser<HeadlessSettings[K]> }

import type { Json } from './json.ts'

/** An address that a provider tells. */
export interface ProviderEmail {
  email: string
  /** Whether the provider says itself that the address was verified: a literal `true`, nothing else. */
  isVerified: boolean
  isPrimary?: boolean
}

/** What a provider says of somebody, in the same words for all of them. */
export interface Profile {
  /** What never changes and never goes to somebody else: an id, not a name or an address. */
  uid: string
  emails: readonly ProviderEmail[]
  /** A suggestion for the username here. */
  username?: string | undefined
  /** The full name. */
  name?: string | undefined
  givenName?: string | undefined
  /** What an account is shown as; else what the profile has of a login, an address or a name. */
  label?: string | undefined
}

/**
 * The keys of a provider and of one of its apps, in lower case, the app's own first: `github_url` is
 * what the settings call `GITHUB_URL`.
 */
export type ProviderOptions = Readonly<Record<string, unknown>>

/** What a provider is asked with once somebody came back from it. */
export interface ProviderApi {
  readonly options: ProviderOptions
  readonly clientId: string
  readonly clientSecret: string
  readonly accessToken: string
  /** Whether addresses are asked for that the profile does not tell by itself. */
  readonly asksEmail: boolean
  /** All that the token endpoint answered. */
  readonly tokens: Json
  /** The parameters that somebody came back with; empty for a token that a client handed over. */
  readonly callback: URLSearchParams
  /** Asks with the access token as bearer, unless `headers` say otherwise. @throws ProviderError */
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Json>
  /** Posts JSON (`null` is JSON, too), or a form. @throws ProviderError */
  post(
    url: string,
    body: URLSearchParams | Readonly<Record<string, unknown>> | null,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Json>
}

/** What all kinds of providers say of themselves. */
interface ProviderFacts {
  /** In the words of the API. */
  readonly id: string
  readonly name: string
  /** What is asked for by default. */
  readonly scope: readonly string[]
  /** What is asked for besides where SOCIALACCOUNT_QUERY_EMAIL is on. */
  readonly emailScope?: readonly string[]
  /** Between scopes, where it is not the blank of RFC 6749 §3.3. */
  readonly scopeSeparator?: ','
  /** Further parameters of the authorization request. */
  readonly authParams?: Readonly<Record<string, string>>
  /** What the provider is called in the path of the callback, where it takes no address with its id. */
  readonly pathName?: string
  /** False where the provider refuses requests with PKCE (RFC 7636). */
  readonly takesPkce?: false
  /** How we authenticate at the token endpoint. @defaultValue 'client_secret_post' */
  readonly clientAuth?: 'client_secret_basic' | 'client_secret_post'
  /** What the client id is called on the wire, where it is not `client_id`. */
  readonly clientIdName?: string
  /** Whether the client id of an app may be a list, as of an app's several platforms: `a,b`. */
  readonly takesClientIdList?: true
  /** `form_post` where it posts the answer to the callback; by default it goes in the query. */
  readonly responseMode?: 'form_post'
  /** The secret, where it has to be made for each use. */
  makeSecret?(app: {
    clientId: string
    secret: string
    key: string
    options: ProviderOptions
    now: number
  }): Promise<string>
  /** Further members of the request for tokens, from what somebody came back with. */
  tokenParams?(callback: URLSearchParams): Readonly<Record<string, string>>
  /** The answer of the token endpoint in the words of RFC 6749 §5.1, where it has others. */
  readTokens?(answer: Json): Json
  /** What is wrong with the options; undefined where nothing is. */
  checkOptions?(options: ProviderOptions): string | undefined
}

/** A provider that speaks OAuth 2.0 (RFC 6749) and has a profile of its own kind. */
export interface OAuthProvider extends ProviderFacts {
  readonly protocol: 'oauth2'
  endpoints(options: ProviderOptions): OAuthEndpoints
  /** Asks for the profile; by default one GET of `endpoints.profile`. @throws ProviderError */
  fetchProfile?(api: ProviderApi, endpoints: OAuthEndpoints): Promise<Json>
  /** @throws ProviderError where the profile has no id. */
  readProfile(profile: Json, options: ProviderOptions): Profile
  /**
   * The profile of whom a token names that a client handed over. Has to find out that the token was
   * made for this app. Absent where clients hand over no tokens.
   * @throws ProviderError
   */
  fetchProfileByToken?(api: ProviderApi, endpoints: OAuthEndpoints): Promise<Json>
  /** The id_tokens that clients may get from it by themselves, where there are some. */
  readonly idTokens?: {
    readonly issuer: string
    readonly jwks: string
    /** @throws ProviderError where there is no id. */
    readProfile(claims: Json): Profile
  }
}

export interface OAuthEndpoints {
  authorization: string
  token: string
  profile: string
}

/** A provider that speaks OpenID Connect. */
export interface OpenIdProvider extends ProviderFacts {
  readonly protocol: 'oidc'
  /** The issuer as the settings name it; its own document has to name the same. */
  issuer(options: ProviderOptions): string
  /** What is known of it without asking; then its document is not fetched. */
  metadata?(options: ProviderOptions): OpenIdMetadata
  /**
   * Whether a token of this issuer will do, where the issuer has a part of its own for each tenant.
   * Otherwise only the issuer itself will.
   */
  acceptsIssuer?(issuer: string, options: ProviderOptions): boolean
  /** Whether clients may hand over an id_token. */
  readonly takesIdTokens?: true
  /**
   * False where id_tokens come without the `nonce` of the request (OpenID Connect Core §2). Then none
   * is sent, and PKCE alone binds a token to its request.
   */
  readonly takesNonce?: false
  /** Whether the userinfo endpoint is asked, too. @defaultValue true */
  readonly fetchesUserinfo?: false
  /** By default the standard claims (OpenID Connect Core §5.1). @throws ProviderError */
  readProfile?(claims: Json, options: ProviderOptions, callback?: URLSearchParams): Profile
}

/** What is used of OpenID Provider Metadata (OpenID Connect Discovery §3). */
export interface OpenIdMetadata {
  authorization: string
  token: string
  jwks: string
  userinfo?: string
  /** Signature algorithms of id_tokens. @defaultValue ['RS256'] */
  algorithms?: readonly string[]
}

/** A provider, which says itself all that is particular to it. */
export type Provider = OAuthProvider | OpenIdProvider

import type { App } from './app.ts'
import { isTrueAt, listAt, textAt } from './json.ts'
import { ProviderError } from './provider-error.ts'
import type { ReadJson } from './read-json.ts'

const wellKnown = '/.well-known/openid-configuration'

/** Where the requests of a login go, and what the provider says that it can do. */
export interface Endpoints {
  /** Null for plain OAuth 2.0. */
  issuer: string | null
  authorization: string
  token: string
  /** The userinfo endpoint of OpenID Connect; absent where there is none. */
  profile: string | undefined
  jwks: string | undefined
  /** Signature algorithms of id_tokens. */
  algorithms: readonly string[]
  takesPkce: boolean
  /** How clients authenticate; undefined where that is not said. */
  clientAuth: readonly string[] | undefined
  /** Whether every answer names the issuer (RFC 9207). */
  namesIssuer: boolean
}

/** Where an issuer describes itself, as the settings name it. */
export function configurationUrl(serverUrl: string): string {
  return serverUrl.includes('/.well-known/') ? serverUrl : `${serverUrl}${wellKnown}`
}

/** Where an app is served, asked of its issuer where the catalogue does not know. @throws ProviderError */
export async function findEndpoints(
  { provider, options }: App,
  readJson: ReadJson,
): Promise<Endpoints> {
  const takesPkce = provider.takesPkce !== false
  if (provider.protocol === 'oauth2') {
    const jwks = provider.idTokens?.jwks
    const said = { issuer: null, clientAuth: undefined, namesIssuer: false, takesPkce }
    return { ...provider.endpoints(options), ...said, jwks, algorithms: ['RS256'] }
  }
  const known = provider.metadata?.(options)
  if (!known) return discover(provider.issuer(options), readJson, takesPkce)
  const { authorization, token, userinfo: profile, jwks, algorithms = ['RS256'] } = known
  const said = { clientAuth: undefined, namesIssuer: false, takesPkce }
  return {
    issuer: provider.issuer(options),
    authorization,
    token,
    profile,
    jwks,
    algorithms,
    ...said,
  }
}

/** OpenID Connect Discovery 1.0 §4. */
async function discover(
  serverUrl: string,
  readJson: ReadJson,
  takesPkce: boolean,
): Promise<Endpoints> {
  const issuer = issuerOf(serverUrl)
  const document = await readJson(configurationUrl(serverUrl.replace(/(?<!\/)\/+$/, '')))
  const said = textAt(document, 'issuer')
  if (said === undefined || said.replace(/(?<!\/)\/+$/, '') !== issuer) {
    throw new ProviderError('the configuration of the issuer is that of another one')
  }
  const pkce = listAt(document, 'code_challenge_methods_supported')
  const clientAuth = textsAt(document, 'token_endpoint_auth_methods_supported')
  return {
    issuer: said,
    authorization: requireAddress(document, 'authorization_endpoint', said),
    token: requireAddress(document, 'token_endpoint', said),
    profile: addressAt(document, 'userinfo_endpoint', said),
    jwks: requireAddress(document, 'jwks_uri', said),
    algorithms: safeAlgorithms(textsAt(document, 'id_token_signing_alg_values_supported')),
    takesPkce: takesPkce && (pkce.length === 0 || pkce.includes('S256')),
    clientAuth: clientAuth.length > 0 ? clientAuth : undefined,
    namesIssuer: isTrueAt(document, 'authorization_response_iss_parameter_supported'),
  }
}

function issuerOf(serverUrl: string): string {
  return serverUrl.replace(/\/\.well-known\/.*$/, '').replace(/(?<!\/)\/+$/, '')
}

/** Of what an issuer names, only signatures by a key of its own: no shared secrets, and not `none`. */
function safeAlgorithms(named: readonly string[]): string[] {
  const safe = named.filter((it) => /^(RS|PS|ES)(256|384|512)$|^(EdDSA|Ed25519)$/.test(it))
  return safe.length > 0 ? safe : ['RS256']
}

function requireAddress(document: unknown, member: string, issuer: string): string {
  const address = addressAt(document, member, issuer)
  if (address !== undefined) return address
  throw new ProviderError(`the configuration of the issuer has no ${member}`)
}

/** An address that requests or browsers are sent to: by https, if the issuer is. */
function addressAt(document: unknown, member: string, issuer: string): string | undefined {
  const address = textAt(document, member)
  if (address === undefined) return undefined
  const scheme = URL.parse(address)?.protocol
  if (scheme === 'https:' || (scheme === 'http:' && issuer.startsWith('http:'))) return address
  throw new ProviderError(`the ${member} of the issuer is no address`)
}

function textsAt(document: unknown, member: string): string[] {
  return listAt(document, member).filter((it) => typeof it === 'string')
}

/** Whether a token is of the issuer of the settings. */
export function isIssuer(
  iss: string | undefined,
  { issuer }: Endpoints,
  { provider, options }: Pick<App, 'provider' | 'options'>,
): boolean {
  if (iss === undefined) return false
  if (provider.protocol === 'oauth2') return iss === provider.idTokens?.issuer
  return iss === issuer || provider.acceptsIssuer?.(iss, options) === true
}

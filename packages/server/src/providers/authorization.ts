import { calculatePKCECodeChallenge } from 'oauth4webapi'
import { randomToken } from '../crypto/random.ts'
import type { App } from './app.ts'
import type { Endpoints } from './endpoints.ts'

/** What has to be kept of an authorization request until somebody comes back from it. */
export interface Authorization {
  /** Where the browser goes. */
  url: string
  /** Null where PKCE is off (RFC 7636). */
  verifier: string | null
  /** Null for plain OAuth 2.0. */
  nonce: string | null
}

/** What the server alone may say in an authorization request. */
const ownParams = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
]

/** An authorization request (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1). */
export async function authorizationRequest(
  app: App,
  endpoints: Endpoints,
  {
    state,
    redirectUri,
    mustAskAgain,
  }: { state: string; redirectUri: string; mustAskAgain: boolean },
): Promise<Authorization> {
  const { provider } = app
  const url = new URL(endpoints.authorization)
  const set = (name: string, value: string) => url.searchParams.set(name, value)
  for (const [name, value] of Object.entries({ ...provider.authParams, ...app.authParams })) {
    if (!ownParams.includes(name)) set(name, value)
  }
  set(provider.clientIdName ?? 'client_id', app.clientId)
  set('redirect_uri', redirectUri)
  set('response_type', 'code')
  set('scope', app.scope.join(provider.scopeSeparator ?? ' '))
  set('state', state)
  if (provider.responseMode) set('response_mode', provider.responseMode)
  if (mustAskAgain) {
    set('prompt', 'login')
    if (provider.protocol === 'oidc') set('max_age', '0')
  }
  const takesNonce = provider.protocol === 'oidc' && provider.takesNonce !== false
  const nonce = takesNonce ? randomToken() : null
  if (nonce !== null) set('nonce', nonce)
  const verifier = app.usesPkce && endpoints.takesPkce ? randomToken() : null
  if (verifier !== null) {
    set('code_challenge', await calculatePKCECodeChallenge(verifier))
    set('code_challenge_method', 'S256')
  }
  return { url: url.href, verifier, nonce }
}

import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  None,
  nopkce,
  processGenericTokenEndpointResponse,
  refreshTokenGrantRequest,
  validateAuthResponse,
} from 'oauth4webapi'
import type { Outbound } from '../outbound/outbound.ts'
import { OutboundError } from '../outbound/outbound-error.ts'
import type { App } from './app.ts'
import type { Endpoints } from './endpoints.ts'
import { at, type Json, textAt } from './json.ts'
import { textOption } from './options.ts'
import { ProviderError } from './provider-error.ts'

const mostSeconds = 2 ** 32

/** What a token endpoint answered. */
export interface Tokens {
  accessToken: string
  idToken: string | undefined
  refreshToken: string | undefined
  /** In seconds from the answer on. */
  expiresIn: number | undefined
  scope: string | undefined
  /** All of it. */
  answer: Json
}

/** What requests to a token endpoint need. */
export interface TokenClient {
  app: App
  endpoints: Endpoints
  fetch: Outbound['fetch']
  now: number
  /** Whether http will do. */
  isInsecure: boolean
}

/** What somebody came back with, and what was kept for it. */
export interface Returned {
  callback: URLSearchParams
  state: string
  redirectUri: string
  /** Null where PKCE is off. */
  verifier: string | null
}

/** Redeems the code that somebody came back with (RFC 6749 §4.1.3). @throws ProviderError */
export async function redeemCode(client: TokenClient, returned: Returned): Promise<Tokens> {
  const { app, endpoints } = client
  const { as, known, options } = partsOf(client)
  const callback = new URLSearchParams(returned.callback)
  // Of plain OAuth 2.0 no issuer is known to hold it against (RFC 9207 §2.4).
  if (endpoints.issuer === null) callback.delete('iss')
  try {
    const parameters = validateAuthResponse(as, known, callback, returned.state)
    const response = await authorizationCodeGrantRequest(
      as,
      known,
      await authenticate(client),
      parameters,
      returned.redirectUri,
      returned.verifier ?? nopkce,
      { ...options, additionalParameters: app.provider.tokenParams?.(returned.callback) ?? {} },
    )
    return await readTokens(client, response)
  } catch (error) {
    throw asProviderError(error, endpoints.token)
  }
}

/** Buys new tokens (RFC 6749 §6). @throws ProviderError */
export async function refreshTokens(client: TokenClient, refreshToken: string): Promise<Tokens> {
  const { as, known, options } = partsOf(client)
  try {
    const auth = await authenticate(client)
    return await readTokens(
      client,
      await refreshTokenGrantRequest(as, known, auth, refreshToken, options),
    )
  } catch (error) {
    throw asProviderError(error, client.endpoints.token)
  }
}

function partsOf({ app, endpoints, fetch, isInsecure }: TokenClient) {
  const as: AuthorizationServer = {
    issuer: endpoints.issuer ?? endpoints.authorization,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    authorization_response_iss_parameter_supported: endpoints.namesIssuer,
  }
  const known: Client = { client_id: app.clientId }
  return { as, known, options: { [customFetch]: fetch, [allowInsecureRequests]: isInsecure } }
}

/** How we show to be the client: as the settings say, else by what both sides know. */
async function authenticate({ app, endpoints, now }: TokenClient): Promise<ClientAuth> {
  const { provider, clientId, key, options } = app
  const secret =
    (await provider.makeSecret?.({ clientId, secret: app.secret, key, options, now })) ?? app.secret
  const auth = secret === '' ? None() : withSecret(secret, methodFor(app, endpoints))
  const { clientIdName } = provider
  if (clientIdName === undefined) return auth
  return async (as, client, body, headers) => {
    await auth(as, client, body, headers)
    body.delete('client_id')
    body.set(clientIdName, clientId)
  }
}

function withSecret(secret: string, method: string): ClientAuth {
  return method === 'client_secret_basic' ? ClientSecretBasic(secret) : ClientSecretPost(secret)
}

function methodFor({ provider, options }: App, { clientAuth }: Endpoints): string {
  const chosen = textOption(options, 'token_auth_method', '')
  if (chosen !== '') return chosen
  const takesPost = clientAuth?.includes('client_secret_post') ?? true
  return provider.clientAuth ?? (takesPost ? 'client_secret_post' : 'client_secret_basic')
}

async function readTokens(client: TokenClient, response: Response): Promise<Tokens> {
  const { as, known } = partsOf(client)
  const answer = await answerOf(client, response)
  const idToken = textAt(answer, 'id_token')
  // Read without it: the whole of it is verified by itself, against the clock of the server.
  const rest = typeof answer === 'object' ? { ...answer, id_token: undefined } : answer
  const tokens = await processGenericTokenEndpointResponse(
    as,
    known,
    response.ok ? Response.json(rest) : response,
  )
  return {
    accessToken: tokens.access_token,
    idToken,
    refreshToken: tokens.refresh_token,
    expiresIn: wholeSeconds(tokens.expires_in),
    scope: tokens.scope,
    answer,
  }
}

/** As far as a column of whole numbers takes it: any number can stand in an answer. */
function wholeSeconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.min(Math.floor(seconds), mostSeconds)
}

/** The answer in the words of RFC 6749. Some providers leave out what kind of token it is. */
async function answerOf({ app }: TokenClient, response: Response): Promise<Json> {
  if (!response.ok) return undefined
  const raw: unknown = await response.json()
  const answer = app.provider.readTokens?.(raw) ?? raw
  const isMissing = typeof answer === 'object' && answer !== null && !at(answer, 'token_type')
  return isMissing ? { ...answer, token_type: 'bearer' } : answer
}

/** Says what failed, without what was sent or answered: both hold secrets. */
function asProviderError(error: unknown, url: string): ProviderError | OutboundError {
  if (error instanceof ProviderError || error instanceof OutboundError) return error
  const { host } = new URL(url)
  const code = wordOf(error, 'error') ?? wordOf(error, 'code') ?? 'no answer of RFC 6749'
  return new ProviderError(`${host} gave no tokens: ${code}`)
}

/** A member that is one plain word, so that no answer writes what it likes into the log. */
function wordOf(error: unknown, member: string): string | undefined {
  const word = textAt(error, member)
  return word !== undefined && /^\w{1,60}$/.test(word) ? word : undefined
}

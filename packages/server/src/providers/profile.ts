import { type App, takesTokens } from './app.ts'
import { joinNames, readStandardClaims } from './claims.ts'
import type { Directory } from './directory.ts'
import { type IdTokenClaims, verifyIdToken } from './id-token.ts'
import { at, type Json, textAt } from './json.ts'
import { flagOption } from './options.ts'
import type { OpenIdProvider, Profile } from './provider.ts'
import { createProviderApi } from './provider-api.ts'
import { ProviderError } from './provider-error.ts'
import type { ReadJson } from './read-json.ts'
import type { Tokens } from './token-request.ts'

const longestLabel = 255
/** Of times that are stored: any number can stand in a token. */
const mostSeconds = 2 ** 32

/** What reading a profile needs. */
export interface ProfileParts {
  app: App
  directory: Directory
  readJson: ReadJson
  now: number
  /** Every client id of the settings for this provider. */
  clientIds: readonly string[]
}

/** Who came back from a provider, as it says itself. @throws ProviderError */
export async function profileOfTokens(
  parts: ProfileParts,
  tokens: Tokens,
  {
    callback,
    nonce,
    maxAgeSeconds,
  }: {
    callback: URLSearchParams
    nonce: string | null
    maxAgeSeconds: number | null
  },
): Promise<Profile> {
  const { app, readJson } = parts
  const { provider, options } = app
  if (provider.protocol === 'oidc') {
    const claims = await claimsOf(parts, provider, { tokens, nonce, maxAgeSeconds })
    return withLabel(readClaims(provider, claims, { options, callback }), claims)
  }
  if (maxAgeSeconds !== null) throw new ProviderError('it does not say when it asked the user')
  const { accessToken, answer } = tokens
  const api = createProviderApi(app, readJson, { accessToken, tokens: answer, callback })
  const endpoints = provider.endpoints(options)
  const raw = (await provider.fetchProfile?.(api, endpoints)) ?? (await api.get(endpoints.profile))
  const profile = provider.readProfile(raw, options)
  return withLabel(profile, raw)
}

/** The claims of the id_token and of the userinfo endpoint, which have to be of the same subject. */
async function claimsOf(
  parts: ProfileParts,
  provider: OpenIdProvider,
  {
    tokens,
    nonce,
    maxAgeSeconds,
  }: { tokens: Tokens; nonce: string | null; maxAgeSeconds: number | null },
): Promise<Json> {
  const { app, directory, readJson, now, clientIds } = parts
  const expected = { nonce, isHandedOver: false, clientIds, maxAgeSeconds, now }
  const signed =
    tokens.idToken === undefined
      ? null
      : await verifyIdToken({ app, directory }, tokens.idToken, expected)
  if (signed === null && maxAgeSeconds !== null) throw new ProviderError('there is no id_token')
  const { profile: userinfo } = await directory.endpointsOf(app)
  const asksUserinfo = flagOption(app.options, 'fetch_userinfo', provider.fetchesUserinfo !== false)
  if (!asksUserinfo || userinfo === undefined) {
    if (signed === null) throw new ProviderError('there is no id_token')
    return signed
  }
  const authorization = `Bearer ${tokens.accessToken}`
  const told = await readJson(userinfo, { headers: { authorization } })
  if (typeof told !== 'object' || told === null) throw new ProviderError('the userinfo is none')
  // OpenID Connect Core §5.3.2: it may be swapped for that of somebody else.
  if (signed !== null && textAt(told, 'sub') !== signed.sub) {
    throw new ProviderError('the userinfo is of another subject')
  }
  return merge(signed, told)
}

/** What the userinfo tells counts, but an address and its verification are of one source. */
function merge(signed: IdTokenClaims | null, told: object): Json {
  const merged = { ...signed, ...told }
  const email = at(told, 'email')
  if (signed === null || email === signed.email) return merged
  const source = email === undefined ? signed : told
  return { ...merged, email: at(source, 'email'), email_verified: at(source, 'email_verified') }
}

/** A token that a client got by itself. */
export interface HandedToken {
  idToken: string | undefined
  accessToken: string | undefined
}

/** Whom a token names, and what can be used once of it. @throws ProviderError */
export async function profileOfHandedToken(
  parts: ProfileParts,
  { idToken, accessToken }: HandedToken,
): Promise<{ profile: Profile; once: { id: string; expiresAt: number } | null }> {
  const { app, directory, readJson, now, clientIds } = parts
  const { provider, options } = app
  if (!takesTokens(provider)) throw new ProviderError('this provider is used by redirect')
  const read = readerOfIdTokens(app)
  if (read && idToken !== undefined) {
    const expected = { nonce: null, isHandedOver: true, clientIds, maxAgeSeconds: null, now }
    const claims = await verifyIdToken({ app, directory }, idToken, expected)
    return { profile: withLabel(read(claims), claims), once: onceOf(claims) }
  }
  if (provider.protocol === 'oidc') throw new ProviderError('there is no id_token')
  if (accessToken === undefined) throw new ProviderError('there is no access_token')
  const given = { accessToken, tokens: {}, callback: new URLSearchParams() }
  const api = createProviderApi(app, readJson, given)
  const raw = await provider.fetchProfileByToken?.(api, provider.endpoints(options))
  return { profile: withLabel(provider.readProfile(raw, options), raw), once: null }
}

/** What makes a profile of an id_token that a client hands over; undefined where there are none. */
function readerOfIdTokens({ provider, options }: App): ((claims: Json) => Profile) | undefined {
  if (provider.protocol === 'oauth2') return provider.idTokens?.readProfile
  const callback = new URLSearchParams()
  return (claims) => readClaims(provider, claims, { options, callback })
}

/** What tells a token from all others of its issuer, where it says so. */
function onceOf({ iss = '', jti, exp = 0 }: IdTokenClaims) {
  if (jti === undefined) return null
  const expiresAt = Math.min(Math.ceil(exp), mostSeconds) * 1000 + 60_000
  return { id: `${iss} ${jti}`, expiresAt }
}

function readClaims(
  provider: OpenIdProvider,
  claims: Json,
  { options, callback }: { options: App['options']; callback: URLSearchParams },
): Profile {
  return provider.readProfile?.(claims, options, callback) ?? readStandardClaims(claims)
}

/** What the account is shown as: the first that the provider tells. */
function withLabel(profile: Profile, raw: Json): Profile {
  const told = textAt(raw, 'username') ?? textAt(raw, 'login') ?? textAt(raw, 'email')
  const label = profile.label ?? told
  if (label !== undefined) return { ...profile, label: cleanLabel(label) }
  const both = joinNames(textAt(raw, 'given_name'), textAt(raw, 'family_name'))
  const name = textAt(raw, 'name') ?? textAt(raw, 'nickname') ?? both ?? profile.name
  return { ...profile, label: cleanLabel(name) }
}

/** Every list shows it, and not every database takes every character. */
function cleanLabel(label: string | undefined): string | undefined {
  const clean = label
    ?.replace(/\p{Cc}/gu, ' ')
    .slice(0, longestLabel)
    .toWellFormed()
    .trim()
  return clean === '' ? undefined : clean
}

import type { Outbound } from '../outbound/outbound.ts'
import type { App } from './app.ts'
import { type Authorization, authorizationRequest } from './authorization.ts'
import { createDirectory } from './directory.ts'
import { type HandedToken, profileOfHandedToken, profileOfTokens } from './profile.ts'
import type { Profile } from './provider.ts'
import { createReadJson } from './read-json.ts'
import { type Returned, redeemCode, refreshTokens, type Tokens } from './token-request.ts'

/** Whom a provider vouches for. */
export interface Vouched {
  profile: Profile
  /** What the provider gave besides; null for a token that a client handed over. */
  tokens: Tokens | null
}

/** What passes between the server and the providers, by OAuth 2.0 and OpenID Connect. */
export interface Protocol {
  /** @throws ProviderError where the provider can not be asked. */
  authorize(app: App, request: Parameters<typeof authorizationRequest>[2]): Promise<Authorization>
  /** Finds out who came back. @throws ProviderError */
  vouchForReturned(
    app: App,
    returned: Returned,
    expected: { nonce: string | null; maxAgeSeconds: number | null },
  ): Promise<Vouched>
  /** Finds out whom a token names, and what of it can be used once. @throws ProviderError */
  vouchForToken(
    app: App,
    token: HandedToken,
  ): Promise<Vouched & { once: { id: string; expiresAt: number } | null }>
  /** Buys new tokens. @throws ProviderError */
  refresh(app: App, refreshToken: string): Promise<Tokens>
}

export interface ProtocolParts {
  apps: readonly App[]
  fetch: Outbound['fetch']
  now: () => number
  /** Whether http will do: for development. */
  isInsecure: boolean
}

/** Apart from the rest, since what it imports takes longer to load than a start. */
export function createProtocol({ apps, fetch, now, isInsecure }: ProtocolParts): Protocol {
  const readJson = createReadJson(fetch)
  const directory = createDirectory(readJson, now)

  async function tokenClient(app: App) {
    return { app, endpoints: await directory.endpointsOf(app), fetch, now: now(), isInsecure }
  }

  function profileParts(app: App) {
    const clientIds = apps.filter(({ id }) => id === app.id).flatMap(({ audiences }) => audiences)
    return { app, directory, readJson, now: now(), clientIds }
  }

  return {
    async authorize(app, request) {
      return authorizationRequest(app, await directory.endpointsOf(app), request)
    },
    async vouchForReturned(app, returned, expected) {
      const tokens = await redeemCode(await tokenClient(app), returned)
      const { callback } = returned
      const profile = await profileOfTokens(profileParts(app), tokens, { callback, ...expected })
      return { profile, tokens }
    },
    async vouchForToken(app, token) {
      return { ...(await profileOfHandedToken(profileParts(app), token)), tokens: null }
    },
    refresh: async (app, refreshToken) => refreshTokens(await tokenClient(app), refreshToken),
  }
}

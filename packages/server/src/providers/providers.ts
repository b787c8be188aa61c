import type { Outbound } from '../outbound/outbound.ts'
import type { Settings } from '../settings/settings.ts'
import { type App, isNamedIssuer } from './app.ts'
import { type Authorization, authorizationRequest } from './authorization.ts'
import { createDirectory } from './directory.ts'
import { type HandedToken, profileOfHandedToken, profileOfTokens } from './profile.ts'
import type { Profile, Provider } from './provider.ts'
import { readApps } from './read-apps.ts'
import { createReadJson } from './read-json.ts'
import { type Returned, redeemCode, refreshTokens, type Tokens } from './token-request.ts'

/** Whom a provider vouches for. */
export interface Vouched {
  profile: Profile
  /** What the provider gave besides; null for a token that a client handed over. */
  tokens: Tokens | null
}

/** The providers of the settings, and what passes between them and the server. */
export interface Providers {
  /** In the order of the settings. */
  readonly apps: readonly App[]
  /** The app that a redirect goes to: by its id, or by the kind of provider where there is one. */
  findForRedirect(name: string): App | undefined
  /** The app of this name with this client id. */
  find(name: string, clientId: string): App | undefined
  /** @throws ProviderError where the provider can not be asked. */
  authorize(app: App, request: Parameters<typeof authorizationRequest>[2]): Promise<Authorization>
  /** Finds out who came back. @throws ProviderError */
  vouchForReturned(
    app: App,
    returned: Returned,
    expected: { nonce: string | null; maxAgeSeconds: number | null },
  ): Promise<Vouched>
  /** Finds out whom a token names. @throws ProviderError */
  vouchForToken(
    app: App,
    token: HandedToken,
  ): Promise<Vouched & { once: { id: string; expiresAt: number } | null }>
  /** Buys new tokens. @throws ProviderError */
  refresh(app: App, refreshToken: string): Promise<Tokens>
}

/** What the providers of the settings are made of. */
export interface ProviderParts {
  settings: Settings
  catalogue: readonly Provider[]
  fetch: Outbound['fetch']
  now: () => number
}

/** @throws SettingsError where SOCIALACCOUNT_PROVIDERS has mistakes. */
export function createProviders({ settings, catalogue, fetch, now }: ProviderParts): Providers {
  const isInstalled = settings.server.installedApps.includes('allauth.socialaccount')
  const apps = isInstalled ? readApps(settings, catalogue) : []
  const readJson = createReadJson(fetch)
  const directory = createDirectory(readJson, now)
  const isInsecure = settings.socialaccount.allowPrivateAddressesInsecure

  async function tokenClient(app: App) {
    return { app, endpoints: await directory.endpointsOf(app), fetch, now: now(), isInsecure }
  }

  function profileParts(app: App) {
    const clientIds = apps.filter(({ id }) => id === app.id).flatMap(({ audiences }) => audiences)
    return { app, directory, readJson, now: now(), clientIds }
  }

  return {
    apps,
    findForRedirect(name) {
      const visible = apps.filter((app) => !app.isHidden)
      const named = visible.find((app) => app.id === name)
      if (named) return named
      const [first, second] = visible.filter(
        (app) => isNamedIssuer(app) && app.provider.id === name,
      )
      return second ? undefined : first
    },
    find: (name, clientId) =>
      apps.find(
        (app) => (app.id === name || app.provider.id === name) && app.audiences.includes(clientId),
      ),
    async authorize(app, request) {
      return authorizationRequest(app, await directory.endpointsOf(app), request)
    },
    async vouchForReturned(app, returned, { nonce, maxAgeSeconds }) {
      const tokens = await redeemCode(await tokenClient(app), returned)
      const { callback } = returned
      const profile = await profileOfTokens(profileParts(app), tokens, {
        callback,
        nonce,
        maxAgeSeconds,
      })
      return { profile, tokens }
    },
    async vouchForToken(app, token) {
      return { ...(await profileOfHandedToken(profileParts(app), token)), tokens: null }
    },
    refresh: async (app, refreshToken) => refreshTokens(await tokenClient(app), refreshToken),
  }
}

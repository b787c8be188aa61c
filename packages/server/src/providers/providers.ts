import type { Outbound } from '../outbound/outbound.ts'
import type { Settings } from '../settings/settings.ts'
import { type App, isNamedIssuer } from './app.ts'
import type { Protocol } from './protocol.ts'
import type { Provider } from './provider.ts'
import { readApps } from './read-apps.ts'

/** The providers of the settings, and what passes between them and the server. */
export interface Providers {
  /** In the order of the settings. */
  readonly apps: readonly App[]
  /**
   * The app that a redirect goes to: by its id, or by the kind of provider where there is one. A hidden one
   * where it is the only one of that name.
   */
  findForRedirect(name: string): App | undefined
  /** The app of this name with this client id. */
  find(name: string, clientId: string): App | undefined
  /** Loaded when it is first asked for. */
  protocol(): Promise<Protocol>
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
  const { socialaccount, server } = settings
  const isInstalled = server.installedApps.includes('allauth.socialaccount')
  const apps = isInstalled ? readApps(settings, catalogue) : []
  const isInsecure = socialaccount.allowPrivateAddressesInsecure
  let loading: Promise<Protocol> | undefined

  async function load(): Promise<Protocol> {
    const { createProtocol } = await import('./protocol.ts')
    return createProtocol({ apps, fetch, now, isInsecure })
  }

  return {
    apps,
    findForRedirect(name) {
      const named = apps.filter((app) => app.id === name)
      const ofKind = apps.filter((app) => isNamedIssuer(app) && app.provider.id === name)
      const known = named.length > 0 ? named : ofKind
      const visible = known.length > 1 ? known.filter((app) => !app.isHidden) : known
      const [first, second] = visible
      // Two of one name are two ways to the same people; two of one kind are not.
      return second && known === ofKind ? undefined : first
    },
    find: (name, clientId) =>
      apps.find(
        (app) => (app.id === name || app.provider.id === name) && app.audiences.includes(clientId),
      ),
    protocol() {
      loading ??= load()
      return loading
    },
  }
}

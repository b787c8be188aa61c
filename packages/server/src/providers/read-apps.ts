import type { Settings } from '../settings/settings.ts'
import { SettingsError } from '../settings/settings-error.ts'
import type { App } from './app.ts'
import type { Provider, ProviderOptions } from './provider.ts'

const name = 'SOCIALACCOUNT_PROVIDERS'

type Raw = Readonly<Record<string, unknown>>

/** The apps of the settings in their order. @throws SettingsError that names every mistake. */
export function readApps(settings: Settings, catalogue: readonly Provider[]): App[] {
  const problems: string[] = []
  const apps = Object.entries(settings.socialaccount.providers).flatMap(([id, value]) => {
    const provider = catalogue.find((it) => it.id === id)
    if (!provider) problems.push(`${name}: there is no provider "${id}"`)
    if (!isRecord(value)) problems.push(`${name}.${id}: expected an object`)
    if (!provider || !isRecord(value)) return []
    return appsOf(value).map(({ raw, path }) => {
      const where = `${name}.${id}.${path}`
      return readApp({ provider, shared: value, raw }, settings, (problem) =>
        problems.push(`${where}${problem}`),
      )
    })
  })
  for (const [index, app] of apps.entries()) {
    const isDouble = apps.slice(0, index).some((it) => isSame(it, app))
    if (isDouble) problems.push(`${name}: two apps of "${app.id}" have the same client_id`)
    // Accounts are kept by this id: the same one at two issuers would be one account of two people.
    const isOther = apps.slice(0, index).some((it) => it.id === app.id && !isSameIssuer(it, app))
    if (isOther) problems.push(`${name}: "${app.id}" stands for two issuers`)
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return apps
}

function isSame(a: App, b: App): boolean {
  return a.id === b.id && a.clientId === b.clientId
}

function isSameIssuer(a: App, b: App): boolean {
  return a.provider === b.provider && issuerOf(a) === issuerOf(b)
}

function issuerOf({ provider, options }: App): string | null {
  return provider.protocol === 'oidc' ? provider.issuer(options) : null
}

/** `APP` and `APPS`; the older `SERVERS` of OpenID Connect are apps, too. */
function appsOf(shared: Raw): { raw: unknown; path: string }[] {
  const { APP, APPS, SERVERS } = shared
  return [
    ...(APP === undefined ? [] : [{ raw: APP, path: 'APP' }]),
    ...(Array.isArray(APPS) ? APPS : []).map((raw, index) => ({ raw, path: `APPS[${index}]` })),
    ...(Array.isArray(SERVERS) ? SERVERS : []).map((raw, index) => ({
      raw: serverAsApp(raw),
      path: `SERVERS[${index}]`,
    })),
  ]
}

function serverAsApp(server: unknown): unknown {
  if (!isRecord(server)) return server
  const { id, name, APP, ...settings } = server
  return { ...(isRecord(APP) ? APP : {}), provider_id: id, name, settings }
}

function readApp(
  { provider, shared, raw }: { provider: Provider; shared: Raw; raw: unknown },
  { socialaccount }: Settings,
  fail: (problem: string) => void,
): App {
  const app = isRecord(raw) ? raw : {}
  if (!isRecord(raw)) fail(': expected an object')
  const options = { ...lowerCased(shared), ...(isRecord(app.settings) ? app.settings : {}) }
  const list = (key: string) => listOf(options[key], (problem) => fail(`: ${key}: ${problem}`))
  const problem = provider.checkOptions?.(options)
  if (problem !== undefined) fail(`: ${problem}`)
  const emailScope = socialaccount.queryEmail ? (provider.emailScope ?? []) : []
  const { email_authentication: emailAuthentication } = options
  return {
    ...readNames(provider, app, fail),
    provider,
    isHidden: options.hidden === true,
    options,
    scope: list('scope') ?? [...provider.scope, ...emailScope],
    authParams: paramsOf(options.auth_params, (wrong) => fail(`: auth_params: ${wrong}`)),
    usesPkce: options.oauth_pkce_enabled !== false,
    verifiedEmail: options.verified_email === true || (list('verified_email') ?? false),
    emailAuthentication:
      typeof emailAuthentication === 'boolean'
        ? emailAuthentication
        : socialaccount.emailAuthentication,
  }
}

/** What the app is called here and there, and its secrets. */
function readNames(provider: Provider, app: Raw, fail: (problem: string) => void) {
  const text = (key: string) => textOf(app[key], (problem) => fail(`.${key}: ${problem}`))
  const clientId = text('client_id')
  if (clientId === '') fail('.client_id: expected what the provider calls this application')
  const isNamed = provider.id === 'openid_connect'
  const id = isNamed ? text('provider_id') : provider.id
  if (!/^[\w.-]+$/.test(id)) fail('.provider_id: expected letters, digits, dots or dashes')
  const audiences = provider.takesClientIdList
    ? clientId.split(',').map((it) => it.trim())
    : [clientId]
  const name = isNamed ? text('name') || id : provider.name
  const [first = ''] = audiences
  return { id, name, clientId: first, audiences, secret: text('secret'), key: text('key') }
}

function lowerCased(shared: Raw): ProviderOptions {
  const own = Object.entries(shared).filter(([key]) => !['APP', 'APPS', 'SERVERS'].includes(key))
  return Object.fromEntries(own.map(([key, value]) => [key.toLowerCase(), value]))
}

function textOf(value: unknown, fail: (problem: string) => void): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') fail('expected text')
  return typeof value === 'string' ? value.trim() : ''
}

/** Undefined where the settings say nothing, or only yes or no. */
function listOf(value: unknown, fail: (problem: string) => void): string[] | undefined {
  if (value === undefined || value === null || typeof value === 'boolean') return undefined
  const list = typeof value === 'string' ? value.split(/[\s,]+/) : value
  if (!Array.isArray(list) || !list.every((it) => typeof it === 'string')) {
    fail('expected a list of texts')
    return undefined
  }
  return list.filter((it) => it !== '')
}

function paramsOf(value: unknown, fail: (problem: string) => void): Record<string, string> {
  if (value === undefined || value === null) return {}
  if (!isRecord(value)) {
    fail('expected an object')
    return {}
  }
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, String(it)]))
}

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

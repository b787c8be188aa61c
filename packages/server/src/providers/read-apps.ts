import { isRecord } from '../settings/parser.ts'
import type { Settings } from '../settings/settings.ts'
import { SettingsError } from '../settings/settings-error.ts'
import type { App } from './app.ts'
import type { Provider, ProviderOptions } from './provider.ts'

const name = 'SOCIALACCOUNT_PROVIDERS'

/** Options that are on or off. One that were overlooked would be what nobody wanted. */
const flags = [
  'email_authentication',
  'fetch_userinfo',
  'hidden',
  'oauth_pkce_enabled',
  'reauthentication',
]

type Raw = Readonly<Record<string, unknown>>

/** The apps of the settings in their order. @throws SettingsError that names every mistake. */
export function readApps(settings: Settings, catalogue: readonly Provider[]): App[] {
  const problems: string[] = []
  const apps = Object.entries(settings.socialaccount.providers).flatMap(([id, value]) => {
    const provider = catalogue.find((it) => it.id === id)
    if (!provider) problems.push(`${name}: there is no provider "${id}"`)
    if (!isRecord(value)) problems.push(`${name}.${id}: expected an object`)
    if (!provider || !isRecord(value)) return []
    for (const key of ['APPS', 'SERVERS']) {
      const isList = value[key] === undefined || Array.isArray(value[key])
      if (!isList) problems.push(`${name}.${id}.${key}: expected a list`)
    }
    return appsOf(value).map(({ raw, path }) => {
      const where = `${name}.${id}.${path}`
      return readApp({ provider, shared: value, raw }, settings, (problem) =>
        problems.push(`${where}${problem}`),
      )
    })
  })
  for (const [index, app] of apps.entries()) {
    const before = apps.slice(0, index).filter((it) => it.id === app.id)
    const isDouble = before.some(({ audiences }) => audiences.some(isOneOf(app.audiences)))
    if (isDouble) problems.push(`${name}: two apps of "${app.id}" have the same client_id`)
    // Only where the options are right is it known where they lead.
    else if (problems.length === 0 && before.some((it) => isElsewhere(it, app))) {
      problems.push(`${name}: two providers are called "${app.id}"`)
    }
  }
  if (problems.length > 0) throw new SettingsError(problems)
  return apps
}

function isOneOf(list: readonly string[]): (text: string) => boolean {
  return (text) => text !== '' && list.includes(text)
}

/** Whether two apps lead to different people: one id there must not be two people here. */
function isElsewhere(a: App, b: App): boolean {
  if (a.provider !== b.provider) return true
  const { provider } = a
  if (provider.protocol === 'oauth2') {
    return provider.endpoints(a.options).profile !== provider.endpoints(b.options).profile
  }
  // Tenants of one issuer have their ids of that issuer.
  return !provider.acceptsIssuer && provider.issuer(a.options) !== provider.issuer(b.options)
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
  for (const key of flags.filter((it) => typeof (options[it] ?? false) !== 'boolean')) {
    fail(`: ${key}: expected true or false`)
  }
  const emailScope = socialaccount.queryEmail ? (provider.emailScope ?? []) : []
  const scope = list('scope') ?? [...provider.scope, ...emailScope]
  const { email_authentication: emailAuthentication } = options
  return {
    ...readNames(provider, app, fail),
    provider,
    isHidden: options.hidden === true,
    options,
    scope,
    asksEmail: socialaccount.queryEmail || scope.some((it) => provider.emailScope?.includes(it)),
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
  const audiences = provider.takesClientIdList ? listed(clientId) : [clientId]
  const name = isNamed ? text('name') || id : provider.name
  const [first = ''] = audiences
  return { id, name, clientId: first, audiences, secret: text('secret'), key: text('key') }
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '')
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
  const params = Object.entries(value)
  if (params.some(([, it]) => typeof it === 'object')) fail('expected texts')
  return Object.fromEntries(params.map(([key, it]) => [key, String(it)]))
}

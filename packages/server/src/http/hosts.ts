import type { ServerSettings } from '../settings/settings.ts'
import type { RequestHead } from './transport.ts'

/** Whether the request came by https, as its connection or the trusted proxy says. */
export function isSecure(request: RequestHead, settings: ServerSettings): boolean {
  const proxy = settings.secureProxySslHeader
  if (proxy === null) return request.isEncrypted || isHttps(settings.publicUrl)
  return request.header(proxy.name) === proxy.value
}

/** The host that was asked, without port; empty where the request names none. */
export function hostOf(request: Pick<RequestHead, 'header'>): string {
  return (request.header('host') ?? '').toLowerCase().replace(/:\d+$/, '')
}

const ownMachine = ['localhost', '.localhost', '127.0.0.1', '[::1]']

/**
 * Whether the server answers for the host that was asked: one of the settings' or of the public URL;
 * this machine alone where the settings name none.
 */
export function isAllowedHost(request: RequestHead, settings: ServerSettings): boolean {
  const host = hostOf(request)
  const { allowedHosts, publicUrl } = settings
  if (publicUrl !== null && hostnameIn(publicUrl) === host) return true
  const allowed = allowedHosts.length > 0 ? allowedHosts : ownMachine
  return allowed.some((pattern) => pattern === '*' || matchesDomain(host, pattern))
}

/** The settings have the origin as `URL` spells it: it need not be parsed anew for each request. */
function hostnameIn(origin: string): string {
  return origin.replace(/^https?:\/\/|:\d+$/g, '')
}

/** The origins that the browser may call from: the own one and those that the settings trust. */
export function isTrustedOrigin(
  origin: string,
  request: RequestHead,
  settings: ServerSettings,
): boolean {
  if (origin === settings.publicUrl) return true
  // A host that is not served is nobody's own, however the name came to lead here.
  if (origin === ownOrigin(request, settings) && isAllowedHost(request, settings)) return true
  return settings.csrfTrustedOrigins.some((trusted) => matchesOrigin(origin, trusted))
}

function ownOrigin(request: RequestHead, settings: ServerSettings): string {
  return `${isSecure(request, settings) ? 'https' : 'http'}://${request.header('host') ?? ''}`
}

function matchesOrigin(origin: string, trusted: string): boolean {
  if (!trusted.includes('://*.')) return origin === trusted
  const [scheme, domain] = trusted.split('://*') as [string, string]
  const prefix = `${scheme}://`
  return origin.startsWith(prefix) && matchesDomain(origin.slice(prefix.length), domain)
}

/** A pattern `.example.com` stands for the domain and all below it. */
export function matchesDomain(host: string, pattern: string): boolean {
  if (!pattern.startsWith('.')) return host === pattern
  return host === pattern.slice(1) || host.endsWith(pattern)
}

function isHttps(url: string | null): boolean {
  return url?.startsWith('https://') ?? false
}

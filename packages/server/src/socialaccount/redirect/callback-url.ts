import { hostOf, matchesDomain } from '../../http/hosts.ts'
import type { RequestHead } from '../../http/transport.ts'
import type { ServerSettings } from '../../settings/settings.ts'

/** Sessions keep it, for each way that is under way. */
const longest = 2000

/**
 * Whether a page may be come back to: on the host that was asked, or one that ALLOWED_HOSTS or
 * CSRF_TRUSTED_ORIGINS name. The port counts. A `*` among the allowed hosts names none.
 */
export function isSafeCallback(
  url: string,
  request: Pick<RequestHead, 'header'>,
  settings: ServerSettings,
): boolean {
  // What browsers forgive in an address is how it comes to lead elsewhere.
  if (url === '' || url.length > longest || /[\\\s]|\p{Cc}|\p{Cf}/u.test(url)) return false
  // Nor a path such as `/.//host`, which is one of another host once its dots are resolved.
  if (url.startsWith('/')) return !resolved(url).pathname.startsWith('//') && !url.startsWith('//')
  if (!/^https?:\/\/[^/]/i.test(url)) return false
  const parsed = URL.parse(url)
  if (parsed?.username !== '' || parsed.password !== '') return false
  return hostPatterns(request, settings).some((pattern) => matchesDomain(parsed.host, pattern))
}

function hostPatterns(
  request: Pick<RequestHead, 'header'>,
  { allowedHosts, csrfTrustedOrigins, publicUrl }: ServerSettings,
): string[] {
  const own = request.header('host')?.toLowerCase() ?? hostOf(request)
  return [
    own,
    ...(publicUrl === null ? [] : [new URL(publicUrl).host]),
    ...allowedHosts.filter((it) => it !== '*'),
    ...csrfTrustedOrigins.map((origin) => origin.replace(/^https?:\/\/\*?/i, '')),
  ]
}

/** The page with what went wrong in its query; other parameters and the fragment stay. */
export function withError(url: string, error: string, process: string): string {
  return withParams(url, { error, error_process: process })
}

/** An address with parameters in its query; others of the same name go. */
export function withParams(url: string, params: Readonly<Record<string, string>>): string {
  // Where only a path was given it stays one: the host is then the browser's.
  const isPath = url.startsWith('/')
  const parsed = resolved(url)
  for (const [name, value] of Object.entries(params)) parsed.searchParams.set(name, value)
  return isPath ? `${parsed.pathname}${parsed.search}${parsed.hash}` : parsed.href
}

/** An address as a header takes it: in ASCII. */
export function inAscii(url: string): string {
  return url.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent)
}

function resolved(url: string): URL {
  return new URL(url, 'http://localhost')
}

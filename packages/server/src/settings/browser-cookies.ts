import type { CookieSameSite } from './cookie.ts'
import { isMfaOn } from './mfa-on.ts'
import type { Settings } from './settings.ts'
import { loadSites, type Sites } from './sites.ts'

/** A cookie that the server sets, as the settings have it. */
export interface BrowserCookie {
  /** How the names of its settings begin. */
  prefix: 'SESSION_COOKIE' | 'CSRF_COOKIE' | 'MFA_TRUST_COOKIE'
  /** Whether pages have to read it. */
  isForScripts: boolean
  name: string
  /** Seconds; null where it lasts until the browser is closed. */
  age: number | null
  /** Without a leading dot. */
  domain: string | null
  path: string
  secure: boolean | null
  httponly: boolean
  samesite: CookieSameSite
}

/** Where browsers find the server, and from where pages call it. */
export interface Deployment {
  publicUrl: URL | null
  /**
   * False where requests come by http alone. Where there is neither a public URL nor a proxy that tells,
   * each connection decides.
   */
  mayBeHttps: boolean
  /** Whether a proxy says of each request if it came by https. */
  isProxied: boolean
  /** The pages on another site than the server, each with the setting that names it. */
  strangers: readonly string[]
  /** The pages on the server's site, but on another host. */
  neighbours: readonly Page[]
  /** Null where no domain has to be looked up. */
  sites: Sites | null
}

/** The cookies that a server with these settings sets. */
export function browserCookies({ server, mfa, ...settings }: Settings): BrowserCookie[] {
  const session: BrowserCookie = {
    prefix: 'SESSION_COOKIE',
    isForScripts: false,
    name: server.sessionCookieName,
    age: server.sessionExpireAtBrowserClose ? null : server.sessionCookieAge,
    domain: bare(server.sessionCookieDomain),
    path: server.sessionCookiePath,
    secure: server.sessionCookieSecure,
    httponly: server.sessionCookieHttponly,
    samesite: server.sessionCookieSamesite,
  }
  const csrf: BrowserCookie = {
    prefix: 'CSRF_COOKIE',
    isForScripts: true,
    name: server.csrfCookieName,
    age: server.csrfCookieAge,
    domain: bare(server.csrfCookieDomain),
    path: server.csrfCookiePath,
    secure: server.csrfCookieSecure,
    httponly: server.csrfCookieHttponly,
    samesite: server.csrfCookieSamesite,
  }
  const trust: BrowserCookie = {
    prefix: 'MFA_TRUST_COOKIE',
    isForScripts: false,
    name: mfa.trustCookieName,
    age: mfa.trustCookieAge,
    domain: bare(mfa.trustCookieDomain),
    path: mfa.trustCookiePath,
    secure: mfa.trustCookieSecure,
    httponly: mfa.trustCookieHttponly,
    samesite: mfa.trustCookieSamesite,
  }
  const isTrustOn = mfa.trustEnabled || settings.account.loginByCodeTrustEnabled
  const hasTrust = isTrustOn && isMfaOn({ server, mfa, ...settings })
  return [session, csrf, ...(hasTrust ? [trust] : [])]
}

/** Where a server with these settings is, and its pages. */
export async function readDeployment(
  settings: Settings,
  cookies: readonly BrowserCookie[],
): Promise<Deployment> {
  const { publicUrl: origin, secureProxySslHeader } = settings.server
  const publicUrl = origin === null ? null : new URL(origin)
  const pages = pagesOf(settings)
  const isElsewhere = pages.some(({ url }) => publicUrl && url.hostname !== publicUrl.hostname)
  const isProxied = secureProxySslHeader !== null
  const mayBeHttps = isProxied || publicUrl?.protocol !== 'http:'
  const hasDomain = cookies.some(({ domain }) => domain !== null)
  const sites = hasDomain || isElsewhere ? await loadSites() : null
  return {
    publicUrl,
    mayBeHttps,
    isProxied,
    strangers: strangersIn(pages, publicUrl, sites),
    neighbours: neighboursIn(pages, publicUrl, sites),
    sites,
  }
}

/** A page that calls the server. */
export interface Page {
  url: URL
  /** How it is called in messages: its origin, with the setting that names it. */
  label: string
}

/** The pages that the settings know of. Addresses of apps and paths are none. */
function pagesOf({ server, headless }: Settings): Page[] {
  const named = [
    ...server.csrfTrustedOrigins.map((text) => ({ text, name: 'CSRF_TRUSTED_ORIGINS' })),
    ...Object.values(headless.frontendUrls).map((text) => ({
      text: String(text),
      name: 'HEADLESS_FRONTEND_URLS',
    })),
  ]
  return named.flatMap(({ text, name }) => {
    // Any host below a domain is on the site of that domain.
    const address = text.replace('://*.', '://any.')
    const url = URL.canParse(address) ? new URL(address) : null
    if (!url || !/^https?:$/.test(url.protocol)) return []
    return [{ url, label: `${url.origin.replace('://any.', '://*.')} (${name})` }]
  })
}

function strangersIn(pages: readonly Page[], own: URL | null, sites: Sites | null): string[] {
  if (!own) return []
  const strange = pages.filter(({ url }) => sites && sites.siteOf(url) !== sites.siteOf(own))
  return [...new Set(strange.map(({ label }) => label))]
}

function neighboursIn(pages: readonly Page[], own: URL | null, sites: Sites | null): Page[] {
  if (!own || !sites) return []
  return pages.filter(
    ({ url }) => url.hostname !== own.hostname && sites.siteOf(url) === sites.siteOf(own),
  )
}

function bare(domain: string | null): string | null {
  return domain?.replace(/^\./, '').toLowerCase() ?? null
}

import { isIP } from 'node:net'
import {
  type BrowserCookie,
  browserCookies,
  type Deployment,
  readDeployment,
} from './browser-cookies.ts'
import type { Settings } from './settings.ts'

/** A way in which browsers drop a cookie, or do not send it where it is needed. */
interface CookieCheck {
  /** The settings of the cookie that are to blame, by the ends of their names in small letters. */
  members: readonly Exclude<keyof BrowserCookie, 'prefix' | 'isForScripts'>[]
  /** What the browser does and what to do about it; null where all is well. */
  find(cookie: BrowserCookie, deployment: Deployment): string | null
}

const apiPath = '/_allauth/browser/v1/'
const mostDays = 400

const checks: readonly CookieCheck[] = [
  {
    members: ['domain'],
    find: ({ domain }) =>
      hasNothingBelow(domain)
        ? `there are no hosts below ${domain}, and some browsers drop a cookie that is meant for them: leave the domain out`
        : null,
  },
  {
    members: ['domain'],
    find: ({ domain }, { sites, publicUrl }) =>
      domain !== null &&
      !hasNothingBelow(domain) &&
      publicUrl?.hostname !== domain &&
      sites?.isPublicSuffix(domain)
        ? `anybody can have a host below ${domain} (it is a public suffix), so browsers drop the cookie: leave the domain out, or name one of your own`
        : null,
  },
  {
    members: ['domain'],
    find: ({ domain }, { publicUrl }) =>
      domain !== null && publicUrl && !isWithin(publicUrl.hostname, domain)
        ? `${publicUrl.hostname} (PUBLIC_URL) is not ${domain} nor below it, so browsers drop the cookie: leave the domain out, or name the host or a domain above it`
        : null,
  },
  {
    members: ['domain'],
    find({ domain, isForScripts }, { publicUrl, neighbours, sites }) {
      if (!isForScripts || !publicUrl || !sites) return null
      const blind = neighbours.filter(
        ({ url }) => domain === null || !isWithin(url.hostname, domain),
      )
      if (blind.length === 0) return null
      const pages = [...new Set(blind.map(({ label }) => label))].join(', ')
      return `${pages} can not read the token from a cookie of ${domain ?? publicUrl.hostname}, so all that is changed from there is refused with 403: set it to .${sites.domainOf(publicUrl.hostname)}, or ${proxying}`
    },
  },
  {
    members: ['samesite', 'secure'],
    find: (cookie, deployment) =>
      cookie.samesite === 'None' && !mayBeSecure(cookie, deployment)
        ? 'browsers drop a cookie with SameSite "None" that is not Secure: set PUBLIC_URL to your https:// address, or the second of these to true'
        : null,
  },
  {
    members: ['secure'],
    find: ({ secure }, { publicUrl, isProxied }) =>
      secure === true && !isProxied && publicUrl?.protocol === 'http:' && !isOwnMachine(publicUrl)
        ? `browsers drop a Secure cookie that comes by http, as from ${publicUrl.origin} (PUBLIC_URL): serve it by https, and say so in PUBLIC_URL`
        : null,
  },
  {
    members: ['name'],
    find: (cookie, deployment) =>
      hasPrefix(cookie, '__host-') &&
      !(mayBeSecure(cookie, deployment) && cookie.path === '/' && cookie.domain === null)
        ? 'browsers drop a cookie whose name begins with "__Host-" unless it is Secure, has the path "/" and no domain: set these so, or choose another name'
        : null,
  },
  {
    members: ['name'],
    find: (cookie, deployment) =>
      hasPrefix(cookie, '__secure-') && !mayBeSecure(cookie, deployment)
        ? 'browsers drop a cookie whose name begins with "__Secure-" unless it is Secure: serve it by https, or choose another name'
        : null,
  },
  {
    members: ['samesite'],
    find: ({ samesite }, { strangers, publicUrl }) =>
      samesite !== 'None' && strangers.length > 0
        ? `browsers do not send the cookie with requests of pages on another site than ${publicUrl?.origin} (PUBLIC_URL), such as ${strangers.join(', ')}: ${remedies}`
        : null,
  },
  {
    members: ['samesite'],
    find: ({ samesite }, { strangers }) =>
      samesite === 'None' && strangers.length > 0
        ? `Safari and Firefox block third-party cookies or keep them apart for each site, and others follow, so logging in fails on ${strangers.join(', ')}: ${remedies}`
        : null,
  },
  {
    members: ['path'],
    find: ({ path }) =>
      isBelowPath(apiPath, path)
        ? null
        : `the API is below ${apiPath}, and browsers send the cookie to ${path} alone: set the path to "/"`,
  },
  {
    members: ['path'],
    find: ({ path, isForScripts }) =>
      isForScripts && path !== '/' && isBelowPath(apiPath, path)
        ? `pages read the token from the cookie, and browsers show it to pages below ${path} alone: set the path to "/"`
        : null,
  },
  {
    members: ['httponly'],
    find: ({ httponly, isForScripts }) =>
      httponly && isForScripts
        ? 'pages can not read the token from the cookie, and there is no other way to get it, so all that they change is refused with 403: set it to false, unless it is your back end that reads the cookie'
        : null,
  },
  {
    members: ['age'],
    find: ({ age }) =>
      age !== null && age > mostDays * 86_400
        ? `browsers keep no cookie for longer than ${mostDays} days, which is ${mostDays * 86_400} seconds`
        : null,
  },
]

const proxying =
  'have the pages hand /_allauth/ on to the server as a proxy (PUBLIC_URL is then their origin)'
const remedies = `serve both below one domain, or ${proxying}, or use the app client and set HEADLESS_CLIENTS to it`

/** What browsers will do to the cookies of a server with these settings, a sentence each. */
export async function cookieWarnings(settings: Settings): Promise<string[]> {
  if (!settings.headless.clients.includes('browser')) return []
  const cookies = browserCookies(settings)
  const deployment = await readDeployment(settings, cookies)
  return checks.flatMap((check) => warningsOf(check, cookies, deployment))
}

/** What is the same of several cookies is said once. */
function warningsOf(
  { members, find }: CookieCheck,
  cookies: readonly BrowserCookie[],
  deployment: Deployment,
): string[] {
  const namesByMessage = new Map<string, string[]>()
  for (const cookie of cookies) {
    const message = find(cookie, deployment)
    if (message === null || isLikeSession(cookie, members, cookies)) continue
    const names = members.map((member) => `${cookie.prefix}_${member.toUpperCase()}`)
    namesByMessage.set(message, [...(namesByMessage.get(message) ?? []), ...names])
  }
  return [...namesByMessage].map(([message, names]) => `${names.join(', ')}: ${message}`)
}

/** The settings of trusted browsers are those of the session where they are not given. */
function isLikeSession(
  cookie: BrowserCookie,
  members: CookieCheck['members'],
  [session]: readonly BrowserCookie[],
): boolean {
  if (cookie.prefix !== 'MFA_TRUST_COOKIE') return false
  return members.every((member) => cookie[member] === session?.[member])
}

function mayBeSecure({ secure }: BrowserCookie, { mayBeHttps }: Deployment): boolean {
  return secure ?? mayBeHttps
}

function hasNothingBelow(domain: string | null): boolean {
  return domain !== null && (domain === 'localhost' || isIP(domain) !== 0)
}

function isWithin(host: string, domain: string): boolean {
  return hasNothingBelow(domain) || host === domain || host.endsWith(`.${domain}`)
}

function hasPrefix({ name }: BrowserCookie, prefix: string): boolean {
  return name.toLowerCase().startsWith(prefix)
}

/** Browsers take http for safe there. */
function isOwnMachine({ hostname }: URL): boolean {
  return /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname)
}

/** Whether a cookie of this path is sent to the path `target`. */
function isBelowPath(target: string, path: string): boolean {
  return target === path || target.startsWith(path.endsWith('/') ? path : `${path}/`)
}

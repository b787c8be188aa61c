import type { RequestHead } from '../http/transport.ts'
import type { ServerSettings } from '../settings/settings.ts'

interface CookieAttributes {
  maxAgeSeconds: number | null
  domain: string | null
  path: string
  isSecure: boolean
  isHttpOnly: boolean
  sameSite: 'Strict' | 'Lax' | 'None' | null
}

/** The first cookie of this name: browsers send the one with the most specific path first. */
export function readCookie(request: RequestHead, name: string): string | undefined {
  return cookieIn(request.header('cookie'), name)
}

/** The same, in the value of a `Cookie` header. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  if (!header) return undefined
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim()
  }
  return undefined
}

/** The `Set-Cookie` value that keeps a session, for as long as that can last. */
export function sessionCookie(
  { token, secondsLeft }: { token: string; secondsLeft: number },
  settings: ServerSettings,
  isHttps: boolean,
): string {
  return writeCookie(settings.sessionCookieName, token, {
    ...sessionAttributes(settings, isHttps),
    maxAgeSeconds: settings.sessionExpireAtBrowserClose ? null : secondsLeft,
  })
}

/** The `Set-Cookie` value that makes the browser forget its session. */
export function clearedSessionCookie(settings: ServerSettings, isHttps: boolean): string {
  const attributes = { ...sessionAttributes(settings, isHttps), maxAgeSeconds: 0 }
  return writeCookie(settings.sessionCookieName, '', attributes)
}

/** The `Set-Cookie` value of the token against forged requests; scripts of the page read it. */
export function csrfCookie(token: string, settings: ServerSettings, isHttps: boolean): string {
  return writeCookie(settings.csrfCookieName, token, {
    maxAgeSeconds: settings.csrfCookieAge,
    domain: settings.csrfCookieDomain,
    path: settings.csrfCookiePath,
    isSecure: settings.csrfCookieSecure ?? isHttps,
    isHttpOnly: settings.csrfCookieHttponly,
    sameSite: settings.csrfCookieSamesite,
  })
}

function sessionAttributes(settings: ServerSettings, isHttps: boolean) {
  return {
    domain: settings.sessionCookieDomain,
    path: settings.sessionCookiePath,
    isSecure: settings.sessionCookieSecure ?? isHttps,
    isHttpOnly: settings.sessionCookieHttponly,
    sameSite: settings.sessionCookieSamesite,
  }
}

/** A `Set-Cookie` value. */
export function writeCookie(name: string, value: string, attributes: CookieAttributes): string {
  const { maxAgeSeconds, domain, path, isSecure, isHttpOnly, sameSite } = attributes
  return [
    `${name}=${value}`,
    maxAgeSeconds === null ? '' : `Max-Age=${maxAgeSeconds}`,
    domain === null ? '' : `Domain=${domain}`,
    `Path=${path}`,
    isSecure ? 'Secure' : '',
    isHttpOnly ? 'HttpOnly' : '',
    sameSite === null ? '' : `SameSite=${sameSite}`,
  ]
    .filter((part) => part !== '')
    .join('; ')
}

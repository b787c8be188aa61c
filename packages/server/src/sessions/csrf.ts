import { randomBytes } from 'node:crypto'
import { equalText } from '../crypto/hash.ts'
import { isSecure, isTrustedOrigin } from '../http/hosts.ts'
import type { RequestHead } from '../http/transport.ts'
import type { ServerSettings } from '../settings/settings.ts'
import { readCookie } from './cookie.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** Why a browser's request is refused as forged; null where it is not. */
export function forgeryProblem(request: RequestHead, settings: ServerSettings): string | null {
  if (safeMethods.has(request.method)) return null
  return originProblem(request, settings) ?? tokenProblem(request, settings)
}

/** The token that the browser has, if it has one of ours, else a new one. */
export function csrfTokenFor(request: RequestHead, settings: ServerSettings): string {
  const token = readCookie(request, settings.csrfCookieName)
  return token !== undefined && isToken(token) ? token : newCsrfToken()
}

export function newCsrfToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Why a request may come from a page of somebody else, whatever token it has; null where it does not. */
export function originProblem(request: RequestHead, settings: ServerSettings): string | null {
  const origin = request.header('origin')
  if (origin !== undefined) {
    return isTrustedOrigin(origin, request, settings) ? null : 'The Origin is not trusted.'
  }
  // Without TLS anybody on the way could write any Referer; with it, it stands in for the Origin.
  if (!isSecure(request, settings)) return null
  const referer = request.header('referer') ?? ''
  const from = URL.canParse(referer) ? new URL(referer) : null
  const isTrusted = from?.protocol === 'https:' && isTrustedOrigin(from.origin, request, settings)
  return isTrusted ? null : 'Neither Origin nor Referer shows where the request comes from.'
}

function tokenProblem(request: RequestHead, settings: ServerSettings): string | null {
  const cookie = readCookie(request, settings.csrfCookieName)
  if (cookie === undefined || !isToken(cookie)) return 'The CSRF cookie is missing.'
  const header = request.header(settings.csrfHeaderName)
  if (header === undefined || !equalText(header, cookie)) {
    return 'The CSRF token in the header is missing or differs from the cookie.'
  }
  return null
}

function isToken(text: string): boolean {
  return /^[\w-]{32,64}$/.test(text)
}

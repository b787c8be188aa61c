import type { Server } from '../exchange.ts'

type Headers = [name: string, value: string][]

/** What keeps the pages from running or showing anything that is not theirs. */
export function protectiveHeaders({
  settings,
  providers,
}: Pick<Server, 'settings' | 'providers'>): Headers {
  const { portal, socialaccount } = settings
  // A form that leads to a provider is redirected there, and from there to anywhere: browsers hold every
  // step of that against the policy.
  const schemes = socialaccount.allowPrivateAddressesInsecure ? ' https: http:' : ' https:'
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data:${logoSource(portal.logoUrl)}`,
    "font-src 'self'",
    "connect-src 'self'",
    `form-action 'self'${providers.apps.length > 0 ? schemes : ''}`,
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ]
  return [
    ['content-security-policy', policy.join('; ')],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), geolocation=(), microphone=()'],
    // Keys of links stand in paths: no other site is to learn them.
    ['referrer-policy', 'same-origin'],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
  ]
}

function logoSource(logoUrl: string | null): string {
  const url = logoUrl === null ? null : URL.parse(logoUrl)
  return url ? ` ${url.origin}` : ''
}

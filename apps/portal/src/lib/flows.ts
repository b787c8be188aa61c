import type { AuthState, Flow } from '@latchkey/client'

/** The page of every step that can wait. */
const flowPaths: Readonly<Record<Flow['id'], string>> = {
  login: '/login',
  login_by_code: '/login/code',
  mfa_authenticate: '/login/factor',
  mfa_login_webauthn: '/login',
  mfa_reauthenticate: '/account',
  mfa_signup_webauthn: '/signup/passkey',
  mfa_trust: '/login/trust',
  password_reset_by_code: '/password/reset/code',
  provider_redirect: '/login',
  provider_signup: '/provider/signup',
  provider_token: '/login',
  reauthenticate: '/account',
  signup: '/signup',
  verify_email: '/verify-email',
  verify_phone: '/verify-phone',
}

/** Where somebody in this state has to be; null where any page for those who are signed out will do. */
export function pathFor(state: AuthState, next: string | null): string | null {
  if (state.status === 'pending') return flowPaths[state.pending.id]
  if (state.status === 'signed-in' || state.status === 'reauthentication') return next ?? '/account'
  return null
}

/** The page to go on to afterwards, from the address; only one of these pages. */
export function nextIn(search: string): string | null {
  const next = new URLSearchParams(search).get('next')
  if (!next?.startsWith('/') || !URL.canParse(next, location.origin)) return null
  // As the browser reads it, who takes more for two slashes than these.
  const { origin, pathname, search: query } = new URL(next, location.origin)
  return origin === location.origin && isPage(pathname) ? pathname + query : null
}

/** The paths of these pages are plain words; those of signing in lead nowhere afterwards. */
function isPage(path: string): boolean {
  const isForSignedOut = /^\/(login|signup|verify-email|verify-phone|password|provider)(\/|$)/i
  return /^(\/[\w-]+)+\/?$/.test(path) && !isForSignedOut.test(path)
}

/** A page of these, with the one to go on to afterwards kept in its address. */
export function withNext(path: string, search: string): string {
  const next = nextIn(search)
  return next === null ? path : `${path}?${new URLSearchParams({ next })}`
}

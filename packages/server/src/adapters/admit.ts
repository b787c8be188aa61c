import { type Auth, assembledOf } from '../auth.ts'
import { CsrfError } from '../guard/csrf-error.ts'
import { checkSession, unauthorizedAnswer } from '../guard/guard.ts'
import type { UserSession } from '../guard/user-session.ts'
import { plainAnswer, type RequestHead, type TransportAnswer } from '../http/transport.ts'

/** How middleware looks at a request. */
export interface GuardOptions {
  /**
   * False: requests that change something are not checked for being forged. Right only where another
   * check of yours has passed them.
   * @defaultValue true
   */
  csrf?: boolean
}

/** How middleware treats people who are not signed in. */
export interface RequireUserOptions extends GuardOptions {
  /**
   * The path of the page to sign in at. Who wants a page (`GET` with `Accept: text/html`) is sent
   * there, with the way back in the query as `next`; everybody else gets 401.
   * @defaultValue 401 for everybody
   */
  signInPage?: string
}

/** A request that waits to be let through to a route. */
export interface Entrant {
  head: RequestHead
  /** Path and query. */
  target: string
  /** Reads the token against forged requests from the body of a form. */
  readToken: () => unknown
}

/** Either goes on with the session, or is answered at once. */
export type Admission<Admitted> = { session: Admitted } | { answer: TransportAnswer }

/** Lets anybody through but forged requests. */
export async function admitAnyone(
  auth: Auth,
  { head, readToken }: Entrant,
  { csrf = true }: GuardOptions,
): Promise<Admission<UserSession | null>> {
  const { server } = assembledOf(auth)
  try {
    return { session: await checkSession(server, head, { isOn: csrf, readToken }) }
  } catch (error) {
    if (!(error instanceof CsrfError)) throw error
    return { answer: plainAnswer(error.status, error.message) }
  }
}

/** Lets users through. */
export async function admitUser(
  auth: Auth,
  entrant: Entrant,
  options: RequireUserOptions,
): Promise<Admission<UserSession>> {
  const admission = await admitAnyone(auth, entrant, options)
  if ('answer' in admission) return admission
  const { session } = admission
  if (session !== null) return { session }
  const { signInPage } = options
  if (signInPage !== undefined && wantsPage(entrant.head)) {
    return { answer: seeOther(signInUrl(signInPage, entrant.target)) }
  }
  return { answer: await unauthorizedAnswer(assembledOf(auth).server, entrant.head) }
}

/** Where to sign in and come back from. A path that starts like a host is made one of this site. */
function signInUrl(page: string, target: string): string {
  const next = `/${target.replace(/^[/\\]+/, '')}`
  return `${page}${page.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`
}

function wantsPage({ method, header }: RequestHead): boolean {
  const isRead = method === 'GET' || method === 'HEAD'
  return isRead && (header('accept') ?? '').includes('text/html')
}

function seeOther(location: string): TransportAnswer {
  const headers: [string, string][] = [
    ['location', location],
    ['cache-control', 'no-store'],
    ['vary', 'Cookie, Accept'],
  ]
  return { status: 303, headers, body: '' }
}

/** The token in a body that a framework has parsed. */
export function tokenIn(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null && field in body
    ? Object.getOwnPropertyDescriptor(body, field)?.value
    : undefined
}

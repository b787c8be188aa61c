import { requireRecentProof } from '../authentication/recent.ts'
import { ReauthenticationRequired } from '../errors.ts'
import type { Exchange, Server, Session, SessionUser } from '../exchange.ts'
import { type Answer, answerText } from '../http/answers.ts'
import { isSecure } from '../http/hosts.ts'
import { jsonAnswer, type RequestHead, type TransportAnswer } from '../http/transport.ts'
import { noteActivity } from '../sessions/activity.ts'
import { csrfCookie, readCookie } from '../sessions/cookie.ts'
import { csrfTokenFor, forgeryProblem, originProblem } from '../sessions/csrf.ts'
import { reauthenticationState, unauthenticated } from '../sessions/state.ts'
import { CsrfError } from './csrf-error.ts'
import { describeSession, type UserSession } from './user-session.ts'
import { openVisit, type Visit } from './visit.ts'

/** How a session check protects from forged requests. */
export interface ForgeryCheck {
  /** False: not at all. */
  isOn: boolean
  /** Reads the token from the body; asked only where it decides. */
  readToken: () => unknown
}

/** What a page needs to send requests that pass as its own. */
export interface CsrfToken {
  /** Belongs into the header `X-CSRFToken`, or into a form's field `csrfmiddlewaretoken`. */
  token: string
  /** A `Set-Cookie` value that has to go out with the page; null if the browser has the cookie. */
  setCookie: string | null
}

/**
 * Who sent the request; null where nobody is signed in.
 * @throws CsrfError where it would change something and may be forged.
 */
export async function checkSession(
  server: Server,
  head: RequestHead,
  check: ForgeryCheck,
): Promise<UserSession | null> {
  const visit = await openVisit(server, head)
  const { session, client } = visit.ctx
  if (!hasUser(session)) return null
  const { credential } = visit
  if (credential === 'cookie' && check.isOn) await refuseForged(visit, check)
  noteIdleTimeUse(visit)
  return describeSession(session, { client, credential, settings: server.settings })
}

/** The answer of the API to whoever is not signed in: 401 with what can be begun and what waits. */
export async function unauthorizedAnswer(
  server: Server,
  head: RequestHead,
): Promise<TransportAnswer> {
  const { ctx } = await openVisit(server, head)
  return deliver(ctx, await unauthenticated(ctx, 401))
}

/** The answer that asks for a fresh proof; null where the last one is recent enough. */
export async function reauthenticationAnswer(
  server: Server,
  head: RequestHead,
): Promise<TransportAnswer | null> {
  const { ctx } = await openVisit(server, head)
  if (!ctx.session.user) return deliver(ctx, await unauthenticated(ctx, 401))
  try {
    await requireRecentProof(ctx)
    return null
  } catch (error) {
    if (!(error instanceof ReauthenticationRequired)) throw error
    return deliver(ctx, await reauthenticationState(ctx))
  }
}

/** The token that the browser has, or a new one with its cookie. */
export function issueCsrfToken({ settings }: Server, head: RequestHead): CsrfToken {
  const token = csrfTokenFor(head, settings.server)
  const hasCookie = readCookie(head, settings.server.csrfCookieName) === token
  const isHttps = isSecure(head, settings.server)
  return { token, setCookie: hasCookie ? null : csrfCookie(token, settings.server, isHttps) }
}

function hasUser(session: Session): session is Session & { user: SessionUser } {
  return session.user !== null
}

/**
 * Keeps a session that ends when it is idle, as the API does: later, and rarely. From where it was used
 * is not noted, for only the API knows that for sure.
 */
function noteIdleTimeUse({ ctx }: Visit): void {
  const { server, session, client } = ctx
  noteActivity(server, { ...session, user: null }, { client, ip: '', userAgent: '' })
}

async function refuseForged({ ctx, head }: Visit, { readToken }: ForgeryCheck): Promise<void> {
  const settings = ctx.server.settings.server
  if (forgeryProblem(head, settings) === null) return
  // What comes from elsewhere is not even read.
  const elsewhere = originProblem(head, settings)
  if (elsewhere !== null) throw new CsrfError(explain(elsewhere, head))
  const token = await readToken()
  const name = settings.csrfHeaderName
  const hasToken = typeof token === 'string' && token !== ''
  const header = (it: string) => (it === name && hasToken ? token : head.header(it))
  const problem = forgeryProblem({ ...head, header }, settings)
  if (problem !== null) throw new CsrfError(explain(problem, head))
}

function explain(problem: string, { method }: RequestHead): string {
  if (method !== '') return problem
  return `${problem} The request has no method; pass "GET" where it changes nothing.`
}

function deliver({ client }: Exchange, answer: Answer): TransportAnswer {
  const answered = jsonAnswer(answer.status, answerText(answer))
  if (client === 'browser') answered.headers.push(['vary', 'Cookie'])
  return answered
}

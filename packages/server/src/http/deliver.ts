import type { Exchange, Session } from '../exchange.ts'
import { clearedSessionCookie, csrfCookie, readCookie, sessionCookie } from '../sessions/cookie.ts'
import { csrfTokenFor, newCsrfToken } from '../sessions/csrf.ts'
import { secondsLeft } from '../sessions/lifetime.ts'
import { type Answer, answerText, describeTokens } from './answers.ts'
import { isSecure } from './hosts.ts'
import {
  jsonAnswer,
  redirectAnswer,
  type TransportAnswer,
  type TransportRequest,
} from './transport.ts'

/** Puts an answer on the wire, with what the client has to keep of its session. */
export function deliver(ctx: Exchange, request: TransportRequest, answer: Answer): TransportAnswer {
  const isApp = ctx.client === 'app'
  const told = isApp ? withTokens(answer, ctx.session) : answer
  const answered =
    told.status === 302 ? redirectAnswer() : jsonAnswer(told.status, answerText(told))
  answered.headers.push(...Object.entries(told.headers ?? {}))
  return withCookies(ctx, request, answered)
}

/** Adds what a browser has to keep; an app keeps no cookies. */
export function withCookies(
  ctx: Exchange,
  request: TransportRequest,
  answered: TransportAnswer,
): TransportAnswer {
  if (ctx.client === 'app') return answered
  const cookies = cookiesFor(ctx, request).map((it): [string, string] => ['set-cookie', it])
  return { ...answered, headers: [...answered.headers, ...cookies, ['vary', 'Cookie']] }
}

/** A token is told once, when it is new. */
function withTokens(answer: Answer, { newToken, appTokens }: Session): Answer {
  if (newToken === null) return answer
  const meta = { ...answer.meta, session_token: newToken, ...describeTokens(appTokens) }
  return { ...answer, meta }
}

function cookiesFor(ctx: Exchange, request: TransportRequest): string[] {
  const settings = ctx.server.settings.server
  const isHttps = isSecure(request, settings)
  const { newToken, id, hasSignedIn } = ctx.session
  const csrf = hasSignedIn ? newCsrfToken() : csrfTokenFor(request, settings)
  const cookies = [csrfCookie(csrf, settings, isHttps)]
  const had = readCookie(request, settings.sessionCookieName)
  const kept = newToken ?? (ctx.session.wasSaved ? had : undefined)
  if (kept !== undefined) {
    const left = secondsLeft(ctx.session, ctx.server.now(), settings)
    cookies.push(sessionCookie({ token: kept, secondsLeft: left }, settings, isHttps))
  } else if (had !== undefined && id === null) cookies.push(clearedSessionCookie(settings, isHttps))
  return cookies
}

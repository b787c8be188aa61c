import type { Server } from '../exchange.ts'
import { toResponse } from '../http/web.ts'
import {
  type CsrfToken,
  checkSession,
  issueCsrfToken,
  reauthenticationAnswer,
  unauthorizedAnswer,
} from './guard.ts'
import { type GuardedRequest, headOf } from './request.ts'
import type { UserSession } from './user-session.ts'

/** How `getSession` looks at a request. */
export interface SessionOptions {
  /**
   * False: requests that change something are not checked for being forged. Right only where the
   * request passed another check, as that of your framework, or where nothing is changed in spite of
   * its method.
   * @defaultValue true
   */
  csrf?: boolean
  /**
   * The token from the body, as a form without JavaScript sends it: what its field
   * `csrfmiddlewaretoken` holds, or a function that reads it. It is asked only where the header
   * `X-CSRFToken` does not decide. Anything but text counts as none.
   */
  csrfToken?: unknown
}

/** What protects routes of your own. */
export interface Guard {
  /**
   * Who sent a request, by `X-Session-Token`, an access token in `Authorization`, or the session
   * cookie: the first that is there decides alone. Null where nobody is signed in: the session has
   * ended, a step of the log-in is missing, or the user is inactive.
   *
   * One query, and no cache: what ended a moment ago, on whatever node, counts no more. Nothing is
   * written, but that `SESSION_IDLE_TIMEOUT`, where it is set, begins anew, as with the API.
   * @throws CsrfError (403) for a cookie with a method other than GET, HEAD, OPTIONS and TRACE, where
   * Origin or token do not show that a page of yours sent the request.
   */
  getSession(request: GuardedRequest, options?: SessionOptions): Promise<UserSession | null>
  /** The token that pages send along with what changes something; for forms made on the server. */
  csrfToken(request: GuardedRequest): CsrfToken
  /**
   * The API's answer 401 for a request without a user. It lists what can be begun, and the step that
   * a log-in waits for.
   */
  unauthorized(request: GuardedRequest): Promise<Response>
  /**
   * The API's answer 401 that asks to prove again to be the one, before something sensitive; null
   * where the last proof is younger than `ACCOUNT_REAUTHENTICATION_TIMEOUT`, or where the user has no
   * way to give one. Without a user it is the answer of `unauthorized`.
   */
  reauthentication(request: GuardedRequest): Promise<Response | null>
}

export function createGuard(server: Server): Guard {
  return {
    async getSession(request, { csrf = true, csrfToken } = {}) {
      const readToken = () => (typeof csrfToken === 'function' ? csrfToken() : csrfToken)
      return checkSession(server, headOf(request), { isOn: csrf, readToken })
    },
    csrfToken: (request) => issueCsrfToken(server, headOf(request)),
    unauthorized: async (request) => toResponse(await unauthorizedAnswer(server, headOf(request))),
    async reauthentication(request) {
      const answered = await reauthenticationAnswer(server, headOf(request))
      return answered && toResponse(answered)
    },
  }
}

import { type CookieSameSite, cookieDomain, cookieName, cookiePath, sameSite } from './cookie.ts'
import type { Parser } from './parser.ts'
import { bool, headerName, orNull, whole } from './parsers.ts'

/** The session of a browser, and the cookie and header that prove a request came from a page of ours. */
export interface ServerCookieSettings {
  /**
   * The name of the cookie that carries a browser's session.
   * @defaultValue 'sessionid'
   */
  sessionCookieName: string
  /**
   * How long a session lasts from when it was last written, in seconds, at least 1: that of a browser
   * and that of an app. Logging in and every change of what the session remembers write it, mere use
   * does not.
   * @defaultValue 1209600
   */
  sessionCookieAge: number
  /**
   * Ends a session that was not used for so long, in seconds, at least 60; it may end up to a tenth of
   * that, and a minute at most, too early. `null`: use does not count.
   * @defaultValue null
   */
  sessionIdleTimeout: number | null
  /**
   * Ends a session so long after the log-in, whatever its use, in seconds, at least 60. A log-in that
   * is under way counts from its start. `null`: there is no such limit.
   * @defaultValue null
   */
  sessionAbsoluteTimeout: number | null
  /**
   * The domain of the session cookie. `null`: the host that set it, and no other.
   * @defaultValue null
   */
  sessionCookieDomain: string | null
  /**
   * The path below which the session cookie is sent.
   * @defaultValue '/'
   */
  sessionCookiePath: string
  /**
   * Sends the session cookie over https only. `null`: when PUBLIC_URL or the request is https.
   * @defaultValue null
   */
  sessionCookieSecure: boolean | null
  /**
   * Hides the session cookie from scripts. Off: a script that gets into a page can take sessions.
   * @defaultValue true
   */
  sessionCookieHttponly: boolean
  /**
   * Which requests from other sites carry the session cookie. `null` (given as `false`) leaves the
   * attribute out.
   * @defaultValue 'Lax'
   */
  sessionCookieSamesite: CookieSameSite
  /**
   * Has the browser forget the session cookie when it is closed.
   * @defaultValue false
   */
  sessionExpireAtBrowserClose: boolean
  /**
   * The name of the cookie with the token that pages send back in a header.
   * @defaultValue 'csrftoken'
   */
  csrfCookieName: string
  /**
   * How long that cookie lasts, in seconds. `null`: until the browser is closed.
   * @defaultValue 31449600
   */
  csrfCookieAge: number | null
  /**
   * The domain of that cookie. `null`: the host that set it, and no other.
   * @defaultValue null
   */
  csrfCookieDomain: string | null
  /**
   * The path below which that cookie is sent.
   * @defaultValue '/'
   */
  csrfCookiePath: string
  /**
   * Sends that cookie over https only. `null`: when PUBLIC_URL or the request is https.
   * @defaultValue null
   */
  csrfCookieSecure: boolean | null
  /**
   * Hides that cookie from scripts. On: pages cannot read the token from the cookie.
   * @defaultValue false
   */
  csrfCookieHttponly: boolean
  /**
   * Which requests from other sites carry that cookie. `null` (given as `false`) leaves the
   * attribute out.
   * @defaultValue 'Lax'
   */
  csrfCookieSamesite: CookieSameSite
  /**
   * The header in which pages send the token back, kept in small letters. `HTTP_X_CSRFTOKEN` is
   * read as `X-CSRFToken`.
   * @defaultValue 'x-csrftoken'
   */
  csrfHeaderName: string
}

export const serverCookieDefaults: ServerCookieSettings = {
  sessionCookieName: 'sessionid',
  sessionCookieAge: 1209600,
  sessionIdleTimeout: null,
  sessionAbsoluteTimeout: null,
  sessionCookieDomain: null,
  sessionCookiePath: '/',
  sessionCookieSecure: null,
  sessionCookieHttponly: true,
  sessionCookieSamesite: 'Lax',
  sessionExpireAtBrowserClose: false,
  csrfCookieName: 'csrftoken',
  csrfCookieAge: 31449600,
  csrfCookieDomain: null,
  csrfCookiePath: '/',
  csrfCookieSecure: null,
  csrfCookieHttponly: false,
  csrfCookieSamesite: 'Lax',
  csrfHeaderName: 'x-csrftoken',
}

export const serverCookieParsers = {
  sessionCookieName: cookieName,
  sessionCookieAge: whole(1),
  sessionIdleTimeout: orNull(whole(60)),
  sessionAbsoluteTimeout: orNull(whole(60)),
  sessionCookieDomain: orNull(cookieDomain),
  sessionCookiePath: cookiePath,
  sessionCookieSecure: orNull(bool),
  sessionCookieHttponly: bool,
  sessionCookieSamesite: sameSite,
  sessionExpireAtBrowserClose: bool,
  csrfCookieName: cookieName,
  csrfCookieAge: orNull(whole(1)),
  csrfCookieDomain: orNull(cookieDomain),
  csrfCookiePath: cookiePath,
  csrfCookieSecure: orNull(bool),
  csrfCookieHttponly: bool,
  csrfCookieSamesite: sameSite,
  csrfHeaderName: headerName,
} satisfies { [K in keyof ServerCookieSettings]: Parser<ServerCookieSettings[K]> }

import { type CookieSameSite, cookieDomain, cookieName, cookiePath, sameSite } from './cookie.ts'
import type { Parser } from './parser.ts'
import { bool, orNull, whole } from './parsers.ts'

/** Browsers that are not asked for a second factor again. */
export interface MfaTrustSettings {
  /**
   * Offers to trust a browser after a second factor. Only browsers: apps have no cookies.
   * @defaultValue false
   */
  trustEnabled: boolean
  /**
   * How long a browser stays trusted, in seconds, at least 1.
   * @defaultValue 1209600
   */
  trustCookieAge: number
  /**
   * The name of the cookie by which a trusted browser is known.
   * @defaultValue 'mfa_trusted'
   */
  trustCookieName: string
  /**
   * The domain of that cookie. Not given: SESSION_COOKIE_DOMAIN.
   * @defaultValue null
   */
  trustCookieDomain: string | null
  /**
   * Hides that cookie from scripts. Not given: SESSION_COOKIE_HTTPONLY.
   * @defaultValue true
   */
  trustCookieHttponly: boolean
  /**
   * The path of that cookie. Not given: SESSION_COOKIE_PATH.
   * @defaultValue '/'
   */
  trustCookiePath: string
  /**
   * Which requests from other sites carry that cookie. Not given: SESSION_COOKIE_SAMESITE.
   * @defaultValue 'Lax'
   */
  trustCookieSamesite: CookieSameSite
  /**
   * Sends that cookie over https only. `null`: when the browser came by https. Not given:
   * SESSION_COOKIE_SECURE.
   * @defaultValue null
   */
  trustCookieSecure: boolean | null
}

export const mfaTrustDefaults: MfaTrustSettings = {
  trustEnabled: false,
  trustCookieAge: 1209600,
  trustCookieName: 'mfa_trusted',
  trustCookieDomain: null,
  trustCookieHttponly: true,
  trustCookiePath: '/',
  trustCookieSamesite: 'Lax',
  trustCookieSecure: null,
}

export const mfaTrustParsers = {
  trustEnabled: bool,
  trustCookieAge: whole(1),
  trustCookieName: cookieName,
  trustCookieDomain: orNull(cookieDomain),
  trustCookieHttponly: bool,
  trustCookiePath: cookiePath,
  trustCookieSamesite: sameSite,
  trustCookieSecure: orNull(bool),
} satisfies { [K in keyof MfaTrustSettings]: Parser<MfaTrustSettings[K]> }

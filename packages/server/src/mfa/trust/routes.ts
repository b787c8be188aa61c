import { loginAtStage, passStage } from '../../authentication/login.ts'
import type { Exchange } from '../../exchange.ts'
import type { Answer } from '../../http/answers.ts'
import { flag } from '../../http/fields.ts'
import { requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { commit } from '../../sessions/commit.ts'
import { writeCookie } from '../../sessions/cookie.ts'
import { sessionState } from '../../sessions/state.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import { trustBrowser } from '../../trusted-browsers/trust.ts'

export const trustRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'auth/2fa/trust',
    audience: 'anyone',
    stage: 'mfa_trust',
    clients: ['browser'],
    hasInput: true,
    isOn: (settings) =>
      isMfaOn(settings) && (settings.mfa.trustEnabled || settings.account.loginByCodeTrustEnabled),
    handle: answerTrust,
  },
]

async function answerTrust(ctx: Exchange): Promise<Answer> {
  const { userId } = loginAtStage(ctx)
  const { trust } = requireInput(ctx, { trust: flag({ mustBeTrue: false }) })
  await passStage(ctx, 'mfa_trust')
  // A login that has to show a factor after all has not earned it.
  const isTrusted = trust && ctx.pending.signIn === userId
  const cookie = isTrusted ? await trustBrowser(ctx, userId) : null
  await commit(ctx)
  const state = await sessionState(ctx)
  return cookie === null ? state : { ...state, headers: { 'set-cookie': trustCookie(ctx, cookie) } }
}

function trustCookie(ctx: Exchange, value: string): string {
  const { mfa } = ctx.server.settings
  return writeCookie(mfa.trustCookieName, value, {
    maxAgeSeconds: mfa.trustCookieAge,
    domain: mfa.trustCookieDomain,
    path: mfa.trustCookiePath,
    isSecure: mfa.trustCookieSecure ?? ctx.request.isSecure,
    isHttpOnly: mfa.trustCookieHttponly,
    sameSite: mfa.trustCookieSamesite,
  })
}

import { passStage, waitingLogin } from '../../authentication/login.ts'
import type { Exchange } from '../../exchange.ts'
import type { Answer } from '../../http/answers.ts'
import { flag } from '../../http/fields.ts'
import { requireInput } from '../../http/input.ts'
import type { Route } from '../../http/route.ts'
import { commit } from '../../sessions/commit.ts'
import { writeCookie } from '../../sessions/cookie.ts'
import { sessionState } from '../../sessions/state.ts'
import { trustBrowser } from '../../trusted-browsers/trust.ts'
import { isMfaOn } from '../factors.ts'

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
  const login = await waitingLogin(ctx, 'mfa_trust')
  if (!login?.userId) return sessionState(ctx)
  const { trust } = requireInput(ctx, { trust: flag({ mustBeTrue: false }) })
  const cookie = trust ? await trustBrowser(ctx, login.userId) : null
  await passStage(ctx, 'mfa_trust')
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

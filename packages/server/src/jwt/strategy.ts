import type { TokenStrategy } from '../settings/token-strategy.ts'
import { makeAccessToken, makeRefreshToken, scopeOf } from './issue.ts'
import { type Refresher, refreshTokens } from './refresh.ts'
import { insertRefreshToken } from './store.ts'
import { verifyToken } from './token.ts'

/** Signed tokens (RFC 7519) beside the session token. */
export function jwtStrategy(parts: Refresher): TokenStrategy {
  const { db, keyring, now, settings } = parts
  return {
    async issue(session) {
      const accessToken = await makeAccessToken(parts, session)
      const refresh = await makeRefreshToken(parts, session)
      await insertRefreshToken(db, refresh)
      return { accessToken, refreshToken: refresh.token }
    },
    async identify(accessToken) {
      const scope = scopeOf(settings, 'access')
      return verifyToken(keyring, accessToken, { use: 'access', scope, now: now() })
    },
    refresh: (refreshToken, context) => refreshTokens(parts, refreshToken, context),
  }
}

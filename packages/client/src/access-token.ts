import { fromBase64url } from './base64url.ts'
import { LatchkeyError } from './errors.ts'
import { forgetPair } from './keep-tokens.ts'
import type { Tabs } from './tabs.ts'
import type { TokenStore } from './token-store.ts'
import type { Answer } from './types.ts'

/** An access token that ends sooner than this is renewed, in milliseconds; of one that is short, the last third. */
const leastLeftMs = 30_000
/** How long to wait for another tab before looking again, and in all, in milliseconds. */
const pauseMs = 50
const mostWaitMs = 30_000

/** Which access token is wanted. */
export interface AccessTokenOptions {
  /** One that a service refused: another is wanted, even if this one should last. */
  refused?: string
}

/** What renewing needs. */
export interface AccessTokenParts {
  tokens: TokenStore
  tabs: Tabs
  refresh(refreshToken: string): Promise<Answer<'refreshTokens'>>
}

/**
 * Hands out an access token that still lasts, renewing it where it does not: once, however many ask at the
 * same time, in this tab or another.
 */
export function accessTokens({ tokens, tabs, refresh }: AccessTokenParts) {
  let running: Promise<string | null> | undefined
  /** How far the clock here is ahead of the server's, as the last new token showed. */
  let aheadMs = 0

  async function lasting(refused?: string): Promise<string | null> {
    const token = await tokens.get('access')
    if (token === null || token === refused) return null
    const end = timeIn(token, 'exp')
    const least = Math.min(leastLeftMs, (end - timeIn(token, 'iat')) / 3)
    return end - (Date.now() - aheadMs) > least ? token : null
  }

  async function renew(refused?: string): Promise<string | null> {
    for (let waitedMs = 0; waitedMs < mostWaitMs; waitedMs += pauseMs) {
      const kept = await lasting(refused)
      const refreshToken = kept === null ? await tokens.get('refresh') : null
      if (refreshToken === null) return kept
      const renewed = await tabs.once(refreshToken.slice(-16), () => renewBy(refreshToken, refused))
      if (renewed !== undefined) return renewed
      // Another tab does it: what it gets can be seen here before it lets go, or it got nothing.
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    throw new LatchkeyError('unavailable', 'another tab is still about to renew the token')
  }

  async function renewBy(refreshToken: string, refused?: string): Promise<string | null> {
    const answer = await refresh(refreshToken)
    // Somebody signed in or out meanwhile: what was asked for is nobody's any more.
    if ((await tokens.get('refresh')) !== refreshToken) return lasting(refused)
    if (answer.status === 200) {
      const { access_token, refresh_token } = answer.data
      await tokens.set('access', access_token)
      if (refresh_token) await tokens.set('refresh', refresh_token)
      aheadMs = Date.now() - (timeIn(access_token, 'iat') || Date.now())
      return access_token
    }
    // Null would mean that the user has to log in: which a limit, of a proxy say, does not.
    if (answer.status !== 400) throw new LatchkeyError('unavailable', 'no new token for now')
    await forgetPair(tokens)
    return null
  }

  return async function accessToken({ refused }: AccessTokenOptions = {}): Promise<string | null> {
    const kept = await lasting(refused)
    if (kept !== null) return kept
    running ??= renew(refused).finally(() => {
      running = undefined
    })
    return running
  }
}

/** A time in a token (RFC 7519 §4.1), in milliseconds since 1970; only the server knows whether it is genuine. */
function timeIn(token: string, claim: 'exp' | 'iat'): number {
  try {
    return JSON.parse(fromBase64url(token.split('.')[1] ?? ''))[claim] * 1000 || 0
  } catch {
    return 0
  }
}

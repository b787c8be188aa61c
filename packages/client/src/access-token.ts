import { forgetPair } from './keep-tokens.ts'
import type { Tabs } from './tabs.ts'
import type { TokenStore } from './token-store.ts'
import type { Answer } from './types.ts'

/** An access token that ends sooner than this is renewed, in milliseconds. */
const leastLeftMs = 30_000

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

  async function renew(): Promise<string | null> {
    // Another tab may have done it while this one waited.
    const kept = await lasting(tokens)
    const refreshToken = kept === null ? await tokens.get('refresh') : null
    if (refreshToken === null) return kept
    const answer = await refresh(refreshToken)
    if (answer.status !== 200) {
      await forgetPair(tokens)
      return null
    }
    await tokens.set('access', answer.data.access_token)
    if (answer.data.refresh_token) await tokens.set('refresh', answer.data.refresh_token)
    return answer.data.access_token
  }

  return async function accessToken(): Promise<string | null> {
    const kept = await lasting(tokens)
    if (kept !== null) return kept
    running ??= tabs.alone('refresh', renew).finally(() => {
      running = undefined
    })
    return running
  }
}

async function lasting(tokens: TokenStore): Promise<string | null> {
  const token = await tokens.get('access')
  return token !== null && endOf(token) - Date.now() > leastLeftMs ? token : null
}

/** When a token ends (RFC 7519 §4.1.4), in milliseconds since 1970; only the server knows whether it is genuine. */
function endOf(token: string): number {
  try {
    const payload = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''
    return JSON.parse(atob(payload)).exp * 1000
  } catch {
    return 0
  }
}

import type { Envelope } from './send.ts'
import type { TokenStore } from './token-store.ts'

/** Keeps what an answer hands out. Where nobody is signed in any more, no pair of tokens is of use. */
export async function keepTokens(
  tokens: TokenStore,
  { meta = {} }: Envelope,
  mayEndSession: boolean,
): Promise<void> {
  if (meta.is_authenticated === false) await (mayEndSession ? forgetTokens : forgetPair)(tokens)
  if (meta.session_token !== undefined) await tokens.set('session', meta.session_token)
  if (meta.access_token !== undefined) await tokens.set('access', meta.access_token)
  if (meta.refresh_token !== undefined) await tokens.set('refresh', meta.refresh_token)
}

/** Forgets the session and what came with it. */
export async function forgetTokens(tokens: TokenStore): Promise<void> {
  await tokens.set('session', null)
  await forgetPair(tokens)
}

export async function forgetPair(tokens: TokenStore): Promise<void> {
  await tokens.set('access', null)
  await tokens.set('refresh', null)
}

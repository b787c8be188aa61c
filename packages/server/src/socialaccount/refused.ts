import type { Exchange } from '../exchange.ts'
import { commit } from '../sessions/commit.ts'

/**
 * Writes what somebody gives up by coming from a provider, although the rest is refused: the session of
 * whoever was signed in, and the signup that waited. What they came with can be used again.
 */
export async function keepOfRefused(ctx: Exchange): Promise<void> {
  const { session, pending } = ctx
  pending.writes = []
  // No answer that is refused has a place for a new token.
  if (session.change === 'rotate') session.change = 'end'
  await commit(ctx)
}

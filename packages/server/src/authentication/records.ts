import { emit } from '../events/emit.ts'
import type { Exchange, MethodRecord } from '../exchange.ts'

// Every check of the session reads them all.
const mostRecords = 50

/** Now, as the API writes times: seconds since 1970. */
export function secondsNow(ctx: Exchange): number {
  return ctx.server.now() / 1000
}

/** Adds a proof to what the session lists. */
export function recordProof(ctx: Exchange, proof: MethodRecord): void {
  const { state } = ctx.session
  state.methods = [...(state.methods ?? []), proof].slice(-mostRecords)
}

/** Adds what somebody signed in has proved once more. */
export function recordReauthentication(ctx: Exchange, proof: MethodRecord): void {
  recordProof(ctx, proof)
  ctx.session.state.provedAt = ctx.server.now()
  const { user } = ctx.session
  if (user) emit(ctx, { type: 'reauthenticated', userId: user.id, method: proof.method })
}

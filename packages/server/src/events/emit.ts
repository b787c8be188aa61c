import type { Exchange } from '../exchange.ts'
import type { AuthEvent } from './events.ts'

/** Notes an event; it is written in the same transaction as what it tells of. */
export function emit(ctx: Exchange, event: AuthEvent): void {
  ctx.pending.events.push(event)
}

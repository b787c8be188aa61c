import { emit } from '../events/emit.ts'
import type { Exchange } from '../exchange.ts'
import type { DatabaseTransaction } from '../storage/open.ts'
import { endSessions } from './store.ts'

/** Ends every session of a user but that of the exchange, and notes how many there were. */
export async function endOtherSessions(
  ctx: Exchange,
  tx: DatabaseTransaction,
  userId: string,
): Promise<void> {
  const { session, server } = ctx
  const count = await endSessions(tx, { userId, exceptId: session.id, now: server.now() })
  if (count > 0) emit(ctx, { type: 'sessions_ended', userId, count })
}

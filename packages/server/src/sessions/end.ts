import { emit } from '../events/emit.ts'
import type { Exchange } from '../exchange.ts'
import type { DatabaseOrTransaction, DatabaseTransaction } from '../storage/open.ts'
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

/** Removes the sessions of a user that something else has ended: a read where there are none. */
export async function deleteEnded(db: DatabaseOrTransaction, userId: string): Promise<void> {
  const ended = db.selectFrom('sessions').select('id').where('user_id', '=', userId)
  if (!(await ended.where('ended_at', 'is not', null).limit(1).executeTakeFirst())) return
  await db
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('ended_at', 'is not', null)
    .execute()
}

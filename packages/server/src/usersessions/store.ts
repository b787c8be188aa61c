import type { Database, DatabaseOrTransaction } from '../storage/open.ts'

/** Ends sessions of a user at once: their credentials open nothing any more. */
export async function deleteSessions(
  db: DatabaseOrTransaction,
  userId: string,
  ids: readonly string[],
): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', userId).where('id', 'in', ids).execute()
}

/** Removes the sessions of a user that something else has ended: a read where there are none. */
export async function deleteEnded(db: Database, userId: string): Promise<void> {
  const ended = await db
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .where('ended_at', 'is not', null)
    .execute()
  const ids = ended.map(({ id }) => id)
  if (ids.length > 0) await deleteSessions(db, userId, ids)
}

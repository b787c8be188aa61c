import type { DatabaseOrTransaction } from '../storage/open.ts'

/** Ends sessions of a user at once: their credentials open nothing any more. */
export async function deleteSessions(
  db: DatabaseOrTransaction,
  userId: string,
  ids: readonly string[],
): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', userId).where('id', 'in', ids).execute()
}

import type { Database, DatabaseOrTransaction } from '../storage/open.ts'

/** A session of a user, as its owner sees it. */
export interface OwnSession {
  id: string
  number: number
  createdAt: number
  lastSeenAt: number
  ip: string
  userAgent: string
}

/** The sessions in which a user is signed in, oldest first. */
export async function listSessions(
  db: Database,
  userId: string,
  now: number,
): Promise<OwnSession[]> {
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'number', 'created_at', 'last_seen_at', 'ip', 'user_agent'])
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    ip: row.ip,
    userAgent: row.user_agent,
  }))
}

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

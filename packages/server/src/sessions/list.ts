import type { Database } from '../storage/open.ts'

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

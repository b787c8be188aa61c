import type { Database } from '../../storage/open.ts'

/** A second factor of a user, as it is stored. */
export interface StoredAuthenticator {
  id: string
  type: string
  /** Milliseconds since 1970. */
  createdAt: number
  lastUsedAt: number | null
}

/** The second factors of a user, oldest first. */
export async function listAuthenticators(
  db: Database,
  userId: string,
): Promise<StoredAuthenticator[]> {
  const rows = await db
    .selectFrom('authenticators')
    .select(['id', 'type', 'created_at', 'last_used_at'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }))
}

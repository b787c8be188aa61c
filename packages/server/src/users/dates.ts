import type { DatabaseOrTransaction } from '../storage/open.ts'

/** When a user came, and came back: milliseconds since 1970. */
export interface UserDates {
  createdAt: number
  lastLoginAt: number | null
}

/** Null where there is no such user. */
export async function findUserDates(
  db: DatabaseOrTransaction,
  id: string,
): Promise<UserDates | null> {
  const row = await db
    .selectFrom('users')
    .select(['created_at', 'last_login_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { createdAt: row.created_at, lastLoginAt: row.last_login_at } : null
}

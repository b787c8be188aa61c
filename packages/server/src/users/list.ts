import type { Database } from '../storage/open.ts'

/** A user as an operator sees it. */
export interface ListedUser {
  id: string
  username: string | null
  /** The primary address. */
  email: string | null
  is_active: boolean
  /** Milliseconds since 1970. */
  created_at: number
  last_login_at: number | null
}

/** Users in the order in which they came, `limit` at most, after the one with the id `after`. */
export async function listUsers(
  db: Database,
  { limit, after = '' }: { limit: number; after?: string },
): Promise<ListedUser[]> {
  const rows = await db
    .selectFrom('users')
    .leftJoin('email_addresses', (join) =>
      join
        .onRef('email_addresses.user_id', '=', 'users.id')
        .on('email_addresses.is_primary', '=', 1),
    )
    .select([
      'users.id',
      'users.username',
      'email_addresses.email',
      'users.is_active',
      'users.created_at',
      'users.last_login_at',
    ])
    .where('users.id', '>', after)
    .orderBy('users.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, is_active: row.is_active === 1 }))
}

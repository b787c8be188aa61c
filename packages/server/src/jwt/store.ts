import { deleteExpired } from '../storage/delete-expired.ts'
import type { Database, DatabaseOrTransaction } from '../storage/open.ts'

/** A refresh token that was handed out, as it is kept: what it says is in the token itself. */
export interface StoredRefreshToken {
  /** When it was first used; null while it was not. */
  usedAt: number | null
  /** The encrypted tokens that took its place, as long as they may be told again. */
  successor: string | null
}

export async function findRefreshToken(
  db: Database,
  jti: string,
): Promise<StoredRefreshToken | null> {
  const row = await db
    .selectFrom('refresh_tokens')
    .select(['used_at', 'sealed_successor'])
    .where('jti', '=', jti)
    .executeTakeFirst()
  return row ? { usedAt: row.used_at, successor: row.sealed_successor } : null
}

export async function insertRefreshToken(
  db: DatabaseOrTransaction,
  token: { jti: string; createdAt: number; expiresAt: number },
): Promise<void> {
  await db
    .insertInto('refresh_tokens')
    .values({
      jti: token.jti,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
      used_at: null,
      sealed_successor: null,
    })
    .execute()
}

/** Uses a token up. False where it was used before: of many at once, one is first. */
export async function useRefreshToken(
  db: DatabaseOrTransaction,
  { jti, now, successor }: { jti: string; now: number; successor: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('refresh_tokens')
    .set({ used_at: now, sealed_successor: successor })
    .where('jti', '=', jti)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Removes what has expired, and the successors that are not told any more. */
export async function sweepRefreshTokens(
  db: Database,
  { now, graceMs }: { now: number; graceMs: number },
): Promise<void> {
  await deleteExpired(db, { table: 'refresh_tokens', key: 'jti', time: 'expires_at' }, now)
  await db
    .updateTable('refresh_tokens')
    .set({ sealed_successor: null })
    .where('used_at', '<', now - graceMs)
    .where('sealed_successor', 'is not', null)
    .execute()
}

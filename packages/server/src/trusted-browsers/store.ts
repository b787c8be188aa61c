import { uuidv7 } from '../crypto/random.ts'
import { deleteExpired } from '../storage/delete-expired.ts'
import type { Database, DatabaseOrTransaction } from '../storage/open.ts'

/** A browser that a user trusts. */
export interface TrustedBrowser {
  userId: string
  tokenHash: string
  /** What has to be unchanged for the trust to last. */
  seal: string
  expiresAt: number
  ip: string
  userAgent: string
}

/** Whether the user trusts a browser that has one of these tokens. */
export async function isTrustedByUser(
  db: DatabaseOrTransaction,
  wanted: { userId: string; tokenHashes: readonly string[]; seal: string; now: number },
): Promise<boolean> {
  const row = await db
    .selectFrom('trusted_browsers')
    .select('id')
    .where('user_id', '=', wanted.userId)
    .where('token_hash', 'in', wanted.tokenHashes)
    .where('seal', '=', wanted.seal)
    .where('expires_at', '>', wanted.now)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertTrustedBrowser(
  db: DatabaseOrTransaction,
  browser: TrustedBrowser,
  now: number,
): Promise<void> {
  await db
    .insertInto('trusted_browsers')
    .values({
      id: uuidv7(now),
      user_id: browser.userId,
      token_hash: browser.tokenHash,
      seal: browser.seal,
      created_at: now,
      expires_at: browser.expiresAt,
      ip: browser.ip,
      user_agent: browser.userAgent,
    })
    .execute()
}

/** The browsers that a user trusts, oldest first, without what they are known by. */
export async function listTrustedBrowsers(
  db: DatabaseOrTransaction,
  userId: string,
  now: number,
): Promise<(Pick<TrustedBrowser, 'ip' | 'userAgent' | 'expiresAt'> & { createdAt: number })[]> {
  const rows = await db
    .selectFrom('trusted_browsers')
    .select(['ip', 'user_agent', 'created_at', 'expires_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    ip: row.ip,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }))
}

/** Ends the trust of every browser of a user. */
export async function endTrust(db: DatabaseOrTransaction, userId: string): Promise<void> {
  await db.deleteFrom('trusted_browsers').where('user_id', '=', userId).execute()
}

/** Removes the ones that are over. */
export async function sweepTrustedBrowsers(db: Database, now: number): Promise<void> {
  await deleteExpired(db, { table: 'trusted_browsers', key: 'id', time: 'expires_at' }, now)
}

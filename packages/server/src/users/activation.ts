import type { DatabaseOrTransaction } from '../storage/open.ts'
import { raiseEpoch } from './users.ts'

/** What became of a user that was to be changed: `unchanged` where it was so already. */
export type Changed = 'changed' | 'unchanged' | 'missing'

/**
 * Keeps a user from logging in, and ends every login that is under way and every link that was mailed.
 * Other transactions that change the user's rows wait for this one.
 */
export async function setInactive(db: DatabaseOrTransaction, id: string): Promise<Changed> {
  return (await raiseEpoch(db, id)) ? setActivity(db, id, 0) : 'missing'
}

/** Lets a user log in again. */
export async function setActive(db: DatabaseOrTransaction, id: string): Promise<Changed> {
  const changed = await setActivity(db, id, 1)
  if (changed === 'changed') return changed
  const row = await db.selectFrom('users').select('id').where('id', '=', id).executeTakeFirst()
  return row ? 'unchanged' : 'missing'
}

async function setActivity(
  db: DatabaseOrTransaction,
  id: string,
  isActive: 0 | 1,
): Promise<'changed' | 'unchanged'> {
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set({ is_active: isActive })
    .where('id', '=', id)
    .where('is_active', '!=', isActive)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n ? 'changed' : 'unchanged'
}

/**
 * Removes a user. Addresses, number, sessions, authenticators with their codes and trusted browsers go
 * with the row.
 */
export async function deleteUserRow(
  db: DatabaseOrTransaction,
  id: string,
): Promise<'changed' | 'missing'> {
  const { numDeletedRows } = await db
    .deleteFrom('users')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n ? 'changed' : 'missing'
}

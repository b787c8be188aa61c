import { deleteStoredKeys } from '../codes/store.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import { deleteUserRow } from './activation.ts'

/**
 * Removes a user with everything that belongs to them, but for the record of events. Sessions open
 * nothing from then on, on any node.
 */
export async function eraseUser(
  db: DatabaseOrTransaction,
  id: string,
): Promise<'changed' | 'missing'> {
  const changed = await deleteUserRow(db, id)
  await deleteStoredKeys(db, id)
  return changed
}

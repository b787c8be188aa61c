import { LostRace } from '../errors.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import { deleteEmailAddresses, listEmailAddresses } from './email-addresses.ts'
import { lockUser } from './users.ts'

/**
 * Takes password, number and other addresses from a user who has verified no address, and makes
 * worthless what was mailed. Ends every login under way. @throws LostRace if an address is verified.
 */
export async function removeUnproved(
  db: DatabaseOrTransaction,
  userId: string,
  keptEmail: string,
): Promise<void> {
  await lockUser(db, userId)
  const addresses = await listEmailAddresses(db, userId)
  if (addresses.some((it) => it.isVerified)) throw new LostRace()
  const others = addresses.filter((it) => it.email !== keptEmail)
  await deleteEmailAddresses(
    db,
    others.map(({ id }) => id),
  )
  await db
    .updateTable('email_addresses')
    .set({ is_vouched: 1 })
    .where('user_id', '=', userId)
    .execute()
  await db.deleteFrom('phone_numbers').where('user_id', '=', userId).execute()
  await db
    .updateTable('users')
    .set((eb) => ({
      password_hash: null,
      password_is_proved: 1 as const,
      password_epoch: eb('password_epoch', '+', 1),
      auth_epoch: eb('auth_epoch', '+', 1),
      deactivations: eb('deactivations', '+', 1),
    }))
    .where('id', '=', userId)
    .execute()
}

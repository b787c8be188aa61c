import type { DatabaseOrTransaction } from '../storage/open.ts'
import { selectByEmail, toUser, type User } from './users.ts'

/**
 * The active users whom mail to an address may let in: who have verified it; where nobody has, whose
 * signup claims it; else who have it as the primary one. A mistyped secondary one lets nobody in, nor a
 * primary one beside another that was verified: whoever reads the mail of either would share the account.
 */
export async function findUsersReachedBy(
  db: DatabaseOrTransaction,
  email: string,
): Promise<User[]> {
  return (await selectReachedBy(db, email)).map(toUser)
}

/**
 * The one user whom a code sent to an address is for; null where that is nobody, or where several
 * wait for the address and none has verified it.
 */
export async function findUserReachedBy(
  db: DatabaseOrTransaction,
  email: string,
): Promise<User | null> {
  const [first, second] = await selectReachedBy(db, email)
  return first && (!second || first.is_verified === 1) ? toUser(first) : null
}

async function selectReachedBy(db: DatabaseOrTransaction, email: string) {
  const rows = await selectByEmail(db, email)
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('email_addresses as others')
            .select('others.id')
            .whereRef('others.user_id', '=', 'users.id')
            .where('others.is_verified', '=', 1),
        )
        .as('has_verified'),
    )
    .execute()
  const ranked = [
    rows.filter((row) => row.is_verified === 1),
    rows.filter((row) => row.is_primary === 1 && row.signup_key !== null),
    rows.filter((row) => row.is_primary === 1),
  ]
  const reached = ranked.find((group) => group.length > 0) ?? []
  return reached.filter((row) => {
    return row.is_active === 1 && (row.is_verified === 1 || !row.has_verified)
  })
}

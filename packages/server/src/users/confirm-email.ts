import type { Settings } from '../settings/settings.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import {
  deleteEmailAddresses,
  insertEmailAddress,
  isEmailClaimed,
  listEmailAddresses,
  makePrimary,
  setVerified,
} from './email-addresses.ts'
import { lockUser } from './users.ts'

/** Whose address was proved. */
export interface Confirmation {
  userId: string
  email: string
  /** What becomes of an address that is not stored: nothing, or it is added. */
  unless: 'stored' | 'added'
}

/**
 * What came of a confirmation. `already`: it was verified before; `taken`: another user has verified
 * it; `missing`: it is not an address of the user; `full`: the user has as many as are allowed.
 */
export type Confirmed = 'confirmed' | 'already' | 'taken' | 'missing' | 'full'

/** Makes an address a verified one of its user. Of many calls at once, one is told `confirmed`. */
export async function confirmEmailAddress(
  db: DatabaseOrTransaction,
  { userId, email, unless }: Confirmation,
  { settings, now }: { settings: Settings; now: number },
): Promise<Confirmed> {
  await lockUser(db, userId)
  const { uniqueEmail: isUnique, changeEmail, maxEmailAddresses } = settings.account
  const before = await listEmailAddresses(db, userId)
  const row = before.find((it) => it.email === email)
  if (row?.isVerified) return 'already'
  if (await isEmailClaimed(db, { userId, email })) return 'taken'
  const isPrimary = !before.some((it) => it.isPrimary)
  if (row) {
    await setVerified(db, { id: row.id, email }, isUnique)
    if (isPrimary) await makePrimary(db, row)
  } else if (unless !== 'added') return 'missing'
  else {
    const isFull = maxEmailAddresses !== null && before.length >= maxEmailAddresses
    if (isFull && !changeEmail) return 'full'
    const added = { userId, email, isVerified: true, isPrimary, isUnique, isSignup: false }
    await insertEmailAddress(db, added, now)
  }
  if (changeEmail) await leaveOnly(db, userId, email)
  return 'confirmed'
}

/** Where a user has one address, the verified one takes the place of all others. */
async function leaveOnly(db: DatabaseOrTransaction, userId: string, email: string): Promise<void> {
  const addresses = await listEmailAddresses(db, userId)
  const kept = addresses.find((it) => it.email === email)
  if (!kept) return
  await deleteEmailAddresses(
    db,
    addresses.filter((it) => it !== kept).map(({ id }) => id),
  )
  await makePrimary(db, kept)
}

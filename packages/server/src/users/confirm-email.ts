import type { Settings } from '../settings/settings.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import {
  deleteEmailAddresses,
  type EmailAddress,
  insertEmailAddress,
  isEmailClaimed,
  listEmailAddresses,
  makePrimary,
  setVerified,
} from './email-addresses.ts'

/** Whose address was proved, and when. */
export interface Confirmation {
  userId: string
  email: string
  /** Whether an address that is not stored takes the place of the unverified primary one. */
  replacesPrimary?: boolean
}

/**
 * Makes an address a verified one of its user, storing it where it is not stored yet. False where
 * there was nothing left to verify or another user has verified it: of many calls, one is told true.
 */
export async function confirmEmailAddress(
  db: DatabaseOrTransaction,
  { userId, email, replacesPrimary = false }: Confirmation,
  { settings, now }: { settings: Settings; now: number },
): Promise<boolean> {
  if (await isEmailClaimed(db, { userId, email })) return false
  const { uniqueEmail, changeEmail } = settings.account
  const before = await listEmailAddresses(db, userId)
  const row = before.find((it) => it.email === email) ?? replaced(before, replacesPrimary)
  if (!row) {
    const isPrimary = before.length === 0
    const added = { userId, email, isVerified: true, isPrimary, isClaimed: uniqueEmail }
    await insertEmailAddress(db, added, now)
  } else if (!(await setVerified(db, { id: row.id, email }, uniqueEmail))) return false
  if (changeEmail) await leaveOnly(db, userId, email)
  return true
}

function replaced(addresses: readonly EmailAddress[], replacesPrimary: boolean) {
  if (!replacesPrimary) return undefined
  return addresses.find((it) => it.isPrimary && !it.isVerified)
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

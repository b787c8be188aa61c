import type { AccountSettings } from '../settings/settings.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import { insertEmailAddress } from './email-addresses.ts'
import { insertPhoneNumber, type PhoneNumber } from './phone-numbers.ts'
import { insertUser, type NewUser } from './users.ts'

/** A user with addresses, of which the first is the primary one, and number. */
export interface NewAccount extends NewUser {
  emails: readonly { email: string; isVerified: boolean }[]
  phone: PhoneNumber | null
}

/** Writes a new user with everything that belongs to it. @throws LostRace if something was taken. */
export async function insertAccount(
  db: DatabaseOrTransaction,
  { emails, phone, ...user }: NewAccount,
  { account, now }: { account: AccountSettings; now: number },
): Promise<void> {
  await insertUser(db, user, now)
  for (const [index, address] of emails.entries()) {
    const isUnique = account.uniqueEmail
    const isSignup = !mayRepeatEmail(account) && !address.isVerified
    const row = { userId: user.id, isPrimary: index === 0, isUnique, isSignup, ...address }
    await insertEmailAddress(db, row, now + index)
  }
  if (phone) await insertPhoneNumber(db, { userId: user.id, ...phone }, now)
}

/**
 * Whether an address may wait unverified in several accounts: whoever verifies it first has it. Where
 * everybody has to verify theirs, that hides enough, and strict is no different.
 */
export function mayRepeatEmail(
  account: Pick<AccountSettings, 'uniqueEmail' | 'preventEnumeration' | 'emailVerification'>,
): boolean {
  const { uniqueEmail, preventEnumeration, emailVerification } = account
  return !uniqueEmail || (preventEnumeration === 'strict' && emailVerification !== 'mandatory')
}

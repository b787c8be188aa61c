import { uuidv7 } from '../crypto/random.ts'
import { LostRace } from '../errors.ts'
import type { AccountSettings } from '../settings/settings.ts'
import { type DatabaseOrTransaction, isUniqueViolation } from '../storage/open.ts'

/** An address of a user. */
export interface EmailAddress {
  id: string
  userId: string
  email: string
  isVerified: boolean
  isPrimary: boolean
}

interface EmailAddressRow {
  id: string
  user_id: string
  email: string
  is_verified: 0 | 1
  is_primary: 0 | 1
}

const columns = ['id', 'user_id', 'email', 'is_verified', 'is_primary'] as const

function toEmailAddress(row: EmailAddressRow): EmailAddress {
  return {
    id: row.id,
    userId: row.user_id,
    email: row.email,
    isVerified: row.is_verified === 1,
    isPrimary: row.is_primary === 1,
  }
}

/** The addresses of a user, the primary one first, then the oldest. */
export async function listEmailAddresses(
  db: DatabaseOrTransaction,
  userId: string,
): Promise<EmailAddress[]> {
  const rows = await db
    .selectFrom('email_addresses')
    .select(columns)
    .where('user_id', '=', userId)
    .orderBy('is_primary', 'desc')
    .orderBy('created_at')
    .execute()
  return rows.map(toEmailAddress)
}

export async function findEmailAddress(
  db: DatabaseOrTransaction,
  id: string,
): Promise<EmailAddress | null> {
  const row = await db
    .selectFrom('email_addresses')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? toEmailAddress(row) : null
}

/** Whether anybody has the address, verified or not. */
export async function isEmailInUse(db: DatabaseOrTransaction, email: string): Promise<boolean> {
  const row = await db
    .selectFrom('email_addresses')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirst()
  return row !== undefined
}

export interface NewEmailAddress {
  userId: string
  email: string
  isVerified: boolean
  isPrimary: boolean
}

/** @throws LostRace if somebody else took the address meanwhile. */
export async function insertEmailAddress(
  db: DatabaseOrTransaction,
  address: NewEmailAddress,
  { account, now }: { account: AccountSettings; now: number },
): Promise<string> {
  const id = uuidv7(now)
  const isClaimed = account.preventEnumeration === 'strict' ? address.isVerified : true
  try {
    await db
      .insertInto('email_addresses')
      .values({
        id,
        user_id: address.userId,
        email: address.email,
        is_verified: address.isVerified ? 1 : 0,
        is_primary: address.isPrimary ? 1 : 0,
        unique_key: account.uniqueEmail && isClaimed ? address.email : null,
        created_at: now,
      })
      .execute()
    return id
  } catch (error) {
    throw isUniqueViolation(error) ? new LostRace({ cause: error }) : error
  }
}

/**
 * Makes an address a verified one of its user: the row that has it, or else, where it was changed
 * while it waited, the user's unverified primary one. False where there is nothing left to verify,
 * or somebody else has verified the same address: of many calls at once, one is told true.
 */
export async function confirmEmailAddress(
  db: DatabaseOrTransaction,
  { userId, email }: Pick<EmailAddress, 'userId' | 'email'>,
  account: AccountSettings,
): Promise<boolean> {
  const addresses = await listEmailAddresses(db, userId)
  const row =
    addresses.find((it) => it.email === email) ??
    addresses.find((it) => it.isPrimary && !it.isVerified)
  if (!row || row.isVerified || (await isClaimedByOther(db, email, row.id))) return false
  try {
    const { numUpdatedRows } = await db
      .updateTable('email_addresses')
      .set({ email, is_verified: 1, unique_key: account.uniqueEmail ? email : null })
      .where('id', '=', row.id)
      .where('is_verified', '=', 0)
      .executeTakeFirstOrThrow()
    return numUpdatedRows === 1n
  } catch (error) {
    throw isUniqueViolation(error) ? new LostRace({ cause: error }) : error
  }
}

async function isClaimedByOther(
  db: DatabaseOrTransaction,
  email: string,
  id: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('email_addresses')
    .select('id')
    .where('unique_key', '=', email)
    .where('id', '!=', id)
    .executeTakeFirst()
  return row !== undefined
}

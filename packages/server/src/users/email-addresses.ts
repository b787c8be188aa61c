import { uuidv7 } from '../crypto/random.ts'
import { LostRace } from '../errors.ts'
import { type DatabaseOrTransaction, orLostRace } from '../storage/open.ts'
import type { Holder } from './holder.ts'
import { lockUser } from './users.ts'

/** An address of a user. */
export interface EmailAddress {
  id: string
  userId: string
  email: string
  isVerified: boolean
  isPrimary: boolean
  /** Whether a provider vouched for it when the account was taken over. */
  isVouched: boolean
}

interface EmailAddressRow {
  id: string
  user_id: string
  email: string
  is_verified: 0 | 1
  is_primary: 0 | 1
  is_vouched: 0 | 1
}

const columns = ['id', 'user_id', 'email', 'is_verified', 'is_primary', 'is_vouched'] as const

function toEmailAddress(row: EmailAddressRow): EmailAddress {
  return {
    id: row.id,
    userId: row.user_id,
    email: row.email,
    isVerified: row.is_verified === 1,
    isPrimary: row.is_primary === 1,
    isVouched: row.is_vouched === 1,
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
    .orderBy('id')
    .execute()
  return rows.map(toEmailAddress)
}

/** Whether anybody has the address, verified or not. */
export async function isEmailInUse(db: DatabaseOrTransaction, email: string): Promise<boolean> {
  return (await findEmailHolder(db, email)) !== null
}

/** Who has the address: who has verified it, else the first of those who have it. */
export async function findEmailHolder(
  db: DatabaseOrTransaction,
  email: string,
): Promise<Holder | null> {
  const row = await db
    .selectFrom('email_addresses')
    .innerJoin('users', 'users.id', 'email_addresses.user_id')
    .select('users.language')
    .where('email_addresses.email', '=', email)
    .orderBy('email_addresses.is_verified', 'desc')
    .orderBy('email_addresses.id')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Whether another user has verified the address, so that this one can not. */
export async function isEmailClaimed(
  db: DatabaseOrTransaction,
  { userId, email }: Pick<EmailAddress, 'userId' | 'email'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('email_addresses')
    .select('id')
    .where('unique_key', '=', email)
    .where('user_id', '!=', userId)
    .executeTakeFirst()
  return row !== undefined
}

export interface NewEmailAddress {
  userId: string
  email: string
  isVerified: boolean
  isPrimary: boolean
  /** Whether addresses are unique: a verified one is then nobody else's. */
  isUnique: boolean
  /** Whether nobody else can sign up with it. */
  isSignup: boolean
}

/** @throws LostRace if somebody else took the address meanwhile. */
export async function insertEmailAddress(
  db: DatabaseOrTransaction,
  address: NewEmailAddress,
  now: number,
): Promise<void> {
  const values = {
    id: uuidv7(now),
    user_id: address.userId,
    email: address.email,
    is_verified: address.isVerified ? 1 : 0,
    is_primary: address.isPrimary ? 1 : 0,
    unique_key: address.isUnique && address.isVerified ? address.email : null,
    is_vouched: 0,
    signup_key: address.isSignup ? address.email : null,
    created_at: now,
  } as const
  await orLostRace(db.insertInto('email_addresses').values(values).execute())
}

/** Makes one address the primary one, and no other. @throws LostRace if it is gone. */
export async function makePrimary(db: DatabaseOrTransaction, address: EmailAddress): Promise<void> {
  const { id, userId } = address
  const { numUpdatedRows } = await db
    .updateTable('email_addresses')
    .set({ is_primary: 1 })
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new LostRace()
  await db
    .updateTable('email_addresses')
    .set({ is_primary: 0 })
    .where('user_id', '=', userId)
    .where('id', '!=', id)
    .execute()
}

/** Removes addresses of a user. */
export async function deleteEmailAddresses(
  db: DatabaseOrTransaction,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('email_addresses').where('id', 'in', ids).execute()
}

/**
 * Puts another address in the place of an unverified one. False where that was verified or removed
 * meanwhile. @throws LostRace if somebody else took the other one.
 */
export async function replaceUnverified(
  db: DatabaseOrTransaction,
  { id }: EmailAddress,
  { email, isSignup }: Pick<NewEmailAddress, 'email' | 'isSignup'>,
): Promise<boolean> {
  const update = db
    .updateTable('email_addresses')
    .set({ email, is_vouched: 0, signup_key: isSignup ? email : null })
    .where('id', '=', id)
    .where('is_verified', '=', 0)
    .executeTakeFirstOrThrow()
  return (await orLostRace(update)).numUpdatedRows === 1n
}

/** Marks one as verified. @throws LostRace if somebody else has it now. */
export async function setVerified(
  db: DatabaseOrTransaction,
  { id, email }: Pick<EmailAddress, 'id' | 'email'>,
  isUnique: boolean,
): Promise<void> {
  const update = db
    .updateTable('email_addresses')
    .set({ email, is_verified: 1, unique_key: isUnique ? email : null, signup_key: null })
    .where('id', '=', id)
    .where('is_verified', '=', 0)
    .execute()
  await orLostRace(update)
}

/**
 * Has a transaction go on only if a user's addresses are still those that it was decided for.
 * @throws LostRace if they are not.
 */
export async function requireUnchangedAddresses(
  db: DatabaseOrTransaction,
  userId: string,
  seen: readonly EmailAddress[],
): Promise<void> {
  await lockUser(db, userId)
  const now = await listEmailAddresses(db, userId)
  if (JSON.stringify(now) !== JSON.stringify(seen)) throw new LostRace()
}

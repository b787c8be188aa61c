import { uuidv7 } from '../crypto/random.ts'
import { type DatabaseOrTransaction, orLostRace } from '../storage/open.ts'
import type { Holder } from './holder.ts'

/** The number of a user, as E.164. */
export interface PhoneNumber {
  phone: string
  isVerified: boolean
}

export async function findPhoneNumber(
  db: DatabaseOrTransaction,
  userId: string,
): Promise<PhoneNumber | null> {
  const row = await db
    .selectFrom('phone_numbers')
    .select(['phone', 'is_verified'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row ? { phone: row.phone, isVerified: row.is_verified === 1 } : null
}

export async function isPhoneInUse(db: DatabaseOrTransaction, phone: string): Promise<boolean> {
  return (await findPhoneHolder(db, phone)) !== null
}

/** Whether the number is another user's. */
export async function isPhoneClaimed(
  db: DatabaseOrTransaction,
  { userId, phone }: Pick<PhoneNumber, 'phone'> & { userId: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('phone_numbers')
    .select('user_id')
    .where('phone', '=', phone)
    .executeTakeFirst()
  return row !== undefined && row.user_id !== userId
}

/** Who has the number. */
export async function findPhoneHolder(
  db: DatabaseOrTransaction,
  phone: string,
): Promise<Holder | null> {
  const row = await db
    .selectFrom('phone_numbers')
    .innerJoin('users', 'users.id', 'phone_numbers.user_id')
    .select('users.language')
    .where('phone_numbers.phone', '=', phone)
    .executeTakeFirst()
  return row ?? null
}

/** @throws LostRace if somebody else took the number meanwhile. */
export async function insertPhoneNumber(
  db: DatabaseOrTransaction,
  { userId, phone, isVerified }: PhoneNumber & { userId: string },
  now: number,
): Promise<void> {
  const written = db
    .insertInto('phone_numbers')
    .values({
      id: uuidv7(now),
      user_id: userId,
      phone,
      is_verified: isVerified ? 1 : 0,
      created_at: now,
    })
    .execute()
  await orLostRace(written)
}

/** Marks the user's number as verified, if it still is the user's. */
export async function markPhoneVerified(
  db: DatabaseOrTransaction,
  userId: string,
  phone: string,
): Promise<'confirmed' | 'already' | 'missing'> {
  const number = await findPhoneNumber(db, userId)
  if (number?.phone !== phone) return 'missing'
  if (number.isVerified) return 'already'
  await db
    .updateTable('phone_numbers')
    .set({ is_verified: 1 })
    .where('user_id', '=', userId)
    .where('phone', '=', phone)
    .execute()
  return 'confirmed'
}

/**
 * Puts another number in the place of an unverified one. False where that was verified or removed
 * meanwhile. @throws LostRace if somebody else took the other one.
 */
export async function replaceUnverifiedNumber(
  db: DatabaseOrTransaction,
  userId: string,
  phone: string,
): Promise<boolean> {
  const update = db
    .updateTable('phone_numbers')
    .set({ phone })
    .where('user_id', '=', userId)
    .where('is_verified', '=', 0)
    .executeTakeFirstOrThrow()
  return (await orLostRace(update)).numUpdatedRows === 1n
}

/**
 * Makes a number that is proved the one of its user. False where it is somebody else's.
 * @throws LostRace if somebody else took it meanwhile.
 */
export async function savePhoneNumber(
  db: DatabaseOrTransaction,
  number: { userId: string; phone: string },
  now: number,
): Promise<boolean> {
  const { userId, phone } = number
  if (await isPhoneClaimed(db, number)) return false
  if (!(await findPhoneNumber(db, userId))) {
    await insertPhoneNumber(db, { ...number, isVerified: true }, now)
    return true
  }
  const written = db
    .updateTable('phone_numbers')
    .set({ phone, is_verified: 1 })
    .where('user_id', '=', userId)
    .execute()
  await orLostRace(written)
  return true
}

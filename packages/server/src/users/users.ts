import type { SessionUser } from '../exchange.ts'
import { type DatabaseOrTransaction, orLostRace } from '../storage/open.ts'
import { usernameKey } from './spelling.ts'

/** A user as a login looks at it. */
export interface User {
  id: string
  username: string | null
  passwordHash: string | null
  /** Changes with the password, but not where the same one is hashed anew. */
  passwordEpoch: number
  isActive: boolean
  /** Changes when every login under way has to end. */
  epoch: number
  /** How often it was deactivated, or all that was mailed before was voided otherwise. */
  deactivations: number
  /** False where the password may be of a stranger who signed up with this user's address. */
  isPasswordProved: boolean
  /** The language that they have chosen for messages; null where none. */
  language: string | null
}

// Each of them costs a hash at login; where addresses are unique there is one.
const mostWithOneAddress = 10

const columns = [
  'users.id',
  'users.username',
  'users.password_hash',
  'users.password_epoch',
  'users.is_active',
  'users.auth_epoch',
  'users.deactivations',
  'users.password_is_proved',
  'users.language',
] as const

interface UserRow {
  id: string
  username: string | null
  password_hash: string | null
  password_epoch: number
  is_active: 0 | 1
  auth_epoch: number
  deactivations: number
  password_is_proved: 0 | 1
  language: string | null
}

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    passwordHash: row.password_hash,
    passwordEpoch: row.password_epoch,
    isActive: row.is_active === 1,
    epoch: row.auth_epoch,
    deactivations: row.deactivations,
    isPasswordProved: row.password_is_proved === 1,
    language: row.language,
  }
}

export async function findUserById(db: DatabaseOrTransaction, id: string): Promise<User | null> {
  const row = await db.selectFrom('users').select(columns).where('id', '=', id).executeTakeFirst()
  return row ? toUser(row) : null
}

export async function findUserByUsername(
  db: DatabaseOrTransaction,
  username: string,
): Promise<User | null> {
  const row = await db
    .selectFrom('users')
    .select(columns)
    .where('username_key', '=', usernameKey(username))
    .executeTakeFirst()
  return row ? toUser(row) : null
}

/** Everybody who has the address; where somebody has verified it, only who has. */
export async function findUsersByEmail(db: DatabaseOrTransaction, email: string): Promise<User[]> {
  const rows = await selectByEmail(db, email).execute()
  const isAnyVerified = rows[0]?.is_verified === 1
  return rows.filter((row) => row.is_verified === 1 || !isAnyVerified).map(toUser)
}

/** The accounts that have an address, with how they have it; who has verified it comes first. */
export function selectByEmail(db: DatabaseOrTransaction, email: string) {
  return db
    .selectFrom('email_addresses')
    .innerJoin('users', 'users.id', 'email_addresses.user_id')
    .select([
      ...columns,
      'email_addresses.is_verified',
      'email_addresses.is_primary',
      'email_addresses.signup_key',
    ])
    .where('email_addresses.email', '=', email)
    .orderBy('email_addresses.is_verified', 'desc')
    .orderBy('email_addresses.created_at')
    .orderBy('email_addresses.id')
    .limit(mostWithOneAddress)
}

export async function findUserByPhone(
  db: DatabaseOrTransaction,
  phone: string,
): Promise<User | null> {
  const row = await db
    .selectFrom('phone_numbers')
    .innerJoin('users', 'users.id', 'phone_numbers.user_id')
    .select(columns)
    .where('phone_numbers.phone', '=', phone)
    .executeTakeFirst()
  return row ? toUser(row) : null
}

/** What sessions and answers say of a user; null where there is none or it is not active. */
export async function loadSessionUser(
  db: DatabaseOrTransaction,
  id: string,
): Promise<SessionUser | null> {
  const row = await db
    .selectFrom('users')
    .leftJoin('email_addresses', (join) =>
      join
        .onRef('email_addresses.user_id', '=', 'users.id')
        .on('email_addresses.is_primary', '=', 1),
    )
    .select([
      'users.id',
      'users.username',
      'users.password_hash',
      'users.language',
      'email_addresses.email',
    ])
    .where('users.id', '=', id)
    .where('users.is_active', '=', 1)
    .executeTakeFirst()
  if (!row) return null
  const { username, email, language } = row
  return { id, username, email, hasPassword: row.password_hash !== null, language }
}

export interface NewUser {
  id: string
  username: string | null
  passwordHash: string | null
  isActive: boolean
  /** @defaultValue null */
  language?: string | null
}

/** @throws LostRace if the username was taken meanwhile. */
export async function insertUser(
  db: DatabaseOrTransaction,
  user: NewUser,
  now: number,
): Promise<void> {
  const written = db
    .insertInto('users')
    .values({
      id: user.id,
      username: user.username,
      username_key: user.username === null ? null : usernameKey(user.username),
      password_hash: user.passwordHash,
      is_active: user.isActive ? 1 : 0,
      password_epoch: 0,
      auth_epoch: 0,
      deactivations: 0,
      password_is_proved: 1,
      language: user.language ?? null,
      created_at: now,
      last_login_at: null,
    })
    .execute()
  await orLostRace(written)
}

/** Puts a hash in the place of the one that was read before: false where it has changed since. */
export async function replacePasswordHash(
  db: DatabaseOrTransaction,
  { id, from, to, isNew }: { id: string; from: string | null; to: string; isNew: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set((eb) => ({
      password_hash: to,
      ...(isNew && {
        password_is_proved: 1 as const,
        password_epoch: eb('password_epoch', '+', 1),
      }),
    }))
    .where('id', '=', id)
    .where('password_hash', from === null ? 'is' : '=', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Notes that a password may be a stranger's, who signed up with an address of somebody else. */
export async function distrustPassword(db: DatabaseOrTransaction, id: string): Promise<void> {
  await db
    .updateTable('users')
    .set({ password_is_proved: 0 })
    .where('id', '=', id)
    .where('password_hash', 'is not', null)
    .execute()
}

/** Notes that whoever has the password has shown to read the mail of the account, too. */
export async function trustPassword(db: DatabaseOrTransaction, id: string): Promise<void> {
  await db.updateTable('users').set({ password_is_proved: 1 }).where('id', '=', id).execute()
}

/** How a user was when a login began; the password only where it was given. */
type LoginBegun = Pick<User, 'epoch'> & Partial<Pick<User, 'passwordEpoch'>>

/**
 * Notes a login: false where the user is not active any more, every login has had to end, or the
 * password that it began with is not the current one.
 */
export async function noteLogin(
  db: DatabaseOrTransaction,
  login: Pick<User, 'id'> & LoginBegun,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set({ last_login_at: now })
    .where('id', '=', login.id)
    .where((eb) => eb.and(sinceLogin(login)))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** What a user still has to be for a login that is under way: nothing was done to end it. */
export function sinceLogin({ epoch, passwordEpoch }: LoginBegun) {
  return {
    is_active: 1 as const,
    auth_epoch: epoch,
    ...(passwordEpoch !== undefined && { password_epoch: passwordEpoch }),
  }
}

/**
 * Ends every login of the user that is under way, and every link that was mailed: also one to an address that
 * somebody else has added to come back with.
 */
export async function raiseEpoch(db: DatabaseOrTransaction, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('users')
    .set((eb) => ({
      auth_epoch: eb('auth_epoch', '+', 1),
      deactivations: eb('deactivations', '+', 1),
    }))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/**
 * Has other transactions that change this user's rows wait for this one; those as well that add a row which
 * belongs to the user, for the foreign key looks at the row that is locked.
 */
export async function lockUser(db: DatabaseOrTransaction, id: string): Promise<void> {
  await db.selectFrom('users').select('id').where('id', '=', id).forUpdate().execute()
}

import { LostRace } from '../errors.ts'
import type { SessionUser } from '../exchange.ts'
import { type DatabaseOrTransaction, isUniqueViolation } from '../storage/open.ts'

/** A user as a login looks at it. */
export interface User {
  id: string
  username: string | null
  passwordHash: string | null
  isActive: boolean
}

const columns = ['users.id', 'users.username', 'users.password_hash', 'users.is_active'] as const

interface UserRow {
  id: string
  username: string | null
  password_hash: string | null
  is_active: 0 | 1
}

function toUser(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    passwordHash: row.password_hash,
    isActive: row.is_active === 1,
  }
}

/** The username as it is compared: compatibility forms and case make no difference. */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase()
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

/** Everybody who has the address, whoever has verified it first. */
export async function findUsersByEmail(db: DatabaseOrTransaction, email: string): Promise<User[]> {
  const rows = await db
    .selectFrom('email_addresses')
    .innerJoin('users', 'users.id', 'email_addresses.user_id')
    .select(columns)
    .where('email_addresses.email', '=', email)
    .orderBy('email_addresses.is_verified', 'desc')
    .orderBy('email_addresses.created_at')
    .limit(10)
    .execute()
  return rows.map(toUser)
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
    .select(['users.id', 'users.username', 'users.password_hash', 'email_addresses.email'])
    .where('users.id', '=', id)
    .where('users.is_active', '=', 1)
    .executeTakeFirst()
  if (!row) return null
  const { username, email } = row
  return { id, username, email, hasPassword: row.password_hash !== null }
}

export interface NewUser {
  id: string
  username: string | null
  passwordHash: string | null
  isActive: boolean
}

/** @throws LostRace if the username was taken meanwhile. */
export async function insertUser(
  db: DatabaseOrTransaction,
  user: NewUser,
  now: number,
): Promise<void> {
  try {
    await db
      .insertInto('users')
      .values({
        id: user.id,
        username: user.username,
        username_key: user.username === null ? null : usernameKey(user.username),
        password_hash: user.passwordHash,
        is_active: user.isActive ? 1 : 0,
        created_at: now,
        last_login_at: null,
      })
      .execute()
  } catch (error) {
    throw isUniqueViolation(error) ? new LostRace({ cause: error }) : error
  }
}

export async function setPasswordHash(
  db: DatabaseOrTransaction,
  id: string,
  hash: string | null,
): Promise<void> {
  await db.updateTable('users').set({ password_hash: hash }).where('id', '=', id).execute()
}

export async function noteLogin(db: DatabaseOrTransaction, id: string, now: number): Promise<void> {
  await db.updateTable('users').set({ last_login_at: now }).where('id', '=', id).execute()
}

import { randomNumber, uuidv7 } from '../crypto/random.ts'
import type { AuthenticatorType } from '../settings/mfa.ts'
import { insertIfAbsent } from '../storage/insert-if-absent.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'

/** What a user can prove a login with besides the password, as it is stored. */
export interface Authenticator {
  id: string
  /** What the API calls it. */
  number: number
  userId: string
  type: AuthenticatorType
  /** False for what does not guard a login but only stands in for what does. */
  isFactor: boolean
  /** The sealed JSON of what its type needs. */
  data: string
  /** Milliseconds since 1970. */
  createdAt: number
  lastUsedAt: number | null
}

/** An authenticator that is to be stored. */
export type NewAuthenticator = Omit<Authenticator, 'createdAt' | 'lastUsedAt'> & {
  /** What there can be once only. */
  uniqueKey: string
}

const columns = [
  'id',
  'number',
  'user_id',
  'type',
  'is_factor',
  'data',
  'created_at',
  'last_used_at',
] as const

interface Row {
  id: string
  number: number
  user_id: string
  type: string
  is_factor: 0 | 1
  data: string
  created_at: number
  last_used_at: number | null
}

function toAuthenticator(row: Row): Authenticator {
  return {
    id: row.id,
    number: row.number,
    userId: row.user_id,
    // Only the kinds of the API are ever written.
    type: row.type as AuthenticatorType,
    isFactor: row.is_factor === 1,
    data: row.data,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }
}

/** The id and number of a new authenticator. */
export function newAuthenticatorId(now: number): Pick<Authenticator, 'id' | 'number'> {
  return { id: uuidv7(now), number: randomNumber() }
}

/** The authenticators of a user, oldest first. */
export async function listAuthenticators(
  db: DatabaseOrTransaction,
  userId: string,
): Promise<Authenticator[]> {
  const rows = await db
    .selectFrom('authenticators')
    .select(columns)
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toAuthenticator)
}

/** Authenticators of all users, in the order of their ids, after one of them. */
export async function pageOfAuthenticators(
  db: DatabaseOrTransaction,
  { after, limit }: { after: string; limit: number },
): Promise<Authenticator[]> {
  const rows = await db
    .selectFrom('authenticators')
    .select(columns)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toAuthenticator)
}

/** The authenticator that has a unique key, whoever owns it. */
export async function findAuthenticator(
  db: DatabaseOrTransaction,
  uniqueKey: string,
): Promise<Authenticator | null> {
  const row = await db
    .selectFrom('authenticators')
    .select(columns)
    .where('unique_key', '=', uniqueKey)
    .executeTakeFirst()
  return row ? toAuthenticator(row) : null
}

/** Whether a login of the user needs more than one proof. */
export async function hasFactor(db: DatabaseOrTransaction, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('authenticators')
    .select('id')
    .where('user_id', '=', userId)
    .where('is_factor', '=', 1)
    .executeTakeFirst()
  return row !== undefined
}

/** Stores an authenticator; false where there is one with its unique key already. */
export async function insertAuthenticator(
  db: DatabaseOrTransaction,
  authenticator: NewAuthenticator,
  now: number,
): Promise<boolean> {
  return insertIfAbsent(
    db.insertInto('authenticators').values({
      id: authenticator.id,
      number: authenticator.number,
      user_id: authenticator.userId,
      type: authenticator.type,
      is_factor: authenticator.isFactor ? 1 : 0,
      unique_key: authenticator.uniqueKey,
      data: authenticator.data,
      created_at: now,
      last_used_at: null,
    }),
  )
}

/** Puts new data in the place of what was read before: false where that has changed since. */
export async function replaceData(
  db: DatabaseOrTransaction,
  { id, from, to }: { id: string; from: string; to: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('authenticators')
    .set({ data: to })
    .where('id', '=', id)
    .where('data', '=', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Notes a use: false where the authenticator is gone. */
export async function noteUse(
  db: DatabaseOrTransaction,
  id: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('authenticators')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Removes all that a user has. Returns how many there were. */
export async function deleteAllAuthenticators(
  db: DatabaseOrTransaction,
  userId: string,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('authenticators')
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Removes some of them. Returns how many there were. */
export async function deleteAuthenticators(
  db: DatabaseOrTransaction,
  userId: string,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0
  const { numDeletedRows } = await db
    .deleteFrom('authenticators')
    .where('user_id', '=', userId)
    .where('id', 'in', ids)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

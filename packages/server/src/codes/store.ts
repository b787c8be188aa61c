import { equalText, hmac, sha256 } from '../crypto/hash.ts'
import type { Keys } from '../crypto/keys.ts'
import { uuidv7 } from '../crypto/random.ts'
import type { Exchange } from '../exchange.ts'
import { deleteExpired } from '../storage/delete-expired.ts'
import type { Database, DatabaseOrTransaction } from '../storage/open.ts'
import { normalizeCode } from './code.ts'

/** What a code is for. A code never serves another purpose. */
export type CodePurpose =
  | 'verify_email'
  | 'verify_phone'
  | 'login'
  | 'password_reset'
  | 'email_link'

/** What to keep of a new code; `code` is null for one that nothing can match. */
export interface NewCode {
  id: string
  purpose: CodePurpose
  /** What it proves or belongs to: an address, a number, the id of a row. */
  subject: string
  code: string | null
  maxAttempts: number
  timeoutSeconds: number
}

export function newCodeId(ctx: Exchange): string {
  return uuidv7(ctx.server.now())
}

export async function insertCode(db: DatabaseOrTransaction, ctx: Exchange, code: NewCode) {
  const now = ctx.server.now()
  await db
    .insertInto('codes')
    .values({
      id: code.id,
      purpose: code.purpose,
      secret_hash: code.code === null ? null : hashCode(ctx.server.keys, code.id, code.code),
      subject: code.subject,
      attempts: 0,
      max_attempts: code.maxAttempts,
      created_at: now,
      expires_at: now + code.timeoutSeconds * 1000,
      used_at: null,
    })
    .execute()
}

/** Puts another code in the place of one that waits. Attempts already made stay counted. */
export async function replaceCode(db: DatabaseOrTransaction, ctx: Exchange, code: NewCode) {
  await db
    .updateTable('codes')
    .set({
      secret_hash: code.code === null ? null : hashCode(ctx.server.keys, code.id, code.code),
      subject: code.subject,
      expires_at: ctx.server.now() + code.timeoutSeconds * 1000,
    })
    .where('id', '=', code.id)
    .where('used_at', 'is', null)
    .execute()
}

/** Whether the code can still be tried. */
export async function isCodeAlive(ctx: Exchange, id: string): Promise<boolean> {
  const row = await ctx.server.db
    .selectFrom('codes')
    .select('id')
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.server.now())
    .whereRef('attempts', '<', 'max_attempts')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Pays for one attempt, then compares: whoever finds no attempt left compares nothing. An attempt
 * that was right is given back, since it was no guess.
 */
export async function tryCode(
  ctx: Exchange,
  id: string,
  input: string,
): Promise<'right' | 'wrong' | 'gone'> {
  const { db, keys } = ctx.server
  if (!(await chargeAttempt(db, id, ctx.server.now()))) return 'gone'
  const row = await db
    .selectFrom('codes')
    .select('secret_hash')
    .where('id', '=', id)
    .executeTakeFirst()
  const given = normalizeCode(input)
  const expected = row?.secret_hash ?? null
  if (given === '' || expected === null || !matches(keys, { id, given, expected })) return 'wrong'
  await db
    .updateTable('codes')
    .set((eb) => ({ attempts: eb('attempts', '-', 1) }))
    .where('id', '=', id)
    .execute()
  return 'right'
}

/** Uses a code up; false where somebody did before. */
export async function consumeCode(
  db: DatabaseOrTransaction,
  id: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('codes')
    .set({ used_at: now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Removes the codes that nobody can use any more. */
export async function sweepCodes(db: Database, now: number): Promise<void> {
  await deleteExpired(db, { table: 'codes', key: 'id', time: 'expires_at' }, now)
}

/** Counts an attempt. False where none is left. */
export async function chargeAttempt(db: Database, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('codes')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .whereRef('attempts', '<', 'max_attempts')
    .where('expires_at', '>', now)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

function hashCode(keys: Keys, id: string, code: string): string {
  return hmac(keys.current('code'), `${id}:${normalizeCode(code)}`)
}

function matches(keys: Keys, { id, given, expected }: Record<'id' | 'given' | 'expected', string>) {
  return keys.all('code').some((key) => equalText(hmac(key, `${id}:${given}`), expected))
}

/** A key that is stored instead of signed: only its hash is kept. */
export async function insertStoredKey(
  db: DatabaseOrTransaction,
  ctx: Exchange,
  key: { secret: string; subject: string; timeoutSeconds: number },
): Promise<void> {
  const now = ctx.server.now()
  await db
    .insertInto('codes')
    .values({
      id: uuidv7(now),
      purpose: 'email_link',
      secret_hash: sha256(key.secret),
      subject: key.subject,
      attempts: 0,
      max_attempts: 1,
      created_at: now,
      expires_at: now + key.timeoutSeconds * 1000,
      used_at: null,
    })
    .execute()
}

/** What a stored key was kept with, if it can still be used. */
export async function findStoredKey(
  db: Database,
  secret: string,
  now: number,
): Promise<string | null> {
  const row = await db
    .selectFrom('codes')
    .select('subject')
    .where('purpose', '=', 'email_link')
    .where('secret_hash', '=', sha256(secret))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.subject ?? null
}

/** Uses a stored key up; false where somebody did before. */
export async function consumeStoredKey(
  db: DatabaseOrTransaction,
  secret: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('codes')
    .set({ used_at: now })
    .where('purpose', '=', 'email_link')
    .where('secret_hash', '=', sha256(secret))
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Removes the stored keys of a user. Their subject begins with the id, see `makeLinkKey`. */
export async function deleteStoredKeys(db: DatabaseOrTransaction, userId: string): Promise<void> {
  await db
    .deleteFrom('codes')
    .where('purpose', '=', 'email_link')
    .where('subject', 'like', `${JSON.stringify([userId]).slice(0, -1)},%`)
    .execute()
}

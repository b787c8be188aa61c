import { sha256 } from '../crypto/hash.ts'
import { randomNumber, uuidv7 } from '../crypto/random.ts'
import type { SealedTokens } from '../providers/identity.ts'
import { deleteExpired } from '../storage/delete-expired.ts'
import { insertIfAbsent } from '../storage/insert-if-absent.ts'
import { type Database, type DatabaseOrTransaction, orLostRace } from '../storage/open.ts'

/** An account at a provider that somebody has connected. */
export interface SocialAccount {
  id: string
  userId: string
  provider: string
  uid: string
  /** What it is shown as; null where the provider told nothing. */
  label: string | null
}

type Identity = Pick<SocialAccount, 'provider' | 'uid'>

const columns = ['id', 'user_id as userId', 'provider', 'uid', 'label'] as const

function identityHash({ provider, uid }: Identity): string {
  return sha256(`${provider}\0${uid}`)
}

export async function findSocialAccount(
  db: DatabaseOrTransaction,
  identity: Identity,
): Promise<SocialAccount | undefined> {
  return db
    .selectFrom('social_accounts')
    .select(columns)
    .where('identity_hash', '=', identityHash(identity))
    .executeTakeFirst()
}

/** The accounts that a user has connected, the oldest first. */
export async function listSocialAccounts(
  db: DatabaseOrTransaction,
  userId: string,
): Promise<SocialAccount[]> {
  return db
    .selectFrom('social_accounts')
    .select(columns)
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** The same, with when each was connected and last used: milliseconds since 1970. */
export async function listConnections(
  db: DatabaseOrTransaction,
  userId: string,
): Promise<(SocialAccount & { createdAt: number; lastLoginAt: number | null })[]> {
  return db
    .selectFrom('social_accounts')
    .select([...columns, 'created_at as createdAt', 'last_login_at as lastLoginAt'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Returns the id. @throws LostRace if somebody has connected it meanwhile. */
export async function insertSocialAccount(
  db: DatabaseOrTransaction,
  { userId, provider, uid, label }: Omit<SocialAccount, 'id'>,
  now: number,
): Promise<string> {
  const id = uuidv7(now)
  const values = {
    id,
    user_id: userId,
    identity_hash: identityHash({ provider, uid }),
    provider,
    uid,
    label,
    created_at: now,
    last_login_at: null,
  }
  await orLostRace(db.insertInto('social_accounts').values(values).execute())
  return id
}

/** Notes what the provider says now. False where the account is not of this user any more. */
export async function noteSocialLogin(
  db: DatabaseOrTransaction,
  { id, userId, label }: Pick<SocialAccount, 'id' | 'userId' | 'label'>,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('social_accounts')
    .set({ label, last_login_at: now })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function deleteSocialAccount(db: DatabaseOrTransaction, id: string): Promise<void> {
  await db.deleteFrom('social_accounts').where('id', '=', id).execute()
}

export async function deleteAllSocialAccounts(
  db: DatabaseOrTransaction,
  userId: string,
): Promise<void> {
  await db.deleteFrom('social_accounts').where('user_id', '=', userId).execute()
}

/** Keeps the tokens of an account in the place of those before. */
export async function saveSocialTokens(
  db: DatabaseOrTransaction,
  accountId: string,
  { clientId, tokens }: { clientId: string; tokens: SealedTokens },
): Promise<void> {
  await db.deleteFrom('social_tokens').where('account_id', '=', accountId).execute()
  await db
    .insertInto('social_tokens')
    .values({
      account_id: accountId,
      client_id: clientId,
      sealed_tokens: tokens.sealed,
      version: randomNumber(),
      expires_at: tokens.expiresAt,
      lease_until: 0,
    })
    .execute()
}

/** Whether an id_token was used up. */
export async function isIdTokenSpent(db: DatabaseOrTransaction, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('used_id_tokens')
    .select('token_hash')
    .where('token_hash', '=', sha256(id))
    .executeTakeFirst()
  return row !== undefined
}

/** Uses an id_token up; false where somebody did before. */
export async function spendIdToken(
  db: DatabaseOrTransaction,
  { id, expiresAt }: { id: string; expiresAt: number },
): Promise<boolean> {
  return insertIfAbsent(
    db.insertInto('used_id_tokens').values({ token_hash: sha256(id), expires_at: expiresAt }),
  )
}

/** Removes the tokens that have expired anyway. */
export async function sweepIdTokens(db: Database, now: number): Promise<void> {
  await deleteExpired(db, { table: 'used_id_tokens', key: 'token_hash', time: 'expires_at' }, now)
}

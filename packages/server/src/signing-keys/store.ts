import { createPrivateKey, type KeyObject } from 'node:crypto'
import { decrypt, encrypt } from '../crypto/encrypt.ts'
import type { Keys } from '../crypto/keys.ts'
import type { JwtAlgorithm } from '../settings/headless-tokens.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'

/** A key pair that the server has made, as it is kept. */
export interface StoredKey {
  kid: string
  algorithm: string
  /** Null where none of the secrets opens it. */
  privateKey: KeyObject | null
  createdAt: number
  /** From when on it signs; before, others can read the public part already. */
  activatesAt: number
  /** From when on what it signed is not accepted any more; null while that is open. */
  retiresAt: number | null
}

/** A key pair to be kept. */
export interface NewKey {
  kid: string
  algorithm: JwtAlgorithm
  privateKey: KeyObject
  createdAt: number
  activatesAt: number
}

/** The keys that are not retired, the latest to sign last. */
export async function findKeys(
  db: DatabaseOrTransaction,
  keys: Keys,
  now: number,
): Promise<StoredKey[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .select(['kid', 'algorithm', 'sealed_key', 'created_at', 'activates_at', 'retires_at'])
    .where((eb) => eb.or([eb('retires_at', 'is', null), eb('retires_at', '>', now)]))
    .orderBy('activates_at')
    .orderBy('kid')
    .execute()
  return rows.map((row) => ({
    kid: row.kid,
    algorithm: row.algorithm,
    privateKey: open(keys, row),
    createdAt: row.created_at,
    activatesAt: row.activates_at,
    retiresAt: row.retires_at,
  }))
}

export async function insertKey(
  db: DatabaseOrTransaction,
  keys: Keys,
  { kid, algorithm, privateKey, createdAt, activatesAt }: NewKey,
): Promise<void> {
  await db
    .insertInto('signing_keys')
    .values({
      kid,
      algorithm,
      sealed_key: seal(keys, kid, privateKey),
      created_at: createdAt,
      activates_at: activatesAt,
      retires_at: null,
    })
    .execute()
}

/** Has every other key that has no end yet end at a time. */
export async function retireOthers(
  db: DatabaseOrTransaction,
  kid: string,
  at: number,
): Promise<void> {
  await db
    .updateTable('signing_keys')
    .set({ retires_at: at })
    .where('kid', '!=', kid)
    .where('retires_at', 'is', null)
    .execute()
}

/** Removes all keys but one. */
export async function deleteOthers(db: DatabaseOrTransaction, kid: string): Promise<void> {
  await db.deleteFrom('signing_keys').where('kid', '!=', kid).execute()
}

/** Removes the keys whose time is over. */
export async function sweepKeys(db: DatabaseOrTransaction, now: number): Promise<void> {
  await db.deleteFrom('signing_keys').where('retires_at', '<=', now).execute()
}

/** Encrypts the keys anew, under the first secret. Returns how many, and how many none opens. */
export async function resealKeys(
  db: DatabaseOrTransaction,
  keys: Keys,
): Promise<{ resealed: number; unreadable: number }> {
  const rows = await db.selectFrom('signing_keys').select(['kid', 'sealed_key']).execute()
  let resealed = 0
  for (const row of rows) {
    const privateKey = open(keys, row)
    if (!privateKey) continue
    await db
      .updateTable('signing_keys')
      .set({ sealed_key: seal(keys, row.kid, privateKey) })
      .where('kid', '=', row.kid)
      .execute()
    resealed += 1
  }
  return { resealed, unreadable: rows.length - resealed }
}

function seal(keys: Keys, kid: string, privateKey: KeyObject): string {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  return encrypt(keys.current('signing-key'), String(pem), kid)
}

function open(keys: Keys, row: { kid: string; sealed_key: string }): KeyObject | null {
  const pem = decrypt(keys.all('signing-key'), row.sealed_key, row.kid)
  return pem === undefined ? null : createPrivateKey(pem)
}

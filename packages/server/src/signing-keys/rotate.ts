import type { Keys } from '../crypto/keys.ts'
import type { JwtAlgorithm } from '../settings/headless-tokens.ts'
import type { Database } from '../storage/open.ts'
import { takeTurns } from '../storage/take-turns.ts'
import { transact } from '../storage/transact.ts'
import { generateKey, signingKey } from './key.ts'
import {
  deleteOthers,
  findKeys,
  insertKey,
  type NewKey,
  retireOthers,
  type StoredKey,
} from './store.ts'

/** What keys are made and kept with. */
export interface RotationParts {
  db: Database
  keys: Keys
  now: () => number
  algorithm: JwtAlgorithm
  /** How long what a key has signed may go on being used, in milliseconds. */
  overlapMs: number
}

/**
 * Makes a key that signs after a while. What the others have signed by then goes on working until it
 * expires. Returns the id of the new key.
 */
export async function rotateKeys(parts: RotationParts, afterMs: number): Promise<string> {
  const key = await newKey(parts, afterMs)
  await transact(parts.db, async (tx) => {
    await takeTurns(tx)
    await insertKey(tx, parts.keys, key)
    await retireOthers(tx, key.kid, key.activatesAt + parts.overlapMs)
  })
  return key.kid
}

/**
 * Makes a key that signs at once, unless another process has done so meanwhile; ends none, for a server
 * with other settings may sign with them. Returns its id; null where there is one by now.
 */
export async function addKey(parts: RotationParts): Promise<string | null> {
  const key = await newKey(parts, 0)
  return transact(parts.db, async (tx) => {
    await takeTurns(tx)
    const found = await findKeys(tx, parts.keys, key.createdAt)
    const lasting = found.filter((it) => it.retiresAt === null && it.privateKey !== null)
    const isThere = ({ algorithm, activatesAt }: StoredKey) =>
      algorithm === key.algorithm && activatesAt <= key.activatesAt
    if (lasting.some(isThere)) return null
    await insertKey(tx, parts.keys, key)
    return key.kid
  })
}

/** Makes a key in place of all others, which are not accepted any more. Returns its id. */
export async function replaceKeys(parts: RotationParts): Promise<string> {
  const key = await newKey(parts, 0)
  await transact(parts.db, async (tx) => {
    await takeTurns(tx)
    await insertKey(tx, parts.keys, key)
    await deleteOthers(tx, key.kid)
  })
  return key.kid
}

async function newKey({ algorithm, now }: RotationParts, afterMs: number): Promise<NewKey> {
  const { kid, privateKey } = await signingKey(algorithm, await generateKey(algorithm))
  if (kid === null) throw new Error('only key pairs are kept')
  const createdAt = now()
  return { kid, algorithm, privateKey, createdAt, activatesAt: createdAt + afterMs }
}

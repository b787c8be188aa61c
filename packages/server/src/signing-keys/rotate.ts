import type { DatabaseKeyringParts } from './database-keyring.ts'
import { generateKey, signingKey } from './key.ts'
import { deleteOthers, insertKey, retireOthers } from './store.ts'

type RotationParts = Omit<DatabaseKeyringParts, 'log'>

/**
 * Makes a key that signs from a time on. What the others have signed by then goes on working until it
 * expires. Returns the id of the new key.
 */
export async function rotateKeys(parts: RotationParts, activatesAt: number): Promise<string> {
  const key = await newKey(parts, activatesAt)
  await parts.db.transaction().execute(async (tx) => {
    await insertKey(tx, parts.keys, key)
    await retireOthers(tx, key.kid, activatesAt + parts.overlapMs)
  })
  return key.kid
}

/** Makes a key in place of all others, which are not accepted any more. Returns its id. */
export async function replaceKeys(parts: RotationParts): Promise<string> {
  const key = await newKey(parts, parts.now())
  await parts.db.transaction().execute(async (tx) => {
    await insertKey(tx, parts.keys, key)
    await deleteOthers(tx, key.kid)
  })
  return key.kid
}

async function newKey({ algorithm, now }: RotationParts, activatesAt: number) {
  const { kid, privateKey } = await signingKey(algorithm, await generateKey(algorithm))
  if (kid === null) throw new Error('only key pairs are kept')
  return { kid, algorithm, privateKey, createdAt: now(), activatesAt }
}

import type { Keys } from '../crypto/keys.ts'
import type { Log } from '../log.ts'
import type { JwtAlgorithm } from '../settings/headless-tokens.ts'
import type { Database } from '../storage/open.ts'
import { type SigningKey, signingKey } from './key.ts'
import { createKeyring, type Keyring, type LoadedKeys } from './keyring.ts'
import { rotateKeys } from './rotate.ts'
import { findKeys, type StoredKey } from './store.ts'

const reloadMs = 60_000
const reloadForUnknownMs = 2000

/** What the keys in the database are looked after with. */
export interface DatabaseKeyringParts {
  db: Database
  keys: Keys
  now: () => number
  log: Log
  algorithm: JwtAlgorithm
  /** How long what a key has signed may go on being used, in milliseconds. */
  overlapMs: number
}

/**
 * Keys that the server has made and keeps in the database. Every node looks again each minute, and at
 * once where a token names a key that it does not know.
 */
export function databaseKeyring(parts: DatabaseKeyringParts): Keyring {
  const { now, algorithm } = parts
  let stored: Promise<readonly SigningKeyAt[]> | undefined
  let loadedAt = 0

  async function load(unknownKid?: string): Promise<LoadedKeys> {
    const age = now() - loadedAt
    if (!stored || age > (unknownKid === undefined ? reloadMs : reloadForUnknownMs)) {
      loadedAt = now()
      stored = loadOrMake(parts)
      // What could not be read is read again by the next.
      stored.catch(() => {
        stored = undefined
      })
    }
    const known = await stored
    const active = known.filter((it) => it.algorithm === algorithm && it.activatesAt <= now())
    const signing = active.at(-1)
    if (!signing) throw new Error('no key to sign tokens with is active')
    return { signing, verifying: known.filter((it) => (it.retiresAt ?? Infinity) > now()) }
  }

  return createKeyring(load)
}

/** A key and when it signs. */
type SigningKeyAt = SigningKey & Pick<StoredKey, 'activatesAt' | 'retiresAt'>

/** The keys that there are; where none can sign now, one is made. */
async function loadOrMake(parts: DatabaseKeyringParts): Promise<readonly SigningKeyAt[]> {
  const { algorithm, log, now } = parts
  const found = await readKeys(parts)
  if (found.some((it) => it.algorithm === algorithm && it.activatesAt <= now())) return found
  const kid = await rotateKeys(parts, now())
  log.info({ kid, algorithm }, 'a key to sign tokens with was made')
  return readKeys(parts)
}

async function readKeys({ db, keys, now, log }: DatabaseKeyringParts): Promise<SigningKeyAt[]> {
  const read: SigningKeyAt[] = []
  for (const { kid, algorithm, privateKey, activatesAt, retiresAt } of await findKeys(
    db,
    keys,
    now(),
  )) {
    if (!privateKey) {
      log.error({ kid }, 'a key for tokens can not be decrypted with the configured secrets')
      continue
    }
    // The column holds what `insertKey` took.
    const key = await signingKey(algorithm as JwtAlgorithm, privateKey)
    read.push({ ...key, activatesAt, retiresAt })
  }
  return read
}

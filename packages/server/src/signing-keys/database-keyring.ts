import type { Log } from '../log.ts'
import type { JwtAlgorithm } from '../settings/headless-tokens.ts'
import { type SigningKey, signingKey, type VerifyingKey } from './key.ts'
import { createKeyring, type Keyring, type LoadedKeys } from './keyring.ts'
import { addKey, type RotationParts } from './rotate.ts'
import { findKeys, type StoredKey } from './store.ts'

const reloadMs = 60_000
const reloadForUnknownMs = 2000

/** What the keys in the database are looked after with. */
interface DatabaseKeyringParts extends RotationParts {
  log: Log
}

/**
 * Keys that the server has made and keeps in the database. Every node looks again each minute, and at
 * once where a token names a key that it does not know. `fallbacks` verify as well.
 */
export function databaseKeyring(
  parts: DatabaseKeyringParts,
  fallbacks: readonly VerifyingKey[] = [],
): Keyring {
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
    const signing = signingAmong(known, algorithm, now())
    if (!signing) throw new Error('no key to sign tokens with is active')
    const verifying = known.filter((it) => (it.retiresAt ?? Infinity) > now())
    return { signing, verifying: [...verifying, ...fallbacks] }
  }

  return createKeyring(load)
}

/** A key and when it signs. */
type SigningKeyAt = SigningKey & Pick<StoredKey, 'activatesAt' | 'retiresAt'>

/**
 * The key that signs: of those whose time has come the latest, but one that is to retire only where
 * there is no other.
 */
export function signingAmong<K extends Pick<StoredKey, 'algorithm' | 'activatesAt' | 'retiresAt'>>(
  keys: readonly K[],
  algorithm: JwtAlgorithm,
  now: number,
): K | undefined {
  const active = keys.filter((it) => it.algorithm === algorithm && it.activatesAt <= now)
  return active.findLast((it) => it.retiresAt === null) ?? active.at(-1)
}

/** The keys that there are; where none can sign now and for as long as a token works, one is made. */
async function loadOrMake(parts: DatabaseKeyringParts): Promise<readonly SigningKeyAt[]> {
  const { algorithm, log, now, overlapMs } = parts
  const found = await readKeys(parts)
  const signing = signingAmong(found, algorithm, now())
  if (signing && (signing.retiresAt ?? Infinity) - now() >= overlapMs) return found
  const kid = await addKey(parts)
  if (kid !== null) log.info({ kid, algorithm }, 'a key to sign tokens with was made')
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

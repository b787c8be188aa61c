import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/** What a derived key is for: each use has its own key, so that no value can stand in for another. */
export type KeyUse =
  | 'audit'
  | 'authenticator'
  | 'code'
  | 'jwt'
  | 'link'
  | 'outbox'
  | 'provider'
  | 'recovery'
  | 'refresh'
  | 'signing-key'

/** The keys made from the secrets of the settings. The first secret signs, all of them verify. */
export interface Keys {
  /** The key that signs and encrypts new values of this use. */
  current(use: KeyUse): KeyObject
  /** Every key that may have signed or encrypted a value of this use, the current one first. */
  all(use: KeyUse): readonly KeyObject[]
}

/**
 * Derives one key for each use from each secret by HKDF-SHA256 (RFC 5869). A use that has a salt gets
 * other keys when that changes.
 */
export function deriveKeys(
  secrets: readonly string[],
  salts: Readonly<Partial<Record<KeyUse, string>>> = {},
): Keys {
  const derived = new Map<KeyUse, readonly KeyObject[]>()
  function all(use: KeyUse): readonly KeyObject[] {
    const known = derived.get(use)
    if (known) return known
    const salt = salts[use]
    const info = salt === undefined ? use : `${use}:${salt}`
    const keys = secrets.map((secret) => deriveKey(secret, info))
    derived.set(use, keys)
    return keys
  }
  return {
    all,
    current(use) {
      const [key] = all(use)
      if (!key) throw new Error('no secret is configured')
      return key
    },
  }
}

function deriveKey(secret: string, info: string): KeyObject {
  const bytes = hkdfSync('sha256', secret, 'latchkey', info, 32)
  return createSecretKey(new Uint8Array(bytes))
}

import { equalText, hmac } from '../crypto/hash.ts'
import type { Keys } from '../crypto/keys.ts'

/** What a key is for; a key never serves another purpose. */
export type KeyPurpose = 'verify_email' | 'password_reset'

/** A key for a mailed link, signed and not stored. It expires; what it proves has to end its use. */
export function sign(
  keys: Keys,
  purpose: KeyPurpose,
  claim: readonly string[],
  expiresAtMs: number,
): string {
  const payload = Buffer.from(JSON.stringify([expiresAtMs, ...claim])).toString('base64url')
  return `${payload}.${hmac(keys.current('link'), `${purpose}.${payload}`)}`
}

/** The claim of a key that one of our secrets signed for this purpose and that is not old, or null. */
export function readSigned(
  keys: Keys,
  purpose: KeyPurpose,
  key: string,
  now: number,
): string[] | null {
  const [payload, signature, ...rest] = key.split('.')
  if (!payload || !signature || rest.length > 0) return null
  const isOurs = keys
    .all('link')
    .some((secret) => equalText(hmac(secret, `${purpose}.${payload}`), signature))
  if (!isOurs) return null
  const [expiresAtMs, ...claim] = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return expiresAtMs > now ? claim : null
}

import { equalText, hmac } from '../crypto/hash.ts'
import type { Keys } from '../crypto/keys.ts'

/** What a mailed link proves: that whoever has it reads the mail of this address. */
export interface LinkClaim {
  userId: string
  email: string
}

/** A key for a mailed link, signed and not stored. It expires; what it proves ends its use. */
export function signKey(keys: Keys, claim: LinkClaim, expiresAtMs: number): string {
  const payload = JSON.stringify([claim.userId, claim.email, expiresAtMs])
  const encoded = Buffer.from(payload).toString('base64url')
  return `${encoded}.${hmac(keys.current('link'), encoded)}`
}

/** The claim of a key that one of our secrets signed and that has not expired, else null. */
export function readKey(keys: Keys, key: string, now: number): LinkClaim | null {
  const [encoded, signature, ...rest] = key.split('.')
  if (!encoded || !signature || rest.length > 0) return null
  if (!keys.all('link').some((secret) => equalText(hmac(secret, encoded), signature))) return null
  const [userId, email, expiresAtMs] = JSON.parse(Buffer.from(encoded, 'base64url').toString())
  return expiresAtMs > now ? { userId, email } : null
}

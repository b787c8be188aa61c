import { seal, unseal } from '../../authenticators/seal.ts'
import type { Authenticator } from '../../authenticators/store.ts'
import { sha256 } from '../../crypto/hash.ts'
import type { Exchange } from '../../exchange.ts'

/** What is kept of a security key or passkey. */
export interface SecurityKey {
  name: string
  /** base64url, as everything here. */
  credentialId: string
  /** COSE_Key (RFC 9052 §7). */
  publicKey: string
  /** How often it was used, by its own count; 0 for keys that do not count. */
  counter: number
  /** Whether it is of a kind that can be copied to other devices (WebAuthn Level 3 §6.1.3). */
  isBackupEligible: boolean
  /** Whether the client said that it is a passkey; undefined where it said nothing. */
  isPasswordless?: boolean
  /** Whether it can be found without being named, and so replaces the password. */
  isDiscoverable: boolean
}

/** What is kept of a security key. */
export function readKey(ctx: Exchange, { id, data }: Authenticator): SecurityKey {
  return unseal(ctx.server.keys, id, data) as SecurityKey // written by this slice alone
}

export function writeKey(ctx: Exchange, id: string, key: SecurityKey): string {
  return seal(ctx.server.keys, id, key)
}

/** One credential belongs to one user, once. */
export function uniqueKeyOf(credentialId: string): string {
  return `webauthn:${sha256(credentialId)}`
}

/** The user as security keys know them (WebAuthn Level 3 §5.4.3): opaque, the same for all of them. */
export function userHandle(userId: string): string {
  return Buffer.from(userId).toString('base64url')
}

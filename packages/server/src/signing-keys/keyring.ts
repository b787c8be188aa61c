import type { JWK } from 'jose'
import { publicJwk, type SigningKey, type VerifyingKey } from './key.ts'

/** The keys that tokens are signed and verified with. */
export interface Keyring {
  /** The one that signs now. */
  signing(): Promise<SigningKey>
  /** Those that may have signed: the one that `kid` names first. An unknown name rules none out. */
  verifying(kid: string | undefined): Promise<readonly VerifyingKey[]>
  /** Those that others may verify with (RFC 7517); none of a shared secret. */
  publicKeys(): Promise<JWK[]>
}

/**
 * A keyring over keys that `load` knows. It is told the name of a key that a token claims and that is
 * not among them, for that may be new.
 */
export function createKeyring(load: (unknownKid?: string) => Promise<LoadedKeys>): Keyring {
  return {
    signing: async () => (await load()).signing,
    async verifying(kid) {
      const { verifying } = await load()
      if (kid === undefined) return verifying
      const isKnown = verifying.some((it) => it.kid === kid)
      const all = isKnown ? verifying : (await load(kid)).verifying
      return all.toSorted((a, b) => Number(b.kid === kid) - Number(a.kid === kid))
    },
    async publicKeys() {
      const { verifying } = await load()
      return verifying.map(publicJwk).filter((it) => it !== null)
    },
  }
}

/** The keys at one moment; the signing one is among those that verify. */
export interface LoadedKeys {
  readonly signing: SigningKey
  readonly verifying: readonly VerifyingKey[]
}

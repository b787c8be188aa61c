import { decrypt, encrypt } from '../crypto/encrypt.ts'
import type { Keys } from '../crypto/keys.ts'

/** Encrypts what is kept of an authenticator, so that it works in the place of no other. */
export function seal(keys: Keys, id: string, data: unknown): string {
  return encrypt(keys.current('authenticator'), JSON.stringify(data), id)
}

/** What `seal` made of data. @throws SecretMissing where no secret of the settings fits. */
export function unseal(keys: Keys, id: string, sealed: string): unknown {
  const text = decrypt(keys.all('authenticator'), sealed, id)
  if (text === undefined) throw new SecretMissing()
  return JSON.parse(text)
}

/** What is stored was encrypted under a secret that the settings do not have. */
export class SecretMissing extends Error {
  override readonly name = 'SecretMissing'

  constructor() {
    super('an authenticator can not be decrypted: is a secret missing in SECRET_KEY_FALLBACKS?')
  }
}

import { decrypt, encrypt } from '../crypto/encrypt.ts'
import type { Exchange } from '../exchange.ts'

/** Encrypts what is kept of an authenticator, so that it works in the place of no other. */
export function seal({ server }: Exchange, id: string, data: unknown): string {
  return encrypt(server.keys.current('authenticator'), JSON.stringify(data), id)
}

/** What `seal` made of data. @throws Error where no secret of the settings fits. */
export function unseal({ server }: Exchange, id: string, sealed: string): unknown {
  const text = decrypt(server.keys.all('authenticator'), sealed, id)
  if (text === undefined) {
    throw new Error(
      'an authenticator can not be decrypted: is a secret missing in SECRET_KEY_FALLBACKS?',
    )
  }
  return JSON.parse(text)
}

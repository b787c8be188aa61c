import type { Pages } from '../http/pages.ts'
import { jsonAnswer } from '../http/transport.ts'
import type { Keyring } from '../signing-keys/keyring.ts'

/** How long others may keep the keys: a new key signs only after that. */
export const jwksMaxAgeSeconds = 300

/** The public keys that other services verify access tokens with (RFC 7517 §5). */
export function jwksPages(keyring: Keyring): Pages {
  return new Map([['/.well-known/jwks.json', () => jwksPage(keyring)]])
}

async function jwksPage(keyring: Keyring) {
  const answered = jsonAnswer(200, JSON.stringify({ keys: await keyring.publicKeys() }))
  return {
    ...answered,
    headers: answered.headers.map(([name, value]): [string, string] =>
      name === 'cache-control' ? [name, `public, max-age=${jwksMaxAgeSeconds}`] : [name, value],
    ),
  }
}

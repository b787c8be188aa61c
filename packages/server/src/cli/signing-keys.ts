import type { Keys } from '../crypto/keys.ts'
import { areKeysStored, overlapMs } from '../jwt/open.ts'
import type { Settings } from '../settings/settings.ts'
import type { Database } from '../storage/open.ts'
import { CommandError } from './command.ts'
import { settingsOfProcess } from './settings.ts'
import { keysOfServers, withDatabase } from './with-database.ts'

/** The keys in the database and what looks after them. */
export interface StoredKeyring {
  db: Database
  keys: Keys
  now: () => number
  algorithm: Settings['headless']['jwtAlgorithm']
  overlapMs: number
}

/** Does something with the keys in the database. @throws CommandError where they are kept elsewhere. */
export async function withStoredKeys<T>(use: (stored: StoredKeyring) => Promise<T>): Promise<T> {
  const { settings } = await settingsOfProcess()
  const { headless } = settings
  if (headless.tokenStrategy !== 'jwt') {
    throw new CommandError('there are no keys: HEADLESS_TOKEN_STRATEGY is not "jwt"')
  }
  if (!areKeysStored(headless)) throw new CommandError(elsewhere(headless.jwtPrivateKey))
  const { jwtAlgorithm: algorithm } = headless
  const keys = keysOfServers(settings)
  return withDatabase(settings, (db) =>
    use({ db, keys, now: Date.now, algorithm, overlapMs: overlapMs(headless) }),
  )
}

function elsewhere(privateKey: string): string {
  return privateKey === ''
    ? 'tokens are signed by a key derived from SECRET_KEY: replace that, and list the earlier one in SECRET_KEY_FALLBACKS'
    : 'the key is in HEADLESS_JWT_PRIVATE_KEY: put a new one there (`latchkey keys generate`), and the earlier one into HEADLESS_JWT_PRIVATE_KEY_FALLBACKS'
}

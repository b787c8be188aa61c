import { createSecretKey } from 'node:crypto'
import type { Keys } from '../crypto/keys.ts'
import type { Log } from '../log.ts'
import type { HeadlessSettings, Settings } from '../settings/settings.ts'
import type { TokenStrategy } from '../settings/token-strategy.ts'
import type { Keyring } from '../signing-keys/keyring.ts'
import type { Database } from '../storage/open.ts'

/** What tokens are made and kept with. */
export interface TokenParts {
  settings: Settings
  keys: Keys
  now: () => number
  log: Log
  db: Database
}

/** The tokens of a server. */
export interface OpenedTokens {
  strategy: TokenStrategy
  /** The keys of signed tokens; null where there are none, or they are not ours. */
  keyring: Keyring | null
}

/** Session tokens alone. */
const sessionStrategy: TokenStrategy = {
  issue: async () => null,
  identify: async () => null,
  refresh: async () => null,
}

/** What the settings say that apps get. @throws SettingsError where a key can not be used. */
export async function openTokens(parts: TokenParts): Promise<OpenedTokens> {
  const { tokenStrategy } = parts.settings.headless
  if (tokenStrategy === 'session') return { strategy: sessionStrategy, keyring: null }
  if (tokenStrategy !== 'jwt') return { strategy: tokenStrategy, keyring: null }
  // Only those who use signed tokens wait for what signs them to be loaded.
  const { jwtStrategy } = await import('./strategy.ts')
  const keyring = await openKeyring(parts)
  return { strategy: jwtStrategy({ ...parts, keyring }), keyring }
}

/** The keys that sign tokens: those of the settings, else the ones in the database. */
async function openKeyring({ settings, keys, ...parts }: TokenParts): Promise<Keyring> {
  const { headless } = settings
  const { settingsKeyring, fallbackKeys } = await import('../signing-keys/settings-keyring.ts')
  if (!areKeysStored(headless)) return settingsKeyring(headless, keys.all('jwt'))
  const { databaseKeyring } = await import('../signing-keys/database-keyring.ts')
  const stored = {
    ...parts,
    keys,
    algorithm: headless.jwtAlgorithm,
    overlapMs: overlapMs(headless),
  }
  const keyring = databaseKeyring(stored, await fallbackKeys(headless.jwtPrivateKeyFallbacks))
  // Whoever asks for the public keys is to find one from the start.
  await keyring.signing()
  return keyring
}

/** Finds keys in the settings that can not be used. @throws SettingsError */
export async function rehearseTokens(settings: HeadlessSettings): Promise<void> {
  if (settings.tokenStrategy !== 'jwt') return
  const { settingsKeyring, fallbackKeys } = await import('../signing-keys/settings-keyring.ts')
  await fallbackKeys(settings.jwtPrivateKeyFallbacks)
  if (areKeysStored(settings)) return
  await settingsKeyring(settings, [createSecretKey(Buffer.from('a stand-in for a derived key'))])
}

/** Whether the server makes its keys itself and keeps them in the database. */
export function areKeysStored({ jwtAlgorithm, jwtPrivateKey }: HeadlessSettings): boolean {
  return jwtPrivateKey === '' && !jwtAlgorithm.startsWith('HS')
}

/** How long a token may work that was signed just now, in milliseconds. */
export function overlapMs(settings: HeadlessSettings): number {
  const { jwtAccessTokenExpiresIn, jwtRefreshTokenExpiresIn } = settings
  return Math.max(jwtAccessTokenExpiresIn, jwtRefreshTokenExpiresIn) * 1000
}

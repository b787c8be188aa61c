import type { KeyObject } from 'node:crypto'
import type { HeadlessSettings } from '../settings/settings.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { parseKey, signingKey, type VerifyingKey, verifyingKey, WrongKey } from './key.ts'
import { createKeyring, type Keyring } from './keyring.ts'

const own = 'HEADLESS_JWT_PRIVATE_KEY'
const fallback = 'HEADLESS_JWT_PRIVATE_KEY_FALLBACKS'

/**
 * The keys of the settings; where those name none, `derived` from the secrets of the settings.
 * @throws SettingsError where one of them can not be used.
 */
export async function settingsKeyring(
  { jwtAlgorithm, jwtPrivateKey, jwtPrivateKeyFallbacks: fallbacks }: HeadlessSettings,
  derived: readonly KeyObject[],
): Promise<Keyring> {
  const given =
    jwtPrivateKey === '' ? derived : [await orWrongSetting(own, () => parseKey(jwtPrivateKey))]
  const [first, ...further] = given
  if (!first) throw new Error('no secret is configured')
  const signing = await orWrongSetting(own, () => signingKey(jwtAlgorithm, first))
  const verifying: VerifyingKey[] = [signing]
  for (const key of further) verifying.push({ ...signing, key })
  const loaded = { signing, verifying: [...verifying, ...(await fallbackKeys(fallbacks))] }
  return createKeyring(async () => loaded)
}

/** The earlier keys of the settings, which verify only. @throws SettingsError */
export async function fallbackKeys(texts: readonly string[]): Promise<VerifyingKey[]> {
  const keys: VerifyingKey[] = []
  for (const text of texts) {
    keys.push(await orWrongSetting(fallback, () => verifyingKey(parseKey(text))))
  }
  return keys
}

/** What is wrong with a key is wrong with a setting. */
async function orWrongSetting<T>(name: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw error instanceof WrongKey ? new SettingsError([`${name}: ${error.message}`]) : error
  }
}

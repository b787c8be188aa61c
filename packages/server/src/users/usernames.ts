import { randomText } from '../crypto/random.ts'
import type { AccountSettings } from '../settings/settings.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import { usernameKey } from './spelling.ts'
import { findUserByUsername } from './users.ts'

/** In characters. */
export const longestUsername = 150
const longestKey = 300
const suffixRoom = 10

/** How a username is kept: as it was typed, or in lower case where the settings fold it. */
export function storedUsername(username: string, account: AccountSettings): string {
  return account.preserveUsernameCasing ? username : username.toLowerCase()
}

/** Whether a username has no place, as it is or as it is compared: some characters become many by that. */
export function isUsernameTooLong(username: string): boolean {
  return [...username].length > longestUsername || usernameKey(username).length > longestKey
}

/** Whether the settings give the username to nobody, however it is written. */
export function isForbiddenUsername(username: string, account: AccountSettings): boolean {
  return account.usernameBlacklist.some((it) => usernameKey(it) === usernameKey(username))
}

/**
 * A free username for somebody who chose none, made from the first of their names and addresses that
 * will do. Null where the settings know no usernames.
 */
export async function makeUsername(
  db: DatabaseOrTransaction,
  account: AccountSettings,
  names: readonly (string | null | undefined)[],
): Promise<string | null> {
  if (account.userModelUsernameField === null) return null
  const base = baseOf(names, account)
  // Each round draws from more digits than the one before; a clash after that is caught on writing.
  for (let digits = base === 'user' ? 3 : 0; digits < suffixRoom; digits += 1) {
    const candidate = `${base}${randomText('123456789', digits)}`
    const isAllowed = !isForbiddenUsername(candidate, account)
    if (isAllowed && !(await findUserByUsername(db, candidate))) return candidate
  }
  return `user${randomText('0123456789', suffixRoom * 2)}`
}

function baseOf(
  names: readonly (string | null | undefined)[],
  { usernameMinLength }: AccountSettings,
): string {
  for (const name of names) {
    const base = plain(name ?? '').slice(0, longestUsername - suffixRoom)
    if (base.length >= usernameMinLength && base !== '') return base
  }
  return 'user'
}

/** What remains of a name, or of an address before the `@`, as a username. */
function plain(name: string): string {
  const at = name.lastIndexOf('@')
  return (at === -1 ? name : name.slice(0, at))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .trim()
    .replace(/\s+/g, '_')
    .replace(/[^\p{L}\p{N}_.@+-]/gu, '')
    .toLowerCase()
}

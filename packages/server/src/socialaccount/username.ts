import { usernameProblems } from '../account/signup-input.ts'
import type { Exchange } from '../exchange.ts'
import type { Profile } from '../providers/provider.ts'
import { makeUsername, storedUsername } from '../users/usernames.ts'

const longest = 150

/** What the provider calls somebody; null where it does not say, or the settings know no usernames. */
export function toldUsername({ server }: Exchange, { username = '' }: Profile): string | null {
  const { account } = server.settings
  if (account.userModelUsernameField === null || username === '') return null
  return storedUsername([...username].slice(0, longest).join(''), account)
}

/** What the provider suggests as a username, where it can be had; else null. */
export async function suggestUsername(
  ctx: Exchange,
  { username = '' }: Profile,
): Promise<string | null> {
  const { account } = ctx.server.settings
  const isFit =
    username.length >= Math.max(1, account.usernameMinLength) && username.length <= longest
  if (account.userModelUsernameField === null || !isFit) return null
  const problems = await usernameProblems(ctx, username)
  return problems.length === 0 ? storedUsername(username, account) : null
}

/** A free username made from the name of a person; null where the settings know no usernames. */
export function makeFreeUsername(
  { server }: Exchange,
  { givenName, name }: Profile,
  email: string | undefined,
): Promise<string | null> {
  const [first, ...others] = (name ?? '').split(' ')
  const names = [givenName ?? first, others.join(' '), email]
  return makeUsername(server.db, server.settings.account, names)
}

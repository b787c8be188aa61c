import { compareWithinLimit } from '../authentication/compare.ts'
import { Refusal } from '../errors.ts'
import { writeEvent } from '../events/store.ts'
import type { Exchange } from '../exchange.ts'
import { forget } from '../limits/limits.ts'
import { lockUser } from '../users/users.ts'

/** Whose proof it is (null where nobody has such a key), and in which field it came. */
interface Claim {
  userId: string | null
  param: 'code' | 'credential'
}

/**
 * Finds what a code or key proves. The wrong ones of a user count together, whatever their kind and
 * session; a right one clears that count, but not that of the address it came from. When the session is
 * saved the user is locked before what proves it is used up: everybody takes them in this order.
 * @throws Refusal `incorrect_code`, or `too_many_login_attempts` before anything was compared
 */
export async function proveWithinLimit<T>(
  ctx: Exchange,
  { userId, param }: Claim,
  find: () => Promise<T | null>,
): Promise<T> {
  // No login name has this character: nobody can use the count up by failing to log in as it.
  const key = userId === null ? undefined : `\0mfa:${userId}`
  const found = await compareWithinLimit(ctx, key, async () => (await find()) ?? false)
  if (found === null) throw new Refusal('too_many_login_attempts', param)
  if (found === false) {
    await writeEvent(ctx, { type: 'login_failed', userId, method: 'mfa' })
    throw new Refusal('incorrect_code', param)
  }
  if (userId !== null) ctx.pending.writes.push((tx) => lockUser(tx, userId))
  if (key !== undefined) ctx.pending.writes.push((tx) => forget(ctx, tx, 'login_failed', key))
  return found
}

import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange, PendingLogin } from '../../exchange.ts'
import { endOtherSessions } from '../../sessions/end.ts'
import { disconnectStrangers } from '../../socialaccount/disconnect-all.ts'
import type { DatabaseTransaction } from '../../storage/open.ts'
import { confirmEmailAddress } from '../../users/confirm-email.ts'
import { listEmailAddresses } from '../../users/email-addresses.ts'
import { markPhoneVerified } from '../../users/phone-numbers.ts'
import { isPhoneNumber } from '../../users/spelling.ts'
import { distrustPassword, raiseEpoch } from '../../users/users.ts'

/**
 * Writes down what the code has proved. True if nobody had shown to own the address before.
 * @throws Refusal `conflict` where the address or number is not the user's any more.
 */
export async function noteProved(
  ctx: Exchange,
  tx: DatabaseTransaction,
  { userId, target }: { userId: string; target: string },
): Promise<boolean> {
  const { settings, now } = ctx.server
  if (isPhoneNumber(target)) {
    const outcome = await markPhoneVerified(tx, userId, target)
    if (outcome === 'missing') throw new Refusal('conflict')
    return outcome === 'confirmed'
  }
  const proved = { userId, email: target, unless: 'stored' } as const
  const outcome = await confirmEmailAddress(tx, proved, { settings, now: now() })
  if (outcome === 'missing' || outcome === 'taken') throw new Refusal('conflict')
  if (outcome !== 'confirmed') return false
  emit(ctx, { type: 'email_confirmed', userId, email: target })
  return true
}

/**
 * Disconnects what whoever signed up with the address may have connected to come back with.
 * @throws Refusal `conflict` beside another address that was verified, maybe since the code was sent: whoever
 * reads its mail would share the account
 */
export async function takeAlone(
  ctx: Exchange,
  tx: DatabaseTransaction,
  { userId, target }: { userId: string; target: string },
): Promise<void> {
  const addresses = await listEmailAddresses(tx, userId)
  if (addresses.some((it) => it.isVerified && it.email !== target)) throw new Refusal('conflict')
  await disconnectStrangers(ctx, tx, { userId, addresses })
}

/**
 * Whoever signed up may have been somebody else, who does not read the mail of the address: their
 * sessions and logins under way end, and their password opens nothing alone.
 */
export async function distrustStranger(
  ctx: Exchange,
  tx: DatabaseTransaction,
  login: PendingLogin | undefined,
  userId: string,
): Promise<void> {
  await distrustPassword(tx, userId)
  await raiseEpoch(tx, userId)
  // This login is the owner's, and goes on.
  if (login) login.epoch += 1
  await endOtherSessions(ctx, tx, userId)
}

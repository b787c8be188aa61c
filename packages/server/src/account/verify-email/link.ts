import { readSigned } from '../../codes/signed-key.ts'
import { consumeStoredKey, findStoredKey } from '../../codes/store.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { confirmEmailAddress } from '../../users/confirm-email.ts'
import { isEmailClaimed, listEmailAddresses } from '../../users/email-addresses.ts'
import { findUserById } from '../../users/users.ts'

/** Whose address a key or code verifies. */
export interface Verified {
  userId: string
  email: string
}

/** What the key of a mailed link verifies. @throws Refusal where it is missing, wrong, old or used. */
export async function readLinkKey(ctx: Exchange, key: string): Promise<Verified> {
  if (key === '') throw new Refusal('required', 'key')
  const claim = ctx.server.settings.account.emailConfirmationHmac
    ? readSigned(ctx.server.keys, 'verify_email', key, ctx.server.now())
    : await readStoredKey(ctx, key)
  const verified = claim && (await whoseAddress(ctx, claim))
  if (!verified) throw new Refusal('invalid_or_expired_key', 'key')
  const addresses = await listEmailAddresses(ctx.server.db, verified.userId)
  // What a link proves can be proved once: a verified or removed address ends it.
  const isOpen = addresses.some((it) => it.email === verified.email && !it.isVerified)
  if (!isOpen) throw new Refusal('invalid_or_expired_key', 'key')
  if (await isEmailClaimed(ctx.server.db, verified)) throw new Refusal('email_taken', 'key')
  return verified
}

/** Uses a link up when the session is saved. @throws Refusal then, if somebody did before. */
export function spendLinkKey(ctx: Exchange, claim: Verified, key: string): void {
  const { settings } = ctx.server
  ctx.pending.writes.push(async (tx) => {
    const now = ctx.server.now()
    const isStored = !settings.account.emailConfirmationHmac
    const isSpent = isStored && !(await consumeStoredKey(tx, key, now))
    const confirmation = { ...claim, unless: 'stored' } as const
    const outcome = await confirmEmailAddress(tx, confirmation, { settings, now })
    if (isSpent || outcome !== 'confirmed') throw new Refusal('invalid_or_expired_key', 'key')
  })
}

/** Whose address a link verifies; null where it was mailed before the user was last deactivated. */
async function whoseAddress(ctx: Exchange, claim: readonly string[]): Promise<Verified | null> {
  const [userId, email, deactivations] = claim
  if (userId === undefined || email === undefined) return null
  const user = await findUserById(ctx.server.db, userId)
  return String(user?.deactivations) === deactivations ? { userId, email } : null
}

async function readStoredKey(ctx: Exchange, key: string): Promise<string[] | null> {
  const subject = await findStoredKey(ctx.server.db, key, ctx.server.now())
  return subject === null ? null : JSON.parse(subject)
}

import { readSigned } from '../../codes/signed-key.ts'
import { consumeStoredKey, findStoredKey } from '../../codes/store.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { confirmEmailAddress } from '../../users/confirm-email.ts'
import { isEmailClaimed, listEmailAddresses } from '../../users/email-addresses.ts'

/** Whose address a key or code verifies. */
export interface Verified {
  userId: string
  email: string
}

/** What the key of a mailed link verifies. @throws Refusal where it is missing, wrong, old or used. */
export async function readLinkKey(ctx: Exchange, key: string): Promise<Verified> {
  if (key === '') throw new Refusal('required', 'key')
  const claim = ctx.server.settings.account.emailConfirmationHmac
    ? readSignedKey(ctx, key)
    : await readStoredKey(ctx, key)
  if (!claim) throw new Refusal('invalid_or_expired_key', 'key')
  const addresses = await listEmailAddresses(ctx.server.db, claim.userId)
  // What a link proves can be proved once: a verified or removed address ends it.
  const isOpen = addresses.some((it) => it.email === claim.email && !it.isVerified)
  if (!isOpen) throw new Refusal('invalid_or_expired_key', 'key')
  if (await isEmailClaimed(ctx.server.db, claim)) throw new Refusal('email_taken', 'key')
  return claim
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

function readSignedKey(ctx: Exchange, key: string): Verified | null {
  const [userId, email] = readSigned(ctx.server.keys, 'verify_email', key, ctx.server.now()) ?? []
  return userId !== undefined && email !== undefined ? { userId, email } : null
}

async function readStoredKey(ctx: Exchange, key: string): Promise<Verified | null> {
  const subject = await findStoredKey(ctx.server.db, key, ctx.server.now())
  if (subject === null) return null
  const [userId, email] = JSON.parse(subject)
  return { userId, email }
}

import { readSigned } from '../../codes/signed-key.ts'
import { consumeStoredKey, findStoredKey } from '../../codes/store.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import type { DatabaseOrTransaction } from '../../storage/open.ts'
import { confirmEmailAddress } from '../../users/confirm-email.ts'
import { isEmailClaimed, listEmailAddresses } from '../../users/email-addresses.ts'
import { findUserById, lockUser } from '../../users/users.ts'

/** Whose address a key or code verifies. */
export interface Verified {
  userId: string
  email: string
}

/** What a mailed link says that it verifies. */
interface LinkClaim extends Verified {
  /** Those of the user when the link was mailed. */
  deactivations: string
}

/** What the key of a mailed link verifies. @throws Refusal where it is missing, wrong, old or used. */
export async function readLinkKey(ctx: Exchange, key: string): Promise<LinkClaim> {
  if (key === '') throw new Refusal('required', 'key')
  const { db } = ctx.server
  const claim = await readClaim(ctx, key)
  if (!claim || !(await isOfNow(db, claim))) throw new Refusal('invalid_or_expired_key', 'key')
  const addresses = await listEmailAddresses(db, claim.userId)
  // What a link proves can be proved once: a verified or removed address ends it.
  const isOpen = addresses.some((it) => it.email === claim.email && !it.isVerified)
  if (!isOpen) throw new Refusal('invalid_or_expired_key', 'key')
  if (await isEmailClaimed(db, claim)) throw new Refusal('email_taken', 'key')
  return claim
}

/** Uses a link up when the session is saved. @throws Refusal then, if somebody did before. */
export function spendLinkKey(ctx: Exchange, claim: LinkClaim, key: string): void {
  const { settings } = ctx.server
  const { userId, email } = claim
  ctx.pending.writes.push(async (tx) => {
    const now = ctx.server.now()
    // The user may have been deactivated since the key was read, but is not from here on.
    await lockUser(tx, userId)
    const isOpen = await isOfNow(tx, claim)
    const isStored = !settings.account.emailConfirmationHmac
    const isSpent = isStored && !(await consumeStoredKey(tx, key, now))
    const confirmation = { userId, email, unless: 'stored' } as const
    const outcome = await confirmEmailAddress(tx, confirmation, { settings, now })
    if (!isOpen || isSpent || outcome !== 'confirmed') {
      throw new Refusal('invalid_or_expired_key', 'key')
    }
  })
}

async function readClaim(ctx: Exchange, key: string): Promise<LinkClaim | null> {
  const { keys, now, settings } = ctx.server
  const said = settings.account.emailConfirmationHmac
    ? readSigned(keys, 'verify_email', key, now())
    : await readStoredKey(ctx, key)
  const [userId, email, deactivations] = said ?? []
  if (userId === undefined || email === undefined || deactivations === undefined) return null
  return { userId, email, deactivations }
}

/** False where all that was mailed before was voided since: by a deactivation, or a reset of the password. */
async function isOfNow(
  db: DatabaseOrTransaction,
  { userId, deactivations }: LinkClaim,
): Promise<boolean> {
  const user = await findUserById(db, userId)
  return String(user?.deactivations) === deactivations
}

async function readStoredKey(ctx: Exchange, key: string): Promise<string[] | null> {
  const subject = await findStoredKey(ctx.server.db, key, ctx.server.now())
  return subject === null ? null : JSON.parse(subject)
}

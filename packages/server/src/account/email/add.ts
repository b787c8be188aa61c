import { requireRecentProofForChange } from '../../authentication/recent.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { hasFactor } from '../../authenticators/store.ts'
import { LostRace, Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { isMfaOn } from '../../settings/mfa-on.ts'
import type { DatabaseOrTransaction } from '../../storage/open.ts'
import {
  deleteEmailAddresses,
  type EmailAddress,
  insertEmailAddress,
  isEmailInUse,
  requireUnchangedAddresses,
} from '../../users/email-addresses.ts'
import { isByCode, sendLinkOnceWritten, sendVerification } from '../email-verification.ts'
import { ownAddresses } from './list.ts'

/**
 * Adds an address to the account of the user who is signed in; by code it is only stored once it is
 * verified. @throws Refusal naming what is wrong with it.
 */
export async function addAddress(ctx: Exchange, email: string): Promise<void> {
  const addresses = await ownAddresses(ctx)
  await checkAddress(ctx, email, addresses)
  await requireRecentProofForChange(ctx)
  const user = signedInUser(ctx)
  const whose = { userId: user.id, email, loginId: null, isSignup: false }
  if (isByCode(ctx)) {
    if (!(await sendVerification(ctx, whose))) throw new Refusal('rate_limited')
  } else {
    storeUnverified(ctx, whose, addresses)
    sendLinkOnceWritten(ctx, whose)
  }
}

async function checkAddress(
  ctx: Exchange,
  email: string,
  addresses: readonly EmailAddress[],
): Promise<void> {
  const { maxEmailAddresses, changeEmail, uniqueEmail, preventEnumeration } =
    ctx.server.settings.account
  if (addresses.some((it) => it.email === email)) throw new Refusal('duplicate_email', 'email')
  // Otherwise it shows only to whoever reads the mail of that address.
  const mayTell = uniqueEmail && preventEnumeration === false
  if (mayTell && (await isEmailInUse(ctx.server.db, email))) {
    throw new Refusal('email_taken', 'email')
  }
  const isFull = maxEmailAddresses !== null && addresses.length >= maxEmailAddresses
  if (isFull && !changeEmail) throw new Refusal('max_email_addresses', 'email')
  if (await isBlockedByFactor(ctx)) throw new Refusal('add_email_blocked', 'email')
}

/** By link an address would be stored unverified, which no account with a second factor may have. */
async function isBlockedByFactor(
  ctx: Exchange,
  db: DatabaseOrTransaction = ctx.server.db,
): Promise<boolean> {
  const { settings } = ctx.server
  if (isByCode(ctx) || settings.mfa.allowUnverifiedEmail || !isMfaOn(settings)) return false
  return hasFactor(db, signedInUser(ctx).id)
}

/** Where a user has one address, a new one takes the place of one that waits. */
function storeUnverified(
  ctx: Exchange,
  { userId, email }: { userId: string; email: string },
  addresses: readonly EmailAddress[],
): void {
  const { changeEmail } = ctx.server.settings.account
  const replaced = changeEmail ? addresses.filter((it) => !it.isPrimary && !it.isVerified) : []
  // The first one, too, is the primary one only once it is verified.
  const state = { isVerified: false, isPrimary: false, isUnique: false, isSignup: false }
  ctx.pending.writes.push(async (tx) => {
    await requireUnchangedAddresses(tx, userId, addresses)
    // Set up meanwhile: refused when it is looked at anew.
    if (await isBlockedByFactor(ctx, tx)) throw new LostRace()
    await deleteEmailAddresses(
      tx,
      replaced.map(({ id }) => id),
    )
    await insertEmailAddress(tx, { userId, email, ...state }, ctx.server.now())
  })
  emit(ctx, { type: 'email_added', userId, email })
}

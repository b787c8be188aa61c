import { requireRecentProofForChange } from '../../authentication/recent.ts'
import { signedInUser } from '../../authentication/signed-in.ts'
import { renewCode } from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import { endOtherSessions } from '../../sessions/end.ts'
import {
  deleteEmailAddresses,
  type EmailAddress,
  makePrimary,
  requireUnchangedAddresses,
} from '../../users/email-addresses.ts'
import {
  emailCode,
  isByCode,
  mailCode,
  pendingEmailCode,
  sendVerification,
} from '../email-verification.ts'
import { notify } from '../notices.ts'
import { ownAddresses } from './list.ts'

/** Mails a code or link for an own address again. @throws Refusal `forbidden` where it is too soon. */
export async function resendVerification(ctx: Exchange, email: string): Promise<void> {
  const address = (await ownAddresses(ctx)).find((it) => it.email === email)
  const waiting = await pendingEmailCode(ctx)
  if (!address && waiting?.target === email) {
    if (waiting.resendsLeft <= 0) throw new Refusal('forbidden')
    const code = renewCode(ctx, emailCode, waiting)
    await spend(ctx, 'confirm_email', email)
    const { id: userId } = signedInUser(ctx)
    if (code !== null) mailCode(ctx, { userId, email, code, isSignup: false })
    return
  }
  if (!address) throw new Refusal('unknown_email', 'email')
  const whose = { userId: address.userId, email, loginId: null, isSignup: false }
  const isSent = await sendVerification(ctx, whose)
  if (!isSent) throw new Refusal(isByCode(ctx) ? 'rate_limited' : 'forbidden')
}

/** Makes an own address the primary one. @throws Refusal where another one is verified and it is not. */
export async function choosePrimary(ctx: Exchange, email: string): Promise<void> {
  const addresses = await ownAddresses(ctx)
  const chosen = addresses.find((it) => it.email === email)
  if (!chosen && !(await isWaiting(ctx, email))) throw new Refusal('unknown_email', 'email')
  const isAnyVerified = addresses.some((it) => it.isVerified)
  if (!chosen || (!chosen.isVerified && isAnyVerified)) {
    throw new Refusal('unverified_primary_email', 'email')
  }
  await requireRecentProofForChange(ctx)
  const previous = addresses.find((it) => it.isPrimary)
  if (previous === chosen) return
  ctx.pending.writes.push(async (tx) => {
    await requireUnchangedAddresses(tx, chosen.userId, addresses)
    await makePrimary(tx, chosen)
    if (ctx.server.settings.account.endOtherSessionsOnEmailChange) {
      await endOtherSessions(ctx, tx, chosen.userId)
    }
  })
  const from = previous?.email ?? email
  emit(ctx, { type: 'email_changed', userId: chosen.userId, from, to: email })
  notify(ctx, ownerAt(ctx, previous), 'email_changed', { from, to: email })
}

/** Removes an own address. @throws Refusal for a primary one that is still needed. */
export async function removeAddress(ctx: Exchange, email: string): Promise<void> {
  const addresses = await ownAddresses(ctx)
  const removed = addresses.find((it) => it.email === email)
  const waits = await isWaiting(ctx, email)
  if (!removed && !waits) throw new Refusal('unknown_email', 'email')
  if (removed && !mayRemove(ctx, removed, addresses)) {
    throw new Refusal('cannot_remove_primary_email', 'email')
  }
  // What was never added takes no proof to be taken back.
  if (removed) await requireRecentProofForChange(ctx)
  if (waits) delete ctx.session.state.emailVerification
  if (!removed) return
  ctx.pending.writes.push(async (tx) => {
    await requireUnchangedAddresses(tx, removed.userId, addresses)
    await deleteEmailAddresses(tx, [removed.id])
  })
  emit(ctx, { type: 'email_removed', userId: removed.userId, email })
  const primary = addresses.find((it) => it.isPrimary)
  notify(ctx, ownerAt(ctx, primary), 'email_removed', { email })
}

/** Whoever logs in by email alone keeps one; a primary one goes last. */
function mayRemove(ctx: Exchange, removed: EmailAddress, addresses: readonly EmailAddress[]) {
  if (addresses.length > 1) return !removed.isPrimary
  const { loginMethods } = ctx.server.settings.account
  return loginMethods.some((method) => method !== 'email')
}

/** The user who is signed in, as a reader of one of their addresses. */
function ownerAt(ctx: Exchange, address: EmailAddress | undefined) {
  return address ? { email: address.email, language: signedInUser(ctx).language } : null
}

async function isWaiting(ctx: Exchange, email: string): Promise<boolean> {
  return (await pendingEmailCode(ctx))?.target === email
}

import { dropLogin, passStage, waitingLogin } from '../../authentication/login.ts'
import {
  checkPendingCode,
  finishPendingCode,
  ownerOf,
  refuseProved,
  renewCode,
  requirePendingCode,
} from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange, PendingCode } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import { confirmEmailAddress } from '../../users/confirm-email.ts'
import { isEmailClaimed, listEmailAddresses } from '../../users/email-addresses.ts'
import { findLanguage } from '../../users/language.ts'
import { emailCode, isByCode, mailCode } from '../email-verification.ts'
import { notify } from '../notices.ts'
import { readLinkKey, spendLinkKey, type Verified } from './link.ts'

/** What a key or code would verify. A wrong code is an attempt, as if it had been used. */
export async function lookUpVerification(ctx: Exchange, key: string): Promise<Verified> {
  if (!isByCode(ctx)) return readLinkKey(ctx, key)
  const pending = await provePendingCode(ctx, key)
  return { userId: ownerOf(pending), email: pending.target }
}

/** Verifies an address by its key or code, and goes on with the login that waits for it. */
export async function verifyAddress(ctx: Exchange, key: string): Promise<void> {
  if (isByCode(ctx)) return verifyByCode(ctx, key)
  const claim = await readLinkKey(ctx, key)
  spendLinkKey(ctx, claim, key)
  await tellOfConfirmation(ctx, claim)
  const login = await waitingLogin(ctx, 'verify_email')
  if (!login) return
  const signsIn = ctx.server.settings.account.loginOnEmailConfirmation
  const isTheirs = login.userId === claim.userId && (login.email ?? claim.email) === claim.email
  if (signsIn && isTheirs) {
    await passStage(ctx, 'verify_email', { proved: claim.email })
  } else dropLogin(ctx)
}

/** Sends another code for the address that waits. */
export async function resendCode(ctx: Exchange): Promise<void> {
  if (!isByCode(ctx)) throw new Refusal('conflict')
  const pending = await requirePendingCode(ctx, emailCode)
  const code = renewCode(ctx, emailCode, pending)
  await spend(ctx, 'confirm_email', pending.target)
  if (code === null) return
  const isSignup = ctx.session.state.login?.isSignup ?? false
  mailCode(ctx, { userId: ownerOf(pending), email: pending.target, code, isSignup })
}

/** The verification whose code this is. @throws Refusal where that is not it, or another has the address. */
async function provePendingCode(ctx: Exchange, key: string): Promise<PendingCode> {
  const pending = await requirePendingCode(ctx, emailCode)
  await checkPendingCode(ctx, pending, { kind: emailCode, value: key, param: 'key' })
  const claim = { userId: ownerOf(pending), email: pending.target }
  if (await isEmailClaimed(ctx.server.db, claim)) {
    return refuseProved(ctx, pending, new Refusal('email_taken', 'key'))
  }
  return pending
}

async function verifyByCode(ctx: Exchange, key: string): Promise<void> {
  const pending = await provePendingCode(ctx, key)
  const userId = ownerOf(pending)
  const email = pending.target
  const isAtLogin = pending.loginId !== null
  finishPendingCode(ctx, emailCode, pending)
  const { settings, now } = ctx.server
  const confirmation = { userId, email, unless: isAtLogin ? 'stored' : 'added' } as const
  ctx.pending.writes.push(async (tx) => {
    const outcome = await confirmEmailAddress(tx, confirmation, { settings, now: now() })
    if (outcome === 'full') throw new Refusal('max_email_addresses', 'key')
    if (outcome === 'taken' || outcome === 'missing') throw new Refusal('email_taken', 'key')
  })
  await tellOfConfirmation(ctx, { userId, email })
  if (isAtLogin) await passStage(ctx, 'verify_email', { proved: email })
}

/** Where a user has one address, the confirmed one has taken the place of another, which is told. */
async function tellOfConfirmation(ctx: Exchange, { userId, email }: Verified): Promise<void> {
  emit(ctx, { type: 'email_confirmed', userId, email })
  if (!ctx.server.settings.account.changeEmail) return
  const [primary] = await listEmailAddresses(ctx.server.db, userId)
  // One that nobody has shown to own may be a stranger's, mistyped at signup.
  if (!primary?.isVerified || primary.email === email) return
  emit(ctx, { type: 'email_changed', userId, from: primary.email, to: email })
  const language = await findLanguage(ctx.server.db, userId)
  const { email: from } = primary
  notify(ctx, { email: from, language }, 'email_changed', { from, to: email })
}

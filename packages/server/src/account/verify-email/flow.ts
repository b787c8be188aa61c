import { dropLogin, passStage, waitingLogin } from '../../authentication/login.ts'
import { checkPendingCode, countedFor, finishPendingCode, renewCode } from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange, PendingCode } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import { confirmEmailAddress } from '../../users/confirm-email.ts'
import { emailCode, mailCode, pendingEmailCode } from '../email-verification.ts'
import { readLinkKey, useLinkKey, type Verified } from './link.ts'

/** What a key or code would verify. A wrong code is an attempt, as if it had been used. */
export async function lookUpVerification(ctx: Exchange, key: string): Promise<Verified> {
  if (!isByCode(ctx)) return readLinkKey(ctx, key)
  const pending = await requirePendingCode(ctx)
  await checkPendingCode(ctx, pending, { value: key, param: 'key' })
  return ownerOf(pending)
}

/** Verifies an address by its key or code, and goes on with the login that waits for it. */
export async function verifyAddress(ctx: Exchange, key: string): Promise<void> {
  if (isByCode(ctx)) return verifyByCode(ctx, key)
  const claim = await readLinkKey(ctx, key)
  useLinkKey(ctx, claim, key)
  emit(ctx, { type: 'email_confirmed', ...claim })
  const login = await waitingLogin(ctx, 'verify_email')
  if (!login) return
  const signsIn = ctx.server.settings.account.loginOnEmailConfirmation
  if (signsIn && login.userId === claim.userId) await passStage(ctx, 'verify_email')
  else dropLogin(ctx)
}

/** Sends another code for the address that waits. */
export async function resendCode(ctx: Exchange): Promise<void> {
  if (!isByCode(ctx)) throw new Refusal('conflict')
  const pending = await requirePendingCode(ctx)
  const code = renewCode(ctx, emailCode, pending)
  await spend(ctx, 'confirm_email', countedFor(pending))
  if (code === null) return
  const isSignup = ctx.session.state.login?.isSignup ?? false
  mailCode(ctx, { email: pending.target, code, isSignup })
}

async function verifyByCode(ctx: Exchange, key: string): Promise<void> {
  const pending = await requirePendingCode(ctx)
  await checkPendingCode(ctx, pending, { value: key, param: 'key' })
  const { userId, email } = ownerOf(pending)
  finishPendingCode(ctx, emailCode, pending)
  const { settings, now } = ctx.server
  const confirmation = { userId, email, replacesPrimary: pending.loginId !== null }
  ctx.pending.writes.push(async (tx) => {
    const isConfirmed = await confirmEmailAddress(tx, confirmation, { settings, now: now() })
    if (!isConfirmed) throw new Refusal('email_taken', 'key')
  })
  emit(ctx, { type: 'email_confirmed', userId, email })
  if (pending.loginId !== null) await passStage(ctx, 'verify_email')
}

/** 409 comes before any look at the input. */
async function requirePendingCode(ctx: Exchange): Promise<PendingCode> {
  await waitingLogin(ctx)
  const pending = await pendingEmailCode(ctx)
  if (!pending) throw new Refusal('conflict')
  return pending
}

/** Only a code with an owner can have been right. */
function ownerOf({ userId, target }: PendingCode): Verified {
  if (userId === null) throw new Error('a pretended code has matched')
  return { userId, email: target }
}

function isByCode(ctx: Exchange): boolean {
  return ctx.server.settings.account.emailVerificationByCodeEnabled
}

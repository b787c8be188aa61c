import { waitingLogin } from '../../authentication/login.ts'
import { renewCode } from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange, PendingCode } from '../../exchange.ts'
import { frontendUrl } from '../../frontend-url.ts'
import { spend } from '../../limits/limits.ts'
import { mayNotify } from '../../limits/notices.ts'
import { queueMail } from '../../messages.ts'
import { isEmailInUse, listEmailAddresses } from '../../users/email-addresses.ts'
import { emailCode, mailCode, pendingEmailCode } from '../email-verification.ts'
import { describeAddress } from './list.ts'

/** The verification whose address may still be changed. @throws Refusal `conflict` without one. */
export async function requireChangeable(ctx: Exchange): Promise<PendingCode> {
  const login = await waitingLogin(ctx, 'verify_email')
  const pending = login ? await pendingEmailCode(ctx) : null
  if (!pending || pending.userId === null || pending.changesLeft <= 0) throw new Refusal('conflict')
  return pending
}

/** Sends the code of a login that waits to another address. Returns the addresses to list. */
export async function changeWaiting(ctx: Exchange, pending: PendingCode, email: string) {
  const { uniqueEmail, preventEnumeration } = ctx.server.settings.account
  const isTaken = uniqueEmail && email !== pending.target && (await isTakenByOther(ctx, email))
  if (isTaken && preventEnumeration === false) throw new Refusal('email_taken', 'email')
  await spend(ctx, 'confirm_email', email)
  const userId = isTaken ? null : pending.userId
  const code = renewCode(ctx, emailCode, pending, { target: email, userId })
  const isSignup = ctx.session.state.login?.isSignup ?? false
  if (code !== null) mailCode(ctx, { email, code, isSignup })
  if (isTaken) return tellOwner(ctx, pending, email)
  return [{ email, verified: false, primary: false }]
}

/** Strict: an address may wait unverified in several accounts. */
async function isTakenByOther(ctx: Exchange, email: string): Promise<boolean> {
  if (ctx.server.settings.account.preventEnumeration === 'strict') return false
  return isEmailInUse(ctx.server.db, email)
}

async function tellOwner(ctx: Exchange, { userId }: PendingCode, email: string) {
  if (await mayNotify(ctx, email)) {
    const resetUrl = frontendUrl(ctx, 'account_reset_password')
    queueMail(ctx, email, 'account_already_exists', { email, ...(resetUrl && { resetUrl }) })
  }
  const addresses = userId === null ? [] : await listEmailAddresses(ctx.server.db, userId)
  return addresses.map(describeAddress)
}

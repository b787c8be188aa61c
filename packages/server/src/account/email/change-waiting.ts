import { waitingLogin } from '../../authentication/login.ts'
import { renewCode } from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange, PendingCode, PendingLogin } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import { findEmailHolder, listEmailAddresses } from '../../users/email-addresses.ts'
import { emailCode, mailCode, pendingEmailCode } from '../email-verification.ts'
import { tellOwnerOfTaken } from '../strangers.ts'
import { describeAddress } from './list.ts'

/** A login that waits for a code whose address may still be changed. */
export interface Changeable {
  login: PendingLogin & { userId: string }
  pending: PendingCode
}

/** @throws Refusal `conflict` where there is no such login. */
export async function requireChangeable(ctx: Exchange): Promise<Changeable> {
  const login = await waitingLogin(ctx, 'verify_email')
  const pending = login ? await pendingEmailCode(ctx) : null
  // A login that only pretends has no address to change.
  if (!login?.userId || !pending || pending.changesLeft <= 0) throw new Refusal('conflict')
  return { login: { ...login, userId: login.userId }, pending }
}

/** Sends the code of a login that waits to another address. Returns the addresses to list. */
export async function changeWaiting(ctx: Exchange, { login, pending }: Changeable, email: string) {
  const { uniqueEmail, preventEnumeration } = ctx.server.settings.account
  const own = await listEmailAddresses(ctx.server.db, login.userId)
  const isOwn = own.some((it) => it.email === email)
  // A signup waits only where everybody is asked for a code, so here strict is no different.
  const holder = isOwn || !uniqueEmail ? null : await findEmailHolder(ctx.server.db, email)
  if (holder && preventEnumeration === false) {
    throw new Refusal('email_taken', 'email')
  }
  const target = { target: email, userId: holder ? null : login.userId }
  await spend(ctx, 'confirm_email', email)
  const code = renewCode(ctx, emailCode, pending, target)
  const { userId, isSignup } = login
  if (code !== null) mailCode(ctx, { userId, email, code, isSignup })
  if (!holder) return [{ email, verified: false, primary: false }]
  await tellOwnerOfTaken(ctx, email, holder)
  return own.map(describeAddress)
}

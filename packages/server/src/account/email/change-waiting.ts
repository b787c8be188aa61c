import { waitingLogin } from '../../authentication/login.ts'
import { renewCode } from '../../codes/pending.ts'
import { LostRace, Refusal } from '../../errors.ts'
import type { Exchange, PendingCode, PendingLogin } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import { mayRepeatEmail } from '../../users/account.ts'
import { findUserDates } from '../../users/dates.ts'
import {
  type EmailAddress,
  findEmailHolder,
  listEmailAddresses,
  replaceUnverified,
} from '../../users/email-addresses.ts'
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
  // Whoever was signed in once changes addresses there.
  const dates = await findUserDates(ctx.server.db, login.userId)
  if (dates?.lastLoginAt !== null) throw new Refusal('conflict')
  return { login: { ...login, userId: login.userId }, pending }
}

/**
 * Gives a login that waits for a code another address, and sends the code there. Returns the addresses
 * to list.
 */
export async function changeWaiting(ctx: Exchange, { login, pending }: Changeable, email: string) {
  const { uniqueEmail, preventEnumeration } = ctx.server.settings.account
  if (email === pending.target) throw new Refusal('same_as_current', 'email')
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
  const listed = own.map((it) => describeAddress({ ...it, isPrimary: isStillPrimary(login, it) }))
  if (holder) {
    await tellOwnerOfTaken(ctx, email, holder)
    return listed
  }
  const changed = { email, verified: false, primary: false }
  if (isOwn) return [changed]
  const replaced = addressToReplace(own, pending)
  if (replaced) storeChange(ctx, replaced, email)
  return [...listed.filter((it) => it.email !== replaced?.email), changed]
}

/** The address that waits, else the primary one: unverified in any case. */
function addressToReplace(
  own: readonly EmailAddress[],
  { target }: PendingCode,
): EmailAddress | undefined {
  const open = own.filter((it) => !it.isVerified)
  return open.find((it) => it.email === target) ?? open.find((it) => it.isPrimary)
}

/** Written at once: whoever comes back later logs in with the corrected address. */
function storeChange(ctx: Exchange, replaced: EmailAddress, email: string): void {
  const isSignup = !mayRepeatEmail(ctx.server.settings.account)
  ctx.pending.writes.push(async (tx) => {
    const isReplaced = await replaceUnverified(tx, replaced, { email, isSignup })
    if (!isReplaced) throw new LostRace()
  })
}

/** The API has it that an address which took the place of another is no primary one until it is verified. */
function isStillPrimary(login: PendingLogin, { email, isPrimary }: EmailAddress): boolean {
  return isPrimary && (login.email === undefined || login.email === email)
}

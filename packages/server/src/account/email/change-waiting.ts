import { renewCode } from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange, PendingLogin } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import { mayRepeatEmail } from '../../users/account.ts'
import {
  type EmailAddress,
  findEmailHolder,
  listEmailAddresses,
  replaceUnverified,
} from '../../users/email-addresses.ts'
import { type Correctable, storeCorrection } from '../correction/correctable.ts'
import { emailCode, mailCode } from '../email-verification.ts'
import { tellOwnerOfTaken } from '../strangers.ts'
import { describeAddress } from './list.ts'

/**
 * Gives a login that waits for a code another address, and sends the code there. Returns the addresses
 * to list.
 */
export async function changeWaiting(ctx: Exchange, correctable: Correctable, email: string) {
  const { login, pending } = correctable
  const { uniqueEmail, preventEnumeration } = ctx.server.settings.account
  if (email === pending.target) throw new Refusal('same_as_current', 'email')
  const own = await listEmailAddresses(ctx.server.db, login.userId)
  const isOwn = own.some((it) => it.email === email)
  const replaced = addressToReplace(own, [pending.target, login.email])
  // All of them were verified elsewhere meanwhile.
  if (!replaced) throw new Refusal('conflict')
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
  const other = { email, isSignup: !mayRepeatEmail(ctx.server.settings.account) }
  storeCorrection(ctx, correctable, (tx) => replaceUnverified(tx, replaced, other))
  return [...listed.filter((it) => it.email !== replaced.email), changed]
}

/** The address that waits, or that the login is with, else the primary one: unverified in any case. */
function addressToReplace(
  own: readonly EmailAddress[],
  waiting: readonly (string | undefined)[],
): EmailAddress | undefined {
  const open = own.filter((it) => !it.isVerified)
  const isNamed = (it: EmailAddress) => waiting.includes(it.email)
  return open.find(isNamed) ?? open.find((it) => it.isPrimary)
}

/** The API has it that an address which took the place of another is no primary one until it is verified. */
function isStillPrimary(login: PendingLogin, { email, isPrimary }: EmailAddress): boolean {
  return isPrimary && (login.email === undefined || login.email === email)
}

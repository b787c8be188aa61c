import { Refusal } from '../../errors.ts'
import type { Exchange, PendingLogin, Stage } from '../../exchange.ts'
import { mayNotify } from '../../limits/notices.ts'
import { isTrustedBrowser } from '../../trusted-browsers/trust.ts'
import { listEmailAddresses } from '../../users/email-addresses.ts'
import { findPhoneNumber } from '../../users/phone-numbers.ts'
import { findUserById } from '../../users/users.ts'
import { pendingLoginCode, sendLoginCode } from './code.ts'

/** Stops a login until a code is given, where the settings require one after its kind of proof. */
export const loginByCode: Stage = {
  id: 'login_by_code',

  async applies(ctx, login) {
    const { proofs, userId, isFresh } = login
    if (await hasDoubtfulPassword(ctx, login)) return true
    if (!isRequired(ctx, proofs.at(-1)?.method)) return false
    const mayBeSpared = ctx.server.settings.account.loginByCodeTrustEnabled && !isFresh
    return !(mayBeSpared && userId !== null && (await isTrustedBrowser(ctx, userId)))
  },

  async enter(ctx, login) {
    const target = await contactOf(ctx, login)
    if (target === undefined) return 'stuck'
    // Whoever has the password must not be able to fill the mailbox.
    if (!(await mayNotify(ctx, `code:${target}`))) throw new Refusal('too_many_login_attempts')
    sendLoginCode(ctx, login, target)
    return 'waits'
  },

  async isAlive(ctx) {
    return (await pendingLoginCode(ctx)) !== null
  },

  async pretend(ctx, login) {
    sendLoginCode(ctx, login, login.email ?? login.phone ?? '')
  },
}

/** A password that may be a stranger's opens nothing without the mail of the account. */
async function hasDoubtfulPassword(
  ctx: Exchange,
  { proofs, userId }: PendingLogin,
): Promise<boolean> {
  if (userId === null || proofs.at(-1)?.method !== 'password') return false
  return (await findUserById(ctx.server.db, userId))?.isPasswordProved === false
}

/** Never after a code; after a signup, which proves nothing, wherever any proof asks for one. */
function isRequired(ctx: Exchange, method: string | undefined): boolean {
  const { loginByCodeRequired } = ctx.server.settings.account
  if (method === 'code') return false
  if (typeof loginByCodeRequired === 'boolean') return loginByCodeRequired
  if (loginByCodeRequired.length === 0) return false
  return method === undefined || loginByCodeRequired.some((it) => it === method)
}

/** The primary address, whichever the login is with, else the number where signups give one. */
async function contactOf(ctx: Exchange, login: PendingLogin): Promise<string | undefined> {
  const { db, settings } = ctx.server
  // What somebody signs up with is not written yet.
  if (login.isSignup || login.userId === null) return login.email ?? login.phone
  const [primary] = await listEmailAddresses(db, login.userId)
  if (primary) return primary.email
  if (settings.account.signupFields.phone === 'absent') return undefined
  return (await findPhoneNumber(db, login.userId))?.phone
}

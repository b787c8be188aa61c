import { beginCode } from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange, PendingLogin, Stage } from '../../exchange.ts'
import { trySpend } from '../../limits/limits.ts'
import type { EmailVerification } from '../../settings/account-email.ts'
import { listEmailAddresses } from '../../users/email-addresses.ts'
import { isPhoneNumber } from '../../users/spelling.ts'
import { emailCode, isByCode, pendingEmailCode, sendVerification } from '../email-verification.ts'

/** Stops a login until its address is verified, where the settings make that mandatory. */
export const verifyEmail: Stage = {
  id: 'verify_email',

  async applies(ctx, login) {
    if (verificationFor(ctx, login) !== 'mandatory') return false
    const { userId, email, proved } = login
    if (userId === null) return true
    // What was proved on the way is not written yet.
    const isProved = proved.some((it) => it === email || (!email && !isPhoneNumber(it)))
    return !isProved && !(await hasVerifiedAddress(ctx, userId, email))
  },

  async skip(ctx, login) {
    const { userId, email, isSignup } = login
    const isOptional = verificationFor(ctx, login) === 'optional'
    if (!isOptional || !isSignup || userId === null || email === undefined) return
    if (login.proved.includes(email)) return
    await sendVerification(ctx, { userId, email, loginId: null, isSignup })
  },

  async enter(ctx, login) {
    const email = await addressOf(ctx, login)
    // Nothing can be verified, so that nothing but the end of the login can come.
    if (login.userId === null || email === undefined) return 'waits'
    const { userId, id: loginId, isSignup } = login
    const isSent = await sendVerification(ctx, { userId, email, loginId, isSignup })
    // A link that was mailed a moment ago still works; a code belongs to the login that asked for it.
    if (isSent || !isByCode(ctx)) return 'waits'
    throw new Refusal(login.email === undefined ? 'rate_limited' : 'too_many_login_attempts')
  },

  async isAlive(ctx, login) {
    if (!isByCode(ctx) || (await pendingEmailCode(ctx))) return true
    return (await addressOf(ctx, login)) === undefined
  },

  async pretend(ctx, login) {
    // Counted like a mail that is sent: what a later request for the address hears must not differ.
    const { email } = login
    if (email === undefined) return
    const isPaid = !('retryAfterMs' in (await pay(ctx, email)))
    if (!isPaid) await waitWithoutMail(ctx, login)
    else if (isByCode(ctx)) beginUnmailed(ctx, login)
  },
}

/** Who comes from a provider may have to verify more, or less, than others. */
function verificationFor({ server }: Exchange, { isByProvider }: PendingLogin): EmailVerification {
  const { account, socialaccount } = server.settings
  const own = isByProvider ? socialaccount.emailVerification : null
  return own ?? account.emailVerification
}

/** Waits for a code that nobody gets to know. */
async function waitWithoutMail(ctx: Exchange, login: PendingLogin): Promise<void> {
  if (!isByCode(ctx)) return
  if ('retryAfterMs' in (await pay(ctx, login.id))) throw new Refusal('too_many_login_attempts')
  beginUnmailed(ctx, login)
}

/** Without a user, no code that is sent later matches either. */
function beginUnmailed(ctx: Exchange, { id: loginId, email: target = '' }: PendingLogin): void {
  beginCode(ctx, emailCode, { userId: null, target, loginId })
}

function pay(ctx: Exchange, key: string) {
  return trySpend(ctx, 'confirm_email', key)
}

/** Any verified address will do, unless the login was with a certain one. */
async function hasVerifiedAddress(
  ctx: Exchange,
  userId: string,
  email: string | undefined,
): Promise<boolean> {
  const addresses = await listEmailAddresses(ctx.server.db, userId)
  return addresses.some((it) => it.isVerified && (email === undefined || it.email === email))
}

/** The address that a login is with, else the primary one. */
async function addressOf(ctx: Exchange, login: PendingLogin): Promise<string | undefined> {
  if (login.email !== undefined || login.userId === null) return login.email
  const [first] = await listEmailAddresses(ctx.server.db, login.userId)
  return first?.email
}

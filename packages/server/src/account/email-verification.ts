import { beginCode, type CodeKind, pendingCode } from '../codes/pending.ts'
import { sign } from '../codes/signed-key.ts'
import { insertStoredKey } from '../codes/store.ts'
import { randomToken } from '../crypto/random.ts'
import { Refusal } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { frontendUrl } from '../frontend-url.ts'
import { spendWithin, trySpend } from '../limits/limits.ts'
import { queueMail } from '../messages.ts'
import type { DatabaseTransaction } from '../storage/open.ts'
import { chosenHere } from '../users/language.ts'
import { findUserById } from '../users/users.ts'

const secondsPerDay = 86_400

/** The code that verifies an address, where the settings ask for codes instead of links. */
export const emailCode: CodeKind = {
  purpose: 'verify_email',
  slot: 'emailVerification',
  owner: 'login',
  rules: ({ account }) => ({
    format: account.emailVerificationByCodeFormat,
    maxAttempts: account.emailVerificationByCodeMaxAttempts,
    timeoutSeconds: account.emailVerificationByCodeTimeout,
    resends: account.emailVerificationSupportsResend,
    changes: account.emailVerificationSupportsChange,
  }),
}

/** Whose address is to be verified, and within which login. */
export interface Verification {
  userId: string
  email: string
  loginId: string | null
  isSignup: boolean
}

/**
 * Mails a code or a link that verifies an address. False where the address got one too recently:
 * then nothing was mailed.
 */
export async function sendVerification(ctx: Exchange, whose: Verification): Promise<boolean> {
  if (whose.isSignup) return sendAtSignup(ctx, whose)
  const payment = await trySpend(ctx, 'confirm_email', whose.email)
  if ('retryAfterMs' in payment) return false
  if (isByCode(ctx)) beginEmailCode(ctx, whose)
  else ctx.pending.writes.push((tx) => mailLink(ctx, tx, whose))
  return true
}

/**
 * Mails the link along with what else is written, unless the address got one too recently: of many requests
 * at once, the one that is written is the one that mails.
 */
export function sendLinkOnceWritten(ctx: Exchange, whose: Verification): void {
  ctx.pending.writes.push(async (tx) => {
    const use = { action: 'confirm_email', key: whose.email } as const
    if (await spendWithin(ctx, tx, use)) await mailLink(ctx, tx, whose)
  })
}

/**
 * Of many signups at once with one address, the one that is written has to be the one that mails; where
 * the address got something too recently, it waits for what nobody gets to know.
 */
function sendAtSignup(ctx: Exchange, whose: Verification): true {
  const { userId, email, loginId, isSignup } = whose
  const isCode = isByCode(ctx)
  const code = isCode ? beginCode(ctx, emailCode, { userId, target: email, loginId }) : null
  ctx.pending.writes.push(async (tx) => {
    const isPaid = await spendWithin(ctx, tx, { action: 'confirm_email', key: email })
    if (isPaid && code !== null) mailCode(ctx, { userId, email, code, isSignup })
    if (isPaid && !isCode) await mailLink(ctx, tx, whose)
    // What is not mailed counts for the address of the client all the same, as a pretended one does.
    const own = { action: 'confirm_email', key: loginId ?? email } as const
    if (!isPaid && isCode && !(await spendWithin(ctx, tx, own))) {
      throw new Refusal('too_many_login_attempts')
    }
  })
  return true
}

/** Whether addresses are verified by codes instead of links. */
export function isByCode(ctx: Exchange): boolean {
  return ctx.server.settings.account.emailVerificationByCodeEnabled
}

/** The verification by code that this session waits for. */
export function pendingEmailCode(ctx: Exchange) {
  return pendingCode(ctx, emailCode)
}

function beginEmailCode(ctx: Exchange, { userId, email, loginId, isSignup }: Verification): void {
  const code = beginCode(ctx, emailCode, { userId, target: email, loginId })
  if (code !== null) mailCode(ctx, { userId, email, code, isSignup })
}

/** Mails the code that verifies an address. */
export function mailCode(
  ctx: Exchange,
  { userId, email, code, isSignup }: Omit<Verification, 'loginId'> & { code: string },
): void {
  const minutes = Math.ceil(ctx.server.settings.account.emailVerificationByCodeTimeout / 60)
  const recipient = { to: email, language: chosenHere(ctx, userId) }
  queueMail(ctx, recipient, 'email_verification_code', { email, code, minutes, isSignup })
}

async function mailLink(
  ctx: Exchange,
  tx: DatabaseTransaction,
  { userId, email, isSignup }: Verification,
): Promise<void> {
  const user = await findUserById(tx, userId)
  const claim = [userId, email, String(user?.deactivations ?? 0)]
  const key = makeLinkKey(ctx, claim)
  const url = frontendUrl(ctx, 'account_confirm_email', key)
  const recipient = { to: email, language: user?.language ?? null }
  queueMail(ctx, recipient, 'email_confirmation', { email, isSignup, ...(url ? { url } : { key }) })
}

function makeLinkKey(ctx: Exchange, claim: readonly string[]): string {
  const { keys, now, settings } = ctx.server
  const timeoutSeconds = settings.account.emailConfirmationExpireDays * secondsPerDay
  if (settings.account.emailConfirmationHmac) {
    return sign(keys, 'verify_email', claim, now() + timeoutSeconds * 1000)
  }
  const secret = randomToken()
  const subject = JSON.stringify(claim)
  ctx.pending.writes.push((tx) => insertStoredKey(tx, ctx, { secret, subject, timeoutSeconds }))
  return secret
}

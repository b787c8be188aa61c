import { beginCode, type CodeKind, type CodeOwner, pendingCode } from '../codes/pending.ts'
import { Refusal } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { spend, spendWithin, trySpend } from '../limits/limits.ts'
import { queueSms } from '../messages.ts'
import { chosenHere } from '../users/language.ts'

/** The code that verifies a number, sent by text message. */
export const phoneCode: CodeKind = {
  purpose: 'verify_phone',
  slot: 'phoneVerification',
  owner: 'login',
  rules: ({ account }) => ({
    format: account.phoneVerificationCodeFormat,
    maxAttempts: account.phoneVerificationMaxAttempts,
    timeoutSeconds: account.phoneVerificationTimeout,
    resends: account.phoneVerificationSupportsResend,
    changes: account.phoneVerificationSupportsChange,
  }),
}

/**
 * Sends a code that verifies a number. Without a user it only pretends to.
 * @throws Refusal `rate_limited` where the number got one too recently.
 */
export async function sendPhoneCode(
  ctx: Exchange,
  whose: { userId: string | null; phone: string; loginId: string | null; isSignup?: boolean },
): Promise<void> {
  const { userId, phone, loginId, isSignup = false } = whose
  const owner = { userId, target: phone, loginId }
  if (isSignup && userId !== null) return sendAtSignup(ctx, owner)
  const isSent = await payForCode(ctx, owner, isSignup)
  const code = beginCode(ctx, phoneCode, owner)
  if (code !== null && isSent) textCode(ctx, { userId, phone, code })
}

/** Of many signups at once with one number, the one that is written has to be the one that sends. */
function sendAtSignup(ctx: Exchange, owner: CodeOwner): void {
  const { target: phone, userId, loginId } = owner
  const code = beginCode(ctx, phoneCode, owner)
  ctx.pending.writes.push(async (tx) => {
    const isPaid = await spendWithin(ctx, tx, { action: 'verify_phone', key: phone })
    if (isPaid && code !== null) textCode(ctx, { userId, phone, code })
    // What is not sent counts for the address of the client all the same.
    const own = { action: 'verify_phone', key: loginId ?? phone } as const
    if (!isPaid && !(await spendWithin(ctx, tx, own))) throw new Refusal('rate_limited')
  })
}

/** False for a pretended signup whose number got a code too recently. */
async function payForCode(ctx: Exchange, owner: CodeOwner, isSignup: boolean): Promise<boolean> {
  if (!isSignup) await spend(ctx, 'verify_phone', owner.target)
  else if ('retryAfterMs' in (await trySpend(ctx, 'verify_phone', owner.target))) {
    // Of two signups at once with one number, the answer must not tell that nobody had it before.
    await spend(ctx, 'verify_phone', owner.loginId ?? owner.target)
    return false
  }
  return true
}

/** Sends the code that verifies a number. */
export function textCode(
  ctx: Exchange,
  { userId, phone, code }: { userId: string | null; phone: string; code: string },
): void {
  const minutes = Math.ceil(ctx.server.settings.account.phoneVerificationTimeout / 60)
  const recipient = { to: phone, language: chosenHere(ctx, userId) }
  queueSms(ctx, recipient, 'phone_verification_code', { code, minutes })
}

/** The verification of a number that this session waits for. */
export function pendingPhoneCode(ctx: Exchange) {
  return pendingCode(ctx, phoneCode)
}

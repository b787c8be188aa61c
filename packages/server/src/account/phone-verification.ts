import { beginCode, type CodeKind, countedFor, pendingCode } from '../codes/pending.ts'
import type { Exchange } from '../exchange.ts'
import { spend } from '../limits/limits.ts'
import { queueSms } from '../messages.ts'

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
  whose: { userId: string | null; phone: string; loginId: string | null },
): Promise<void> {
  const { userId, phone, loginId } = whose
  const owner = { userId, target: phone, loginId }
  await spend(ctx, 'verify_phone', countedFor(owner))
  const code = beginCode(ctx, phoneCode, owner)
  if (code !== null) textCode(ctx, phone, code)
}

/** Sends the code that verifies a number. */
export function textCode(ctx: Exchange, phone: string, code: string): void {
  const minutes = Math.ceil(ctx.server.settings.account.phoneVerificationTimeout / 60)
  queueSms(ctx, phone, 'phone_verification_code', { code, minutes })
}

/** The verification of a number that this session waits for. */
export function pendingPhoneCode(ctx: Exchange) {
  return pendingCode(ctx, phoneCode)
}

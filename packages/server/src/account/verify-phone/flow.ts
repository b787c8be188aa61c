import { passStage, waitingLogin } from '../../authentication/login.ts'
import { checkPendingCode, countedFor, finishPendingCode, renewCode } from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange, PendingCode } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import { savePhoneNumber } from '../../users/phone-numbers.ts'
import { notify } from '../notices.ts'
import { pendingPhoneCode, phoneCode, textCode } from '../phone-verification.ts'

/** Verifies a number by its code, and goes on with the login that waits for it. */
export async function verifyNumber(ctx: Exchange, code: string): Promise<void> {
  const pending = await requirePendingCode(ctx)
  await checkPendingCode(ctx, pending, { value: code, param: 'code' })
  const { userId, target: phone } = pending
  if (userId === null) throw new Error('a pretended code has matched')
  finishPendingCode(ctx, phoneCode, pending)
  ctx.pending.writes.push(async (tx) => {
    const isSaved = await savePhoneNumber(tx, { userId, phone, isVerified: true }, ctx.server.now())
    if (!isSaved) throw new Refusal('phone_taken', 'code')
  })
  emit(ctx, { type: 'phone_changed', userId, phone })
  if (pending.loginId !== null) return passStage(ctx, 'verify_phone')
  notify(ctx, ctx.session.user?.email, 'phone_changed', {})
}

/** Sends another code to the number that waits. */
export async function resendPhoneCode(ctx: Exchange): Promise<void> {
  const pending = await requirePendingCode(ctx)
  const code = renewCode(ctx, phoneCode, pending)
  await spend(ctx, 'verify_phone', countedFor(pending))
  if (code !== null) textCode(ctx, pending.target, code)
}

/** 409 comes before any look at the input. */
async function requirePendingCode(ctx: Exchange): Promise<PendingCode> {
  await waitingLogin(ctx)
  const pending = await pendingPhoneCode(ctx)
  if (!pending) throw new Refusal('conflict')
  return pending
}

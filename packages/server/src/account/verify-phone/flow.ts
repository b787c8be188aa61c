import { passStage } from '../../authentication/login.ts'
import {
  checkPendingCode,
  finishPendingCode,
  ownerOf,
  refuseProved,
  renewCode,
  requirePendingCode,
} from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange } from '../../exchange.ts'
import { spend } from '../../limits/limits.ts'
import { isPhoneClaimed, markPhoneVerified, savePhoneNumber } from '../../users/phone-numbers.ts'
import { notify } from '../notices.ts'
import { phoneCode, textCode } from '../phone-verification.ts'

/** Verifies a number by its code, and goes on with the login that waits for it. */
export async function verifyNumber(ctx: Exchange, code: string): Promise<void> {
  const pending = await requirePendingCode(ctx, phoneCode)
  await checkPendingCode(ctx, pending, { kind: phoneCode, value: code, param: 'code' })
  const userId = ownerOf(pending)
  const phone = pending.target
  if (await isPhoneClaimed(ctx.server.db, { userId, phone })) {
    await refuseProved(ctx, pending, new Refusal('phone_taken', 'code'))
  }
  finishPendingCode(ctx, phoneCode, pending)
  const isAtLogin = pending.loginId !== null
  ctx.pending.writes.push(async (tx) => {
    // At login it has to be the user's still: another login may have corrected it.
    const isSaved = isAtLogin
      ? (await markPhoneVerified(tx, userId, phone)) !== 'missing'
      : await savePhoneNumber(tx, { userId, phone }, ctx.server.now())
    if (!isSaved) throw new Refusal('phone_taken', 'code')
  })
  if (isAtLogin) {
    emit(ctx, { type: 'phone_verified', userId, phone })
    return passStage(ctx, 'verify_phone', { proved: phone })
  }
  emit(ctx, { type: 'phone_changed', userId, phone })
  notify(ctx, ctx.session.user, 'phone_changed', {})
}

/** Sends another code to the number of a login that waits; a change is begun anew instead. */
export async function resendPhoneCode(ctx: Exchange): Promise<void> {
  const pending = await requirePendingCode(ctx, phoneCode)
  if (pending.loginId === null) throw new Refusal('conflict')
  const code = renewCode(ctx, phoneCode, pending)
  await spend(ctx, 'verify_phone', pending.target)
  const { userId, target: phone } = pending
  if (code !== null) textCode(ctx, { userId, phone, code })
}

import type { Exchange, PendingLogin, Stage } from '../../exchange.ts'
import { findPhoneNumber } from '../../users/phone-numbers.ts'
import { isPhoneNumber } from '../../users/spelling.ts'
import { pendingPhoneCode, sendPhoneCode } from '../phone-verification.ts'

/** Stops a login until its number is verified. */
export const verifyPhone: Stage = {
  id: 'verify_phone',

  async applies(ctx, login) {
    const { phoneVerificationEnabled, signupFields } = ctx.server.settings.account
    if (!phoneVerificationEnabled || signupFields.phone === 'absent') return false
    // What was proved on the way is not written yet.
    if (login.proved.some(isPhoneNumber)) return false
    const number = await numberOf(ctx, login)
    return number === null ? needsNumber(ctx, login) : !number.isVerified
  },

  async enter(ctx, login) {
    const number = await numberOf(ctx, login)
    if (number === null) return 'stuck'
    const { userId, id: loginId, isSignup } = login
    await sendPhoneCode(ctx, { userId, phone: number.phone, loginId, isSignup })
    return 'waits'
  },

  async isAlive(ctx) {
    return (await pendingPhoneCode(ctx)) !== null
  },

  async pretend(ctx, login) {
    const { id: loginId, isSignup, phone = '' } = login
    await sendPhoneCode(ctx, { userId: null, phone, loginId, isSignup })
  },
}

async function numberOf(ctx: Exchange, login: PendingLogin) {
  if (login.userId !== null) {
    const stored = await findPhoneNumber(ctx.server.db, login.userId)
    if (stored) return stored
  }
  return login.phone === undefined ? null : { phone: login.phone, isVerified: false }
}

/** Whoever can not do without a number and has none can not log in. */
function needsNumber(ctx: Exchange, login: PendingLogin): boolean {
  return login.userId !== null && ctx.server.settings.account.signupFields.phone === 'required'
}

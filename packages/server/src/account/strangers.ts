import type { Exchange } from '../exchange.ts'
import { frontendUrl } from '../frontend-url.ts'
import { mayNotifyStranger } from '../limits/notices.ts'
import { queueMail, queueSms } from '../messages.ts'
import { isPhoneNumber } from '../users/spelling.ts'

/** Tells an address or number that somebody asked for something there, and that it has no account. */
export async function tellUnknown(ctx: Exchange, target: string): Promise<void> {
  const isNumber = isPhoneNumber(target)
  if (!isNumber && !ctx.server.settings.account.emailUnknownAccounts) return
  if (!(await mayNotifyStranger(ctx, target))) return
  const signupUrl = frontendUrl(ctx, 'account_signup')
  const params = signupUrl === undefined ? {} : { signupUrl }
  if (isNumber) queueSms(ctx, target, 'unknown_account', params)
  else queueMail(ctx, target, 'unknown_account', { email: target, ...params })
}

/** Tells the owner of an address or number that somebody tried to sign up with it. */
export async function tellOwnerOfTaken(ctx: Exchange, target: string): Promise<void> {
  if (!(await mayNotifyStranger(ctx, target))) return
  if (isPhoneNumber(target)) return queueSms(ctx, target, 'account_already_exists', {})
  const resetUrl = frontendUrl(ctx, 'account_reset_password')
  const params = { email: target, ...(resetUrl !== undefined && { resetUrl }) }
  queueMail(ctx, target, 'account_already_exists', params)
}

import type { Exchange } from '../exchange.ts'
import { frontendUrl } from '../frontend-url.ts'
import { mayNotifyStranger } from '../limits/notices.ts'
import { queueMail, queueSms } from '../messages.ts'
import type { Holder } from '../users/holder.ts'
import { isPhoneNumber } from '../users/spelling.ts'

/** Tells an address or number that somebody asked for something there, and that it has no account. */
export async function tellUnknown(ctx: Exchange, target: string): Promise<void> {
  const isNumber = isPhoneNumber(target)
  if (!isNumber && !ctx.server.settings.account.emailUnknownAccounts) return
  if (!(await mayNotifyStranger(ctx, target))) return
  const signupUrl = frontendUrl(ctx, 'account_signup')
  const params = signupUrl === undefined ? {} : { signupUrl }
  const stranger = { to: target, language: null }
  if (isNumber) queueSms(ctx, stranger, 'unknown_account', params)
  else queueMail(ctx, stranger, 'unknown_account', { email: target, ...params })
}

/** Tells the holder of an address or number that somebody tried to sign up with it. */
export async function tellOwnerOfTaken(
  ctx: Exchange,
  target: string,
  holder: Holder | null,
): Promise<void> {
  if (!(await mayNotifyStranger(ctx, target))) return
  const owner = { to: target, language: holder?.language ?? null }
  if (isPhoneNumber(target)) return queueSms(ctx, owner, 'account_already_exists', {})
  const resetUrl = frontendUrl(ctx, 'account_reset_password')
  const params = { email: target, ...(resetUrl !== undefined && { resetUrl }) }
  queueMail(ctx, owner, 'account_already_exists', params)
}

import { passStage, startLoginAt, waitingLogin } from '../../authentication/login.ts'
import { secondsNow } from '../../authentication/records.ts'
import { makeCode } from '../../codes/code.ts'
import { checkPendingCode, finishPendingCode, renewCode } from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange, PendingCode } from '../../exchange.ts'
import { frontendUrl } from '../../frontend-url.ts'
import { spend, trySpend } from '../../limits/limits.ts'
import { queueMail, queueSms } from '../../messages.ts'
import { confirmEmailAddress } from '../../users/confirm-email.ts'
import { markPhoneVerified } from '../../users/phone-numbers.ts'
import { isPhoneNumber } from '../../users/spelling.ts'
import { findUserByPhone, findUsersByEmail, type User } from '../../users/users.ts'
import { deliverLoginCode, loginCode, pendingLoginCode, sendLoginCode } from './code.ts'
import type { CodeRequest } from './input.ts'

/** Sends a code to log in with. Whether there is such an account shows nowhere but in the message. */
export async function requestLoginCode(ctx: Exchange, request: CodeRequest): Promise<void> {
  const { param, target } = request
  const payment = await trySpend(ctx, 'request_login_code', target)
  if ('retryAfterMs' in payment) throw new Refusal('too_many_login_attempts', param)
  const user = await findActiveUser(ctx, request)
  if (!user && ctx.server.settings.account.preventEnumeration === false) {
    throw new Refusal(`unknown_${param}`, param)
  }
  if (!user) tellUnknown(ctx, target)
  if (ctx.session.user) {
    // Nothing waits in a session that is signed in, so this code opens nothing.
    const { format } = loginCode.rules(ctx.server.settings)
    if (user) deliverLoginCode(ctx, target, makeCode(format))
    return
  }
  const start = { userId: user?.id ?? null, [param]: target }
  const login = startLoginAt(ctx, start, 'login_by_code')
  sendLoginCode(ctx, login, target)
}

/** Logs in by the code, which proves the address or number as well. */
export async function confirmLoginCode(ctx: Exchange, code: string): Promise<void> {
  const pending = await requirePendingCode(ctx)
  await checkPendingCode(ctx, pending, { value: code, param: 'code' })
  const { userId, target } = pending
  if (userId === null) throw new Error('a pretended code has matched')
  finishPendingCode(ctx, loginCode, pending)
  noteProved(ctx, userId, target)
  const contact = isPhoneNumber(target) ? { phone: target } : { email: target }
  await passStage(ctx, 'login_by_code', { method: 'code', at: secondsNow(ctx), ...contact })
}

/** Sends another code for the login that waits. */
export async function resendLoginCode(ctx: Exchange): Promise<void> {
  const pending = await requirePendingCode(ctx)
  const code = renewCode(ctx, loginCode, pending)
  await spend(ctx, 'request_login_code', pending.target)
  if (code !== null) deliverLoginCode(ctx, pending.target, code)
}

/** 409 comes before any look at the input. */
export async function requirePendingCode(ctx: Exchange): Promise<PendingCode> {
  await waitingLogin(ctx, 'login_by_code')
  const pending = await pendingLoginCode(ctx)
  if (!pending) throw new Refusal('conflict')
  return pending
}

function noteProved(ctx: Exchange, userId: string, target: string): void {
  const { settings, now } = ctx.server
  ctx.pending.writes.push(async (tx) => {
    if (isPhoneNumber(target)) await markPhoneVerified(tx, userId, target)
    // False where it was verified already, or is somebody else's by now: the login is right anyway.
    else await confirmEmailAddress(tx, { userId, email: target }, { settings, now: now() })
  })
}

async function findActiveUser(ctx: Exchange, { param, target }: CodeRequest): Promise<User | null> {
  const { db } = ctx.server
  const found =
    param === 'email' ? await findUsersByEmail(db, target) : [await findUserByPhone(db, target)]
  return found.find((user) => user?.isActive) ?? null
}

function tellUnknown(ctx: Exchange, target: string): void {
  const signupUrl = frontendUrl(ctx, 'account_signup')
  const params = signupUrl === undefined ? {} : { signupUrl }
  if (isPhoneNumber(target)) queueSms(ctx, target, 'unknown_account', params)
  else if (ctx.server.settings.account.emailUnknownAccounts) {
    queueMail(ctx, target, 'unknown_account', { email: target, ...params })
  }
}

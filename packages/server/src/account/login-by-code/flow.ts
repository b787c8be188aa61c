import { passStage, startLoginAt } from '../../authentication/login.ts'
import { secondsNow } from '../../authentication/records.ts'
import { makeCode } from '../../codes/code.ts'
import {
  checkPendingCode,
  finishPendingCode,
  ownerOf,
  renewCode,
  requirePendingCode,
} from '../../codes/pending.ts'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { spend, trySpend } from '../../limits/limits.ts'
import { chosenHere } from '../../users/language.ts'
import { findUserReachedBy } from '../../users/reached.ts'
import { isPhoneNumber } from '../../users/spelling.ts'
import { findUserByPhone, trustPassword, type User } from '../../users/users.ts'
import { tellUnknown } from '../strangers.ts'
import { deliverLoginCode, loginCode, sendLoginCode } from './code.ts'
import { distrustStranger, noteProved, takeAlone } from './first-proof.ts'
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
  if (!user) await tellUnknown(ctx, target)
  if (ctx.session.user) {
    // Nothing waits in a session that is signed in, so this code opens nothing.
    const { format } = loginCode.rules(ctx.server.settings)
    const { language = null } = user ?? {}
    if (user) deliverLoginCode(ctx, { to: target, language }, makeCode(format))
    return
  }
  const { id = null, epoch = 0, language = null } = user ?? {}
  const start = { userId: id, epoch, language, [param]: target }
  const login = startLoginAt(ctx, start, 'login_by_code')
  sendLoginCode(ctx, login, target)
}

/** Logs in by the code, which proves the address or number as well. */
export async function confirmLoginCode(ctx: Exchange, code: string): Promise<void> {
  const pending = await requirePendingCode(ctx, loginCode)
  await checkPendingCode(ctx, pending, { kind: loginCode, value: code, param: 'code' })
  const { target } = pending
  const userId = ownerOf(pending)
  finishPendingCode(ctx, loginCode, pending)
  const { login } = ctx.session.state
  // Whoever has just signed up has set the password themselves.
  const hadPassword =
    login?.isSignup || login?.proofs.some(({ method }) => method === 'password') || false
  // A code that was asked for is itself the first proof: the login begins with it.
  const isAskedFor = login !== undefined && !login.isSignup && login.proofs.length === 0
  ctx.pending.writes.push(async (tx) => {
    const isFirst = await noteProved(ctx, tx, { userId, target })
    if (isFirst && isAskedFor && !isPhoneNumber(target))
      await takeAlone(ctx, tx, { userId, target })
    if (hadPassword) await trustPassword(tx, userId)
    else if (isFirst) await distrustStranger(ctx, tx, login, userId)
  })
  if (isAskedFor) login.startedAt = ctx.server.now()
  const contact = isPhoneNumber(target) ? { phone: target } : { email: target }
  const proof = { method: 'code', at: secondsNow(ctx), ...contact }
  await passStage(ctx, 'login_by_code', { proof, proved: target })
}

/** Sends another code for the login that waits. */
export async function resendLoginCode(ctx: Exchange): Promise<void> {
  const pending = await requirePendingCode(ctx, loginCode)
  const code = renewCode(ctx, loginCode, pending)
  // Counted with the requests also where it only pretends, or the limit tells who has an account.
  await spend(ctx, 'request_login_code', pending.target)
  const language = chosenHere(ctx, pending.userId)
  if (code !== null) deliverLoginCode(ctx, { to: pending.target, language }, code)
}

function findActiveUser(ctx: Exchange, { param, target }: CodeRequest): Promise<User | null> {
  const { db } = ctx.server
  return param === 'email' ? findUserReachedBy(db, target) : findActiveByPhone(ctx, target)
}

async function findActiveByPhone(ctx: Exchange, phone: string): Promise<User | null> {
  const user = await findUserByPhone(ctx.server.db, phone)
  return user?.isActive ? user : null
}

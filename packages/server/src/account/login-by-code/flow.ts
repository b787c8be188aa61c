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
import { emit } from '../../events/emit.ts'
import type { Exchange, PendingLogin } from '../../exchange.ts'
import { spend, trySpend } from '../../limits/limits.ts'
import { endOtherSessions } from '../../sessions/end.ts'
import { deleteAllSocialAccounts, listSocialAccounts } from '../../socialaccount/store.ts'
import type { DatabaseTransaction } from '../../storage/open.ts'
import { confirmEmailAddress } from '../../users/confirm-email.ts'
import { listEmailAddresses } from '../../users/email-addresses.ts'
import { chosenHere } from '../../users/language.ts'
import { markPhoneVerified } from '../../users/phone-numbers.ts'
import { isPhoneNumber } from '../../users/spelling.ts'
import {
  distrustPassword,
  findUserByPhone,
  findUserReachedBy,
  raiseEpoch,
  trustPassword,
  type User,
} from '../../users/users.ts'
import { tellUnknown } from '../strangers.ts'
import { deliverLoginCode, loginCode, sendLoginCode } from './code.ts'
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

/**
 * Writes down what the code has proved. True if nobody had shown to own the address before.
 * @throws Refusal `conflict` where the address or number is not the user's any more.
 */
async function noteProved(
  ctx: Exchange,
  tx: DatabaseTransaction,
  { userId, target }: { userId: string; target: string },
): Promise<boolean> {
  const { settings, now } = ctx.server
  if (isPhoneNumber(target)) {
    const outcome = await markPhoneVerified(tx, userId, target)
    if (outcome === 'missing') throw new Refusal('conflict')
    return outcome === 'confirmed'
  }
  const proved = { userId, email: target, unless: 'stored' } as const
  const outcome = await confirmEmailAddress(tx, proved, { settings, now: now() })
  if (outcome === 'missing' || outcome === 'taken') throw new Refusal('conflict')
  if (outcome !== 'confirmed') return false
  emit(ctx, { type: 'email_confirmed', userId, email: target })
  return true
}

/**
 * Disconnects what whoever signed up with the address may have connected to come back with.
 * @throws Refusal `conflict` beside another address that was verified, maybe since the code was sent: whoever
 * reads its mail would share the account
 */
async function takeAlone(
  ctx: Exchange,
  tx: DatabaseTransaction,
  { userId, target }: { userId: string; target: string },
): Promise<void> {
  const addresses = await listEmailAddresses(tx, userId)
  if (addresses.some((it) => it.isVerified && it.email !== target)) throw new Refusal('conflict')
  for (const { provider, uid } of await listSocialAccounts(tx, userId)) {
    emit(ctx, { type: 'provider_disconnected', userId, provider, uid })
  }
  await deleteAllSocialAccounts(tx, userId)
}

/**
 * Whoever signed up may have been somebody else, who does not read the mail of the address: their
 * sessions and logins under way end, and their password opens nothing alone.
 */
async function distrustStranger(
  ctx: Exchange,
  tx: DatabaseTransaction,
  login: PendingLogin | undefined,
  userId: string,
): Promise<void> {
  await distrustPassword(tx, userId)
  await raiseEpoch(tx, userId)
  // This login is the owner's, and goes on.
  if (login) login.epoch += 1
  await endOtherSessions(ctx, tx, userId)
}

function findActiveUser(ctx: Exchange, { param, target }: CodeRequest): Promise<User | null> {
  const { db } = ctx.server
  return param === 'email' ? findUserReachedBy(db, target) : findActiveByPhone(ctx, target)
}

async function findActiveByPhone(ctx: Exchange, phone: string): Promise<User | null> {
  const user = await findUserByPhone(ctx.server.db, phone)
  return user?.isActive ? user : null
}

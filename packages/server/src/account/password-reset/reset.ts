import { startLogin } from '../../authentication/login.ts'
import { secondsNow } from '../../authentication/records.ts'
import { checkPendingCode, finishPendingCode } from '../../codes/pending.ts'
import { type Problem, Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange, PendingCode, SessionUser } from '../../exchange.ts'
import { forget } from '../../limits/limits.ts'
import { endSessions } from '../../sessions/store.ts'
import { confirmEmailAddress } from '../../users/confirm-email.ts'
import { findUserById, loadSessionUser, loginKeys, replacePasswordHash } from '../../users/users.ts'
import { newPasswordProblems } from '../new-password.ts'
import { notify } from '../notices.ts'
import { pendingResetCode, resetCode } from './code.ts'
import { readResetKey } from './link.ts'

/** Whose password a key or code resets; `pending` where it is a code. */
interface Resettable {
  user: SessionUser
  passwordHash: string | null
  pending: PendingCode | null
}

/** The user whose password a key or code would reset. A wrong code is an attempt. */
export async function lookUpReset(ctx: Exchange, key: string): Promise<SessionUser> {
  const pending = await requireWaitingCode(ctx)
  return (await findResettable(ctx, key, pending)).user
}

/** Resets the password. @throws Refusal naming what is wrong with key and password. */
export async function resetPassword(
  ctx: Exchange,
  { key, password }: { key: string; password: string },
  problems: readonly Problem[],
): Promise<void> {
  const pending = await requireWaitingCode(ctx)
  const found = await findResettable(ctx, key, pending).catch((error: unknown) => {
    // Beside a key that is missing, a missing password is named as well.
    if (error instanceof Refusal && key === '') throw Refusal.all(problems)
    throw error
  })
  const weak =
    password === '' ? [] : newPasswordProblems(ctx, { password, param: 'password' }, found.user)
  if (problems.length + weak.length > 0) throw Refusal.all([...problems, ...weak])
  await setNewPassword(ctx, found, password)
  await logInAfterwards(ctx, found)
}

/** By code, 409 comes before any look at the input. Null where resets go by link. */
async function requireWaitingCode(ctx: Exchange): Promise<PendingCode | null> {
  if (!ctx.server.settings.account.passwordResetByCodeEnabled) return null
  const pending = await pendingResetCode(ctx)
  if (!pending) throw new Refusal('conflict')
  return pending
}

async function findResettable(
  ctx: Exchange,
  key: string,
  pending: PendingCode | null,
): Promise<Resettable> {
  if (pending) await checkPendingCode(ctx, pending, { value: key, param: 'key' })
  else if (key === '') throw new Refusal('required', 'key')
  const { db } = ctx.server
  const found = pending?.userId
    ? await findUserById(db, pending.userId)
    : await readResetKey(ctx, key)
  const user = found ? await loadSessionUser(db, found.id) : null
  if (!found || !user) throw new Refusal('invalid_password_reset', 'key')
  return { user, passwordHash: found.passwordHash, pending }
}

/** Everybody who was signed in by the old password is signed out, here as well. */
async function setNewPassword(ctx: Exchange, found: Resettable, password: string): Promise<void> {
  const { user, passwordHash, pending } = found
  const { hasher, now, settings, db } = ctx.server
  const hash = await hasher.hash(password)
  if (pending) finishPendingCode(ctx, resetCode, pending)
  ctx.pending.writes.push(async (tx) => {
    // Only the one who still finds the old hash sets the new one: a link works once.
    const isFirst = await replacePasswordHash(tx, { id: user.id, from: passwordHash, to: hash })
    if (!isFirst) throw new Refusal('invalid_password_reset', 'key')
    // The code came by mail, so whoever has it reads the mail of that address.
    const proved = pending && { userId: user.id, email: pending.target }
    if (proved) await confirmEmailAddress(tx, proved, { settings, now: now() })
    await endSessions(tx, { userId: user.id, exceptId: ctx.session.id, now: now() })
  })
  if (ctx.session.user?.id === user.id) ctx.session.change = 'expire'
  const keys = await loginKeys(db, user.id, ['email', 'username', 'phone'])
  for (const key of keys) await forget(ctx, 'login_failed', key)
  emit(ctx, { type: 'password_reset', userId: user.id })
  notify(ctx, user.email, 'password_reset', {})
}

async function logInAfterwards(ctx: Exchange, { user, pending }: Resettable): Promise<void> {
  if (!ctx.server.settings.account.loginOnPasswordReset || ctx.session.user) return
  const email = pending ? { email: pending.target } : {}
  const proof = { method: 'password_reset', at: secondsNow(ctx), ...email }
  await startLogin(ctx, { userId: user.id, proof, ...email })
}

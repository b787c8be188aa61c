import {
  checkPendingCode,
  finishPendingCode,
  ownerOf,
  requirePendingCode,
} from '../../codes/pending.ts'
import { type Problem, Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { Exchange, PendingCode, SessionUser } from '../../exchange.ts'
import { forget } from '../../limits/limits.ts'
import { endOtherSessions } from '../../sessions/end.ts'
import { disconnectStrangers } from '../../socialaccount/disconnect-all.ts'
import type { DatabaseTransaction } from '../../storage/open.ts'
import { confirmEmailAddress } from '../../users/confirm-email.ts'
import { listEmailAddresses } from '../../users/email-addresses.ts'
import { loginKeys } from '../../users/login-keys.ts'
import {
  findUserById,
  loadSessionUser,
  raiseEpoch,
  replacePasswordHash,
  type User,
} from '../../users/users.ts'
import { newPasswordProblems } from '../new-password.ts'
import { notify } from '../notices.ts'
import { resetCode } from './code.ts'
import { readResetKey } from './link.ts'
import { logInAfterwards } from './log-in.ts'
import { sealOf } from './seal.ts'

/** Whose password a key or code resets; `pending` where it is a code. */
interface Resettable {
  user: SessionUser
  stored: User
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
    if (error instanceof Refusal) throw withProblems(error, problems)
    throw error
  })
  const weak =
    password === '' ? [] : newPasswordProblems(ctx, { password, param: 'password' }, found.user)
  if (problems.length + weak.length > 0) throw Refusal.all([...problems, ...weak])
  await setNewPassword(ctx, found, password)
  await logInAfterwards(ctx, found)
}

/**
 * What is wrong with the key, and which fields can not be read. How strong the password is, is not said
 * before the key is right: by code that would tell who has an account.
 */
function withProblems(refusal: Refusal, problems: readonly Problem[]): Refusal {
  if (refusal.problems.some(({ param }) => param !== 'key')) return refusal
  const isRead = !problems.some(({ param }) => param === 'key')
  return Refusal.all(isRead ? [...refusal.problems, ...problems] : problems)
}

/** By code, 409 comes before any look at the input. Null where resets go by link. */
export async function requireWaitingCode(ctx: Exchange): Promise<PendingCode | null> {
  const isByCode = ctx.server.settings.account.passwordResetByCodeEnabled
  return isByCode ? requirePendingCode(ctx, resetCode) : null
}

async function findResettable(
  ctx: Exchange,
  key: string,
  pending: PendingCode | null,
): Promise<Resettable> {
  const stored = pending ? await findByCode(ctx, key, pending) : await findByLink(ctx, key)
  const user = await loadSessionUser(ctx.server.db, stored.id)
  if (!user) throw new Refusal('invalid_password_reset', 'key')
  return { user, stored, pending }
}

async function findByCode(ctx: Exchange, key: string, pending: PendingCode): Promise<User> {
  await checkPendingCode(ctx, pending, { kind: resetCode, value: key, param: 'key' })
  const user = await findUserById(ctx.server.db, ownerOf(pending))
  // A password or address that has changed since ends the code, as it ends a link.
  if (!user || (await sealOf(ctx, user)) !== pending.seal) throw new Refusal('conflict')
  return user
}

async function findByLink(ctx: Exchange, key: string): Promise<User> {
  if (key === '') throw new Refusal('required', 'key')
  const user = await readResetKey(ctx, key)
  if (!user) throw new Refusal('invalid_password_reset', 'key')
  return user
}

/** Everybody who was signed in by the old password is signed out, here as well. */
async function setNewPassword(ctx: Exchange, found: Resettable, password: string): Promise<void> {
  const { user, stored, pending } = found
  const { hasher, now, settings, db } = ctx.server
  const to = await hasher.hash(password)
  const loginNames = await loginKeys(db, user.id, ['email', 'username', 'phone'])
  if (pending) finishPendingCode(ctx, resetCode, pending)
  ctx.pending.writes.push(async (tx) => {
    // Only the one who still finds the old hash sets the new one: a link works once.
    const from = stored.passwordHash
    const isFirst = await replacePasswordHash(tx, { id: user.id, from, to, isNew: true })
    if (!isFirst) throw new Refusal('invalid_password_reset', 'key')
    await raiseEpoch(tx, user.id)
    // Whoever has set the old one may have been a stranger, who does not read the mail.
    if (from !== null) await distrustUnverified(ctx, tx, user.id)
    // The code came by mail, so whoever has it reads the mail of that address.
    const proved =
      pending && ({ userId: user.id, email: pending.target, unless: 'stored' } as const)
    const outcome = proved && (await confirmEmailAddress(tx, proved, { settings, now: now() }))
    if (outcome === 'taken' || outcome === 'missing') throw new Refusal('conflict')
    await endOtherSessions(ctx, tx, user.id)
    for (const name of loginNames) await forget(ctx, tx, 'login_failed', name)
  })
  if (ctx.session.user?.id === user.id) ctx.session.change = 'expire'
  emit(ctx, { type: 'password_reset', userId: user.id })
  notify(ctx, user, 'password_reset', {})
}

async function distrustUnverified(
  ctx: Exchange,
  tx: DatabaseTransaction,
  userId: string,
): Promise<void> {
  const addresses = await listEmailAddresses(tx, userId)
  if (addresses.some((it) => it.isVerified)) return
  await disconnectStrangers(ctx, tx, { userId, addresses })
}

import { uuidv7 } from '../crypto/random.ts'
import { LostRace } from '../errors.ts'
import { emit } from '../events/emit.ts'
import type { Exchange, MethodRecord, PendingLogin, Stage, StageId } from '../exchange.ts'
import { deleteEnded } from '../sessions/end.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import { findUserById, noteLogin } from '../users/users.ts'
import { recordProof } from './records.ts'

/** What a login begins with. */
export interface LoginStart {
  /** Null to pretend a login, where it must not show that an account exists. */
  userId: string | null
  isActive?: boolean
  /** Of a user who exists already. */
  epoch?: number
  /** Of the password that was given, if one was. */
  passwordEpoch?: number
  /** Whether no trust from before counts, as after a new password. */
  isFresh?: boolean
  /** What was proved; a signup proves nothing yet. */
  proof?: MethodRecord
  /** The address or number that the proof came from. */
  proved?: string
  isSignup?: boolean
  /** Whether somebody came from a provider. */
  isByProvider?: boolean
  /** Whether a passkey is to be made, in place of a password. */
  needsPasskey?: boolean
  /** What the user has chosen, where it is one who exists already. */
  language?: string | null
  email?: string
  phone?: string
}

/**
 * Begins a login in the place of any that waits: every way in comes through here, so that none can
 * forget a stage. Afterwards the user is signed in, or a stage waits, or (inactive account) neither.
 */
export async function startLogin(ctx: Exchange, start: LoginStart): Promise<void> {
  if (beginLogin(ctx, start)) await resumeLogin(ctx)
}

/** Begins a login, as `startLogin` does, with a stage that waits whatever the settings say. */
export function startLoginAt(ctx: Exchange, start: LoginStart, stage: StageId): PendingLogin {
  const login = beginLogin(ctx, start)
  if (!login) throw new Error('an inactive user can not wait at a stage')
  login.stage = stage
  return login
}

function beginLogin(ctx: Exchange, start: LoginStart): PendingLogin | null {
  dropLogin(ctx)
  if (start.proof) recordProofOf(ctx, start.userId, start.proof)
  if (start.isActive === false) {
    const method = start.proof?.method ?? null
    emit(ctx, { type: 'login_failed', userId: start.userId, method, reason: 'inactive' })
    return null
  }
  const now = ctx.server.now()
  const login: PendingLogin = {
    id: uuidv7(now),
    userId: start.userId,
    startedAt: now,
    stage: null,
    passed: [],
    proofs: start.proof ? [start.proof] : [],
    isSignup: start.isSignup ?? false,
    epoch: start.epoch ?? 0,
    isFresh: start.isFresh ?? false,
    proved: start.proved === undefined ? [] : [start.proved],
    ...(start.passwordEpoch !== undefined && { passwordEpoch: start.passwordEpoch }),
    ...(start.email !== undefined && { email: start.email }),
    ...(start.phone !== undefined && { phone: start.phone }),
    ...(start.needsPasskey && { needsPasskey: true }),
    ...(start.isByProvider && { isByProvider: true }),
    ...(start.language && { language: start.language }),
  }
  ctx.session.state.login = login
  return login
}

/** Goes on to the first stage that applies and was not passed; where there is none, signs in. */
async function resumeLogin(ctx: Exchange): Promise<void> {
  const { login } = ctx.session.state
  if (!login) return
  for (const stage of ctx.server.stages) {
    if (login.passed.includes(stage.id)) continue
    if (!(await stage.applies(ctx, login))) {
      await stage.skip?.(ctx, login)
      login.passed.push(stage.id)
      continue
    }
    if (login.userId === null) {
      await stage.pretend?.(ctx, login)
      login.stage = stage.id
      return
    }
    const outcome = await stage.enter(ctx, login)
    if (outcome === 'stuck') return dropLogin(ctx)
    login.stage = stage.id
    return
  }
  const late = await findLateStage(ctx, login)
  if (!late) return completeLogin(ctx, login)
  await late.enter(ctx, login)
  login.stage = late.id
}

/** A stage that did not apply when it was asked, but does by now. */
async function findLateStage(
  ctx: Exchange,
  login: PendingLogin,
  db?: DatabaseOrTransaction,
): Promise<Stage | undefined> {
  for (const stage of ctx.server.stages) {
    if (stage.mayComeLate && (await stage.applies(ctx, login, db))) return stage
  }
  return undefined
}

/** What one user proves is not listed in a session that another is signed in to. */
function recordProofOf(ctx: Exchange, userId: string | null, proof: MethodRecord): void {
  const { user } = ctx.session
  if (!user || user.id === userId) recordProof(ctx, proof)
}

/** Passes the stage that waits, with what it proved, and goes on. */
export async function passStage(
  ctx: Exchange,
  id: StageId,
  { proof, proved }: Pick<LoginStart, 'proof' | 'proved'> = {},
): Promise<void> {
  const { login } = ctx.session.state
  if (login?.stage !== id) throw new Error(`no login waits at ${id}`)
  await takeOverPassword(ctx, login, id)
  login.passed.push(id)
  login.stage = null
  // Whoever has planted the cookie must not go on from here: the next step of a browser may need no
  // proof. An app keeps its token until the end, as clients of the API expect.
  const isOther = ctx.session.user?.id !== login.userId
  if (ctx.client === 'browser' && isOther) ctx.session.change = 'rotate'
  if (proved !== undefined) login.proved.push(proved)
  if (proof) {
    login.proofs.push(proof)
    recordProofOf(ctx, login.userId, proof)
  }
  await resumeLogin(ctx)
}

/** A login that outlived a change of the password goes on as if it had begun with the new one. */
async function takeOverPassword(ctx: Exchange, login: PendingLogin, id: StageId): Promise<void> {
  const stage = ctx.server.stages.find((it) => it.id === id)
  if (!stage?.outlivesPasswordChange || login.passwordEpoch === undefined) return
  const user = login.userId === null ? null : await findUserById(ctx.server.db, login.userId)
  if (user) login.passwordEpoch = user.passwordEpoch
}

/**
 * The login that waits at a stage. One that is out of time, or whose stage can not be passed any
 * more, is dropped.
 */
export async function waitingLogin(ctx: Exchange, id?: StageId): Promise<PendingLogin | null> {
  const { login } = ctx.session.state
  if (!login?.stage) return null
  const age = ctx.server.now() - login.startedAt
  const stage = ctx.server.stages.find((it) => it.id === login.stage)
  const isOver = age >= ctx.server.settings.account.loginTimeout * 1000
  if (
    !stage ||
    isOver ||
    (await hasEnded(ctx, login, stage)) ||
    !(await stage.isAlive(ctx, login))
  ) {
    dropLogin(ctx)
    return null
  }
  return id === undefined || login.stage === id ? login : null
}

/** Whether its user was deactivated meanwhile, has another password, or had every login ended. */
async function hasEnded(
  ctx: Exchange,
  { userId, epoch, passwordEpoch }: PendingLogin,
  { outlivesPasswordChange }: Stage,
): Promise<boolean> {
  if (userId === null) return false
  const user = await findUserById(ctx.server.db, userId)
  if (!user?.isActive || user.epoch !== epoch) return true
  if (passwordEpoch === undefined || outlivesPasswordChange) return false
  return user.passwordEpoch !== passwordEpoch
}

/** Ends the login that waits, and what was begun for it. */
export function dropLogin(ctx: Exchange): void {
  const { state } = ctx.session
  delete state.login
  delete state.loginCode
  // What was begun for a login must not work for the next user of the session.
  delete state.emailVerification
  delete state.phoneVerification
}

/** The only place that puts a user into a session. */
function completeLogin(ctx: Exchange, login: PendingLogin): void {
  const { session, server, pending } = ctx
  const { userId } = login
  if (userId === null) throw new Error('a pretended login can not be completed')
  const before = session.user
  delete session.state.login
  const lastProof = login.proofs.at(-1)
  if (lastProof) session.state.provedAt = lastProof.at * 1000
  else delete session.state.provedAt
  // Nothing of somebody else's session passes to the next user of it.
  if (before && before.id !== userId) session.state = {}
  pending.writes.push(async (tx) => {
    if (!(await noteLogin(tx, { ...login, id: userId }, server.now()))) throw new LostRace()
    // Whoever sets up a factor waits for this, or this for them.
    if (await findLateStage(ctx, login, tx)) throw new LostRace()
    // The API has it so: after a login no session is told any more that it was ended, but is gone.
    const { installedApps } = server.settings.server
    if (installedApps.includes('allauth.usersessions')) await deleteEnded(tx, userId)
  })
  pending.signIn = userId
  // Whoever proves again to be the same goes on under the same token.
  if (before?.id !== userId) session.change = 'rotate'
  emit(ctx, { type: 'logged_in', userId, method: lastProof?.method ?? null })
}

/** The login that waits at the stage that a route has named, and its user. @throws Error without one. */
export function loginAtStage({ session }: Exchange): PendingLogin & { userId: string } {
  const { login } = session.state
  const userId = login?.userId
  if (!login || !userId) throw new Error('no login waits')
  return { ...login, userId }
}

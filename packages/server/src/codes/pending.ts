import { waitingLogin } from '../authentication/login.ts'
import { Refusal } from '../errors.ts'
import { writeEvent } from '../events/store.ts'
import type { Exchange, PendingCode } from '../exchange.ts'
import type { CodeFormat } from '../settings/code-format.ts'
import type { Settings } from '../settings/settings.ts'
import { makeCode } from './code.ts'
import {
  type CodePurpose,
  chargeAttempt,
  consumeCode,
  insertCode,
  isCodeAlive,
  newCodeId,
  replaceCode,
  tryCode,
} from './store.ts'

/** A kind of code that a session waits for: what it is for, and what the settings say of it. */
export interface CodeKind {
  readonly purpose: CodePurpose
  /** The member of the session's state that remembers it. */
  readonly slot: 'emailVerification' | 'phoneVerification' | 'loginCode' | 'passwordReset'
  /** Whom it belongs to: the login or user that it was begun for, or anybody in the session. */
  readonly owner: 'login' | 'session'
  readonly rules: (settings: Settings) => CodeRules
}

export interface CodeRules {
  format: CodeFormat
  maxAttempts: number
  timeoutSeconds: number
  /** How often it may be sent again, and sent elsewhere instead. */
  resends: number
  changes: number
}

/** Whom a new code is for; `userId` is null where it only pretends. */
export type CodeOwner = Pick<PendingCode, 'target' | 'userId' | 'loginId' | 'seal'>

/** Begins to wait for a new code. Returns it to be sent, or null where nothing will ever match. */
export function beginCode(ctx: Exchange, kind: CodeKind, owner: CodeOwner): string | null {
  const rules = kind.rules(ctx.server.settings)
  const code = owner.userId === null ? null : makeCode(rules.format)
  const id = newCodeId(ctx)
  ctx.session.state[kind.slot] = {
    ...owner,
    codeId: id,
    changesLeft: owner.userId === null ? 0 : rules.changes,
    resendsLeft: rules.resends,
  }
  const { maxAttempts, timeoutSeconds } = rules
  const { purpose } = kind
  const kept = { id, purpose, subject: owner.target, code, maxAttempts, timeoutSeconds }
  ctx.pending.writes.push((tx) => insertCode(tx, ctx, kept))
  return code
}

/** The code that is waited for, if it can still be tried by whom it belongs to. */
export async function pendingCode(ctx: Exchange, kind: CodeKind): Promise<PendingCode | null> {
  const { state, user } = ctx.session
  const pending = state[kind.slot]
  if (!pending) return null
  const isTheirs =
    pending.loginId === null ? pending.userId === user?.id : pending.loginId === state.login?.id
  return (isTheirs || kind.owner === 'session') && (await isCodeAlive(ctx, pending.codeId))
    ? pending
    : null
}

/** The code that is waited for. @throws Refusal `conflict` (409) where none is. */
export async function requirePendingCode(ctx: Exchange, kind: CodeKind): Promise<PendingCode> {
  // A login that is over takes its codes along.
  await waitingLogin(ctx)
  const pending = await pendingCode(ctx, kind)
  if (!pending) throw new Refusal('conflict')
  return pending
}

/** Whose code it is. Only one that has an owner can have been right. */
export function ownerOf({ userId }: PendingCode): string {
  if (userId === null) throw new Error('a pretended code has matched')
  return userId
}

/**
 * Tries `input` as the code. An empty one is an attempt too.
 * @throws Refusal `required`, `incorrect_code` (400) or, where no attempt is left, `conflict` (409).
 */
export async function checkPendingCode(
  ctx: Exchange,
  pending: PendingCode,
  input: { kind: CodeKind; value: string; param: string },
): Promise<void> {
  const outcome = await tryCode(ctx, pending.codeId, input.value)
  if (outcome === 'gone') throw new Refusal('conflict')
  if (outcome === 'wrong') {
    const { purpose } = input.kind
    await writeEvent(ctx, { type: 'code_failed', userId: pending.userId, purpose })
    throw new Refusal(input.value === '' ? 'required' : 'incorrect_code', input.param)
  }
}

/**
 * Refuses what a right code was to do, since it is not possible: an attempt, too.
 * @throws Refusal with `problem`.
 */
export async function refuseProved(
  ctx: Exchange,
  pending: PendingCode,
  problem: Refusal,
): Promise<never> {
  await chargeAttempt(ctx.server.db, pending.codeId, ctx.server.now())
  throw problem
}

/** Uses the code up when the session is saved. @throws Refusal then, if somebody did before. */
export function finishPendingCode(ctx: Exchange, kind: CodeKind, pending: PendingCode): void {
  delete ctx.session.state[kind.slot]
  ctx.pending.writes.push(async (tx) => {
    const isFirst = await consumeCode(tx, pending.codeId, ctx.server.now())
    if (!isFirst) throw new Refusal('conflict')
  })
}

/**
 * Makes another code for the same wait; the attempts made stay counted. Returns it to be sent.
 * @throws Refusal `conflict` where the settings allow no more of this.
 */
export function renewCode(
  ctx: Exchange,
  kind: CodeKind,
  pending: PendingCode,
  change?: Pick<PendingCode, 'target' | 'userId'>,
): string | null {
  const quota = change ? 'changesLeft' : 'resendsLeft'
  if (pending[quota] <= 0) throw new Refusal('conflict')
  const renewed = { ...pending, ...change, [quota]: pending[quota] - 1 }
  const { format, maxAttempts, timeoutSeconds } = kind.rules(ctx.server.settings)
  const code = renewed.userId === null ? null : makeCode(format)
  ctx.session.state[kind.slot] = renewed
  const { codeId: id, target: subject } = renewed
  const kept = { id, purpose: kind.purpose, subject, code, maxAttempts, timeoutSeconds }
  ctx.pending.writes.push((tx) => replaceCode(tx, ctx, kept))
  return code
}

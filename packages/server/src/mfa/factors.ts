import {
  type Authenticator,
  deleteAllAuthenticators,
  deleteAuthenticators,
  hasFactor,
  insertAuthenticator,
  type NewAuthenticator,
} from '../authenticators/store.ts'
import { LostRace, type Refusal } from '../errors.ts'
import { emit } from '../events/emit.ts'
import type { Exchange } from '../exchange.ts'
import { endOtherSessions } from '../sessions/end-others.ts'
import { isMfaOn } from '../settings/mfa-on.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import { listEmailAddresses } from '../users/email-addresses.ts'
import { lockUser } from '../users/users.ts'
import { findRecoveryCodes, makeRecoveryCodes } from './recovery.ts'

/**
 * Whether the user may not set up a factor: somebody could sign up with an address that is not
 * theirs and lock its owner out for good.
 */
export async function hasUnverifiedAddress(
  { server }: Exchange,
  userId: string,
  db: DatabaseOrTransaction = server.db,
): Promise<boolean> {
  if (server.settings.mfa.allowUnverifiedEmail) return false
  const addresses = await listEmailAddresses(db, userId)
  return addresses.some(({ isVerified }) => !isVerified)
}

/** Stores a factor when the session is saved, and returns it. @throws Refusal then, if it exists. */
export function addFactor(
  ctx: Exchange,
  { uniqueKey, ...factor }: Omit<NewAuthenticator, 'isFactor'>,
  ifDuplicate: Refusal,
): Authenticator {
  const createdAt = ctx.server.now()
  const added = { ...factor, isFactor: true, createdAt, lastUsedAt: null }
  ctx.pending.writes.push(async (tx) => {
    await lockUser(tx, factor.userId)
    // Added meanwhile: refused when it is looked at anew.
    if (await hasUnverifiedAddress(ctx, factor.userId, tx)) throw new LostRace()
    const isNew = await insertAuthenticator(tx, { ...added, uniqueKey }, createdAt)
    if (!isNew) throw ifDuplicate
  })
  endOthersAfterChange(ctx, factor.userId)
  return added
}

/**
 * Makes recovery codes along with a first factor, where the settings have them. Returns what tells,
 * once the session is saved, whether any were made.
 */
export function addRecoveryCodes(ctx: Exchange, userId: string): () => boolean {
  let wereMade = false
  if (!isMfaOn(ctx.server.settings, 'recovery_codes')) return () => false
  ctx.pending.writes.push(async (tx) => {
    wereMade = (await findRecoveryCodes(tx, userId)) === null
    if (!wereMade) return
    await makeRecoveryCodes(tx, ctx, { userId, isShown: false })
    emit(ctx, { type: 'recovery_codes_generated', userId })
  })
  return () => wereMade
}

/** Removes factors when the session is saved; the recovery codes go along with the last one. */
export function removeFactors(ctx: Exchange, userId: string, ids: readonly string[]): void {
  ctx.pending.writes.push(async (tx) => {
    await lockUser(tx, userId)
    // Somebody else has removed one of them meanwhile: what happened is told from what is left.
    if ((await deleteAuthenticators(tx, userId, ids)) !== ids.length) throw new LostRace()
    await removeOrphans(tx, userId)
  })
  endOthersAfterChange(ctx, userId)
}

/** Somebody else in a session of the user was there before the factor, or lives on what is gone. */
function endOthersAfterChange(ctx: Exchange, userId: string): void {
  if (ctx.server.settings.mfa.endOtherSessions) endOtherSessions(ctx, userId)
}

async function removeOrphans(tx: DatabaseOrTransaction, userId: string): Promise<void> {
  if (!(await hasFactor(tx, userId))) await deleteAllAuthenticators(tx, userId)
}

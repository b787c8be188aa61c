import { waitingLogin } from '../../authentication/login.ts'
import { type CodeKind, pendingCode } from '../../codes/pending.ts'
import { LostRace, Refusal } from '../../errors.ts'
import type { Exchange, PendingCode, PendingLogin, StageId } from '../../exchange.ts'
import type { DatabaseTransaction } from '../../storage/open.ts'
import { mayBeFirstLogin } from '../../users/first-login.ts'
import { lockUser } from '../../users/users.ts'

/** A login that waits for a code, and may still correct the address or number that the code goes to. */
export interface Correctable {
  login: PendingLogin & { userId: string }
  pending: PendingCode
}

/** @throws Refusal `conflict` where there is no such login. */
export async function requireCorrectable(
  ctx: Exchange,
  stage: StageId,
  kind: CodeKind,
): Promise<Correctable> {
  const waiting = await waitingLogin(ctx, stage)
  const pending = waiting ? await pendingCode(ctx, kind) : null
  // A login that only pretends has nothing to correct.
  if (!waiting?.userId || !pending || pending.changesLeft <= 0) throw new Refusal('conflict')
  const login = { ...waiting, userId: waiting.userId }
  // Whoever was signed in once changes it there.
  if (!(await mayBeFirstLogin(ctx.server.db, login))) throw new Refusal('conflict')
  return { login, pending }
}

/**
 * Writes a correction down at once: whoever comes back later logs in with it. The owner of what was there
 * may have come meanwhile, and ended the login.
 */
export function storeCorrection(
  ctx: Exchange,
  { login }: Correctable,
  store: (tx: DatabaseTransaction) => Promise<boolean>,
): void {
  ctx.pending.writes.push(async (tx) => {
    await lockUser(tx, login.userId)
    if (!(await mayBeFirstLogin(tx, login)) || !(await store(tx))) throw new LostRace()
  })
}

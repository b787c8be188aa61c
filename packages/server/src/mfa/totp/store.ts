import { deleteExpired } from '../../storage/delete-expired.ts'
import { insertIfAbsent } from '../../storage/insert-if-absent.ts'
import type { Database, DatabaseOrTransaction } from '../../storage/open.ts'

/** A time step of an authenticator app, which is used once. */
export interface TotpStep {
  authenticatorId: string
  /** Periods since 1970. */
  step: number
}

/** Those of the steps that are used up. */
export async function usedSteps(
  db: DatabaseOrTransaction,
  authenticatorId: string,
  steps: readonly number[],
): Promise<Set<number>> {
  if (steps.length === 0) return new Set()
  const rows = await db
    .selectFrom('used_totp_steps')
    .select('step')
    .where('authenticator_id', '=', authenticatorId)
    .where('step', 'in', steps)
    .execute()
  return new Set(rows.map(({ step }) => step))
}

/** Uses a step up; false where somebody did before. */
export async function spendStep(
  db: DatabaseOrTransaction,
  { authenticatorId, step }: TotpStep,
  expiresAt: number,
): Promise<boolean> {
  return insertIfAbsent(
    db
      .insertInto('used_totp_steps')
      .values({ authenticator_id: authenticatorId, step, expires_at: expiresAt }),
  )
}

/** Removes the steps that no clock accepts any more. */
export async function sweepTotpSteps(db: Database, now: number): Promise<void> {
  await deleteExpired(
    db,
    { table: 'used_totp_steps', key: 'authenticator_id', time: 'expires_at' },
    now,
  )
}

import type { DatabaseOrTransaction } from '../storage/open.ts'

/** A recovery code that is not used up. */
export interface UnusedCode {
  codeHash: string
  /** Null where it may not be shown any more. */
  sealedCode: string | null
}

export async function insertRecoveryCodes(
  db: DatabaseOrTransaction,
  authenticatorId: string,
  codes: readonly (UnusedCode & { position: number })[],
): Promise<void> {
  const rows = codes.map(({ codeHash, sealedCode, position }) => ({
    authenticator_id: authenticatorId,
    code_hash: codeHash,
    sealed_code: sealedCode,
    position,
    used_at: null,
  }))
  await db.insertInto('recovery_codes').values(rows).execute()
}

/** The codes that are left, in their order, and how many there were. */
export async function listUnusedCodes(
  db: DatabaseOrTransaction,
  authenticatorId: string,
): Promise<{ total: number; unused: UnusedCode[] }> {
  const rows = await db
    .selectFrom('recovery_codes')
    .select(['code_hash', 'sealed_code', 'used_at'])
    .where('authenticator_id', '=', authenticatorId)
    .orderBy('position')
    .execute()
  const unused = rows
    .filter((row) => row.used_at === null)
    .map((row) => ({ codeHash: row.code_hash, sealedCode: row.sealed_code }))
  return { total: rows.length, unused }
}

/** Uses a code up; false where somebody did before. */
export async function spendRecoveryCode(
  db: DatabaseOrTransaction,
  { authenticatorId, codeHash }: { authenticatorId: string; codeHash: string },
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('recovery_codes')
    .set({ used_at: now, sealed_code: null })
    .where('authenticator_id', '=', authenticatorId)
    .where('code_hash', '=', codeHash)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Forgets how the codes read, so that they can not be shown again. Returns of how many it was kept. */
export async function forgetCodeTexts(
  db: DatabaseOrTransaction,
  authenticatorId: string,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('recovery_codes')
    .set({ sealed_code: null })
    .where('authenticator_id', '=', authenticatorId)
    .where('sealed_code', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

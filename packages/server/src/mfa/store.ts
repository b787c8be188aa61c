import type { DatabaseOrTransaction } from '../storage/open.ts'

/** A recovery code that is not used up. */
export interface UnusedCode {
  /** Its place among the codes of the user. */
  position: number
  codeHash: string
  /** Null where it may not be shown any more. */
  sealedCode: string | null
}

export async function insertRecoveryCodes(
  db: DatabaseOrTransaction,
  authenticatorId: string,
  codes: readonly UnusedCode[],
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
    .select(['position', 'code_hash', 'sealed_code', 'used_at'])
    .where('authenticator_id', '=', authenticatorId)
    .orderBy('position')
    .execute()
  const unused = rows
    .filter((row) => row.used_at === null)
    .map((row) => ({
      position: row.position,
      codeHash: row.code_hash,
      sealedCode: row.sealed_code,
    }))
  return { total: rows.length, unused }
}

/** Codes of which the text is still kept, from any user, after a place in their order. */
export async function listReadableCodes(
  db: DatabaseOrTransaction,
  { after, limit }: { after: CodePlace; limit: number },
): Promise<(CodePlace & { sealedCode: string })[]> {
  const rows = await db
    .selectFrom('recovery_codes')
    .select(['authenticator_id', 'position', 'sealed_code'])
    .where('sealed_code', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('authenticator_id', '>', after.authenticatorId),
        eb.and([
          eb('authenticator_id', '=', after.authenticatorId),
          eb('position', '>', after.position),
        ]),
      ]),
    )
    .orderBy('authenticator_id')
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    authenticatorId: row.authenticator_id,
    position: row.position,
    sealedCode: row.sealed_code ?? '',
  }))
}

/** Where a code stands. */
export interface CodePlace {
  authenticatorId: string
  position: number
}

/** Stores a code in another form, unless it was used or forgotten meanwhile. */
export async function replaceCode(
  db: DatabaseOrTransaction,
  { authenticatorId, position }: CodePlace,
  { from, to }: { from: string; to: Omit<UnusedCode, 'position'> },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('recovery_codes')
    .set({ code_hash: to.codeHash, sealed_code: to.sealedCode })
    .where('authenticator_id', '=', authenticatorId)
    .where('position', '=', position)
    .where('sealed_code', '=', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** How many unused codes are kept by their hash alone. */
export async function countUnreadableCodes(db: DatabaseOrTransaction): Promise<number> {
  const row = await db
    .selectFrom('recovery_codes')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('sealed_code', 'is', null)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Uses a code up; false where somebody did before. */
export async function spendRecoveryCode(
  db: DatabaseOrTransaction,
  { authenticatorId, position }: CodePlace,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('recovery_codes')
    .set({ used_at: now, sealed_code: null })
    .where('authenticator_id', '=', authenticatorId)
    .where('position', '=', position)
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

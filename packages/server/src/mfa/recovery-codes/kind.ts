import { noteUse } from '../../authenticators/store.ts'
import { equalText } from '../../crypto/hash.ts'
import { LostRace, Refusal } from '../../errors.ts'
import { emit } from '../../events/emit.ts'
import type { AuthenticatorKind } from '../../exchange.ts'
import { possibleHashes } from '../recovery.ts'
import { listUnusedCodes, spendRecoveryCode } from '../store.ts'

/** Codes to get in with where the factor is lost. */
export const recoveryCodes: AuthenticatorKind = {
  type: 'recovery_codes',

  async describe({ server }, { id }) {
    const { total, unused } = await listUnusedCodes(server.db, id)
    return { total_code_count: total, unused_code_count: unused.length }
  },

  async matchCode(ctx, { id, userId }, code) {
    const { db, now } = ctx.server
    const hashes = possibleHashes(ctx, id, code)
    const { unused } = await listUnusedCodes(db, id)
    const found = unused.find(({ codeHash }) => hashes.some((hash) => equalText(hash, codeHash)))
    if (!found) return null
    return async (tx) => {
      if (!(await noteUse(tx, id, now()))) throw new LostRace()
      const spent = { authenticatorId: id, position: found.position }
      const isFirst = await spendRecoveryCode(tx, spent, now())
      if (!isFirst) throw new Refusal('incorrect_code', 'code')
      emit(ctx, { type: 'recovery_code_used', userId })
    }
  },
}

import { setImmediate } from 'node:timers/promises'
import type { Keys } from '../../crypto/keys.ts'
import type { Database } from '../../storage/open.ts'
import { transact } from '../../storage/transact.ts'
import { follows, isSealed, type Mark, sealMark } from './links.ts'
import {
  changeMark,
  deleteByIds,
  deleteRows,
  idsOutside,
  pageOfRows,
  type StoredRow,
} from './store.ts'

const batch = 500
const clockDifferenceMs = 3_600_000

/**
 * Removes the events from before a time: the oldest part of the chain, some at a time.
 * @throws Error where the oldest event is not as it was written: what tells of that stays.
 */
export async function sweepEvents(db: Database, keys: Keys, before: number): Promise<void> {
  // SQLite answers at once, so requests only get a turn between the batches.
  while ((await sweepChain(db, keys, before)) === batch) await setImmediate()
  while ((await sweepOutside(db, before)) === batch) await setImmediate()
}

/**
 * Whether the oldest event is dated in the future, by more than clocks differ: then nothing is removed until
 * that time has come.
 */
export async function isOldestAhead(db: Database, now: number): Promise<boolean> {
  const [oldest] = await pageOfRows(db, { after: 0, limit: 1 })
  return oldest !== undefined && oldest.created_at > now + clockDifferenceMs
}

async function sweepChain(db: Database, keys: Keys, before: number): Promise<number> {
  let count = 0
  await transact(db, (tx) =>
    changeMark(tx, 'tail', async (tail) => {
      count = 0
      const rows = await pageOfRows(tx, { after: tail.seq, limit: batch })
      if (rows[0] === undefined || rows[0].created_at >= before) return tail
      const old = oldestPart(tail, rows, before)
      const last = old.at(-1)
      if (!isSealed(keys, tail) || !last) {
        throw new Error('the audit log was changed: see latchkey audit verify')
      }
      await deleteRows(tx, { after: tail.seq, upTo: last.seq })
      count = old.length
      return sealMark(keys, { name: 'tail', seq: last.seq, hash: last.hash })
    }),
  )
  return count
}

/** As far as the rows are old and as they were written. */
function oldestPart(tail: Mark, rows: readonly StoredRow[], before: number): StoredRow[] {
  const end = rows.findIndex(
    (row, index) => row.created_at >= before || !follows(rows[index - 1] ?? tail, row),
  )
  return rows.slice(0, end === -1 ? rows.length : end)
}

async function sweepOutside(db: Database, before: number): Promise<number> {
  const ids = await idsOutside(db, { before, limit: batch })
  if (ids.length > 0) await deleteByIds(db, ids)
  return ids.length
}

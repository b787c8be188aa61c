import type { Keys } from '../../crypto/keys.ts'
import type { DatabaseTransaction } from '../../storage/open.ts'
import { type ChainRow, hashRow, isSealed, type Mark, sealMark } from './links.ts'
import { changeMark, insertRows } from './store.ts'

/**
 * Appends rows to the chain. Do it last in a transaction: everybody who writes events waits from here
 * on until it ends, and who takes this lock last can not lock in a ring with others.
 */
export async function appendRows(
  tx: DatabaseTransaction,
  keys: Keys,
  rows: readonly Omit<ChainRow, 'seq'>[],
): Promise<void> {
  if (rows.length === 0) return
  await changeMark(tx, 'head', async (head) => {
    const chained = chainRows(head, rows)
    await insertRows(tx, chained)
    const { seq, hash } = chained.at(-1) ?? head
    const moved = { ...head, seq, hash }
    // What somebody else has put there is not sealed anew, or nobody would find out any more.
    return isSealed(keys, head) ? sealMark(keys, moved) : moved
  })
}

function chainRows({ seq, hash }: Mark, rows: readonly Omit<ChainRow, 'seq'>[]) {
  let before = hash
  return rows.map((row, index) => {
    const numbered = { ...row, seq: seq + index + 1 }
    before = hashRow(before, numbered)
    return { ...numbered, hash: before }
  })
}

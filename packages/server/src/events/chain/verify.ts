import type { Keys } from '../../crypto/keys.ts'
import type { Database } from '../../storage/open.ts'
import { follows, isSealed, type Link, type Mark } from './links.ts'
import {
  countOutside,
  findTwice,
  pageOfRows,
  readBounds,
  readMarks,
  type StoredRow,
} from './store.ts'

const batch = 1000

/** A chain that is whole. */
export interface Whole {
  isWhole: true
  /** The rows that were looked at, `from` and `to` included; none where `count` is 0. */
  count: number
  from: number
  to: number
  /** Of the last row; empty where there was none yet. */
  hash: string
  /** Rows from before there was a chain, of which nothing is proved. */
  outside: number
}

/** What is wrong with a chain, and where it begins to be: null for rows that have no place of its. */
export interface Broken {
  isWhole: false
  seq: number | null
  problem: keyof typeof problems
}

/** What can be wrong, in words that follow "event 12: " or "an event: ". */
export const problems = {
  changed: 'it was changed, or took the place of another',
  missing: 'it is missing',
  inserted: 'it was inserted',
  outside: 'it was inserted without a place in the chain',
  head: 'the last event is not the one that was sealed, or SECRET_KEY is another',
  tail: 'what is removed for its age does not end where it was sealed, or SECRET_KEY is another',
  rolledBack: 'the chain ends before the checkpoint: the database is of an earlier time',
  otherChain: 'the checkpoint is of another event: the database was taken back to an earlier time',
  tooOld: 'the checkpoint can not be found any more: its event was removed for its age',
} as const

/**
 * Checks every row of the chain up to its present end, and that a link seen earlier is still part of
 * it. Servers may go on writing and removing meanwhile.
 */
export async function verifyChain(
  db: Database,
  keys: Keys,
  checkpoint?: Link,
): Promise<Whole | Broken> {
  const { head, tail } = await readMarks(db)
  if (!tail || !isSealed(keys, tail)) return broken(tail?.seq ?? 0, 'tail')
  if (!head) return broken(0, 'head')
  const walked = await walk({ db, keys, tail, end: head.seq, checkpoint })
  if ('problem' in walked) return walked
  const { from, place } = walked
  const isEnd = place.seq > head.seq || place.hash === head.hash
  if (!isEnd || !isSealed(keys, head)) return broken(head.seq, 'head')
  if (checkpoint && checkpoint.seq > head.seq) return broken(checkpoint.seq, 'rolledBack')
  if (checkpoint && !walked.hasMet) return broken(checkpoint.seq, 'tooOld')
  const besides = await findBesides(db)
  if (besides) return besides
  const outside = await countOutside(db)
  if (outside.sinceChain > 0) return broken(null, 'outside')
  const { seq: to, hash } = place
  return { isWhole: true, count: to - from + 1, from, to, hash, outside: outside.all }
}

interface Walk {
  db: Database
  keys: Keys
  tail: Mark
  end: number
  checkpoint: Link | undefined
}

interface Walked {
  /** The first row of the chain. */
  from: number
  /** How far it was followed. */
  place: Link
  /** Whether the checkpoint was on the way. */
  hasMet: boolean
}

/** Goes from the tail to the end. */
async function walk({ db, keys, tail, end, checkpoint }: Walk): Promise<Walked | Broken> {
  const hasMet = checkpoint?.seq === tail.seq && checkpoint.hash === tail.hash
  let walked: Walked = { from: tail.seq + 1, place: tail, hasMet }
  while (walked.place.seq < end) {
    const rows = await pageOfRows(db, { after: walked.place.seq, limit: batch })
    if (rows[0]?.seq !== walked.place.seq + 1) {
      const moved = await findMovedTail(db, keys, walked.place.seq)
      if ('problem' in moved) return moved
      walked = { ...walked, from: moved.seq + 1, place: moved }
    }
    const upToEnd = rows.filter(({ seq }) => seq <= end)
    const step = follow(walked, upToEnd, checkpoint)
    if ('problem' in step) return step
    walked = step
  }
  return walked
}

/** Somebody who removes old rows may have been faster; then the tail has moved along. */
async function findMovedTail(db: Database, keys: Keys, past: number): Promise<Mark | Broken> {
  const { tail } = await readMarks(db)
  if (!tail || tail.seq <= past) return broken(past + 1, 'missing')
  return isSealed(keys, tail) ? tail : broken(tail.seq, 'tail')
}

/** Goes on row by row, as far as there is no gap: what is behind one is looked at anew. */
function follow(
  walked: Walked,
  rows: readonly StoredRow[],
  checkpoint: Link | undefined,
): Walked | Broken {
  let { place, hasMet } = walked
  for (const row of rows) {
    if (row.seq !== place.seq + 1) break
    if (!follows(place, row)) return broken(row.seq, 'changed')
    if (checkpoint?.seq === row.seq) {
      if (checkpoint.hash !== row.hash) return broken(row.seq, 'otherChain')
      hasMet = true
    }
    place = row
  }
  return { ...walked, place, hasMet }
}

/** Rows before the beginning of the chain or after its end. */
async function findBesides(db: Database): Promise<Broken | null> {
  const bounds = await readBounds(db)
  if (!bounds) return broken(0, 'head')
  const { head, tail, first, last, count } = bounds
  if (first !== null && first <= tail) return broken(first, 'inserted')
  if (last !== null && last > head) return broken(last, 'inserted')
  // All places are taken, so what is more has one twice, or one that is no number.
  if (count > head - tail) return broken(await findTwice(db), 'inserted')
  return null
}

function broken(seq: number | null, problem: Broken['problem']): Broken {
  return { isWhole: false, seq, problem }
}

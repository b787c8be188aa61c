import type { Database, DatabaseOrTransaction, DatabaseTransaction } from '../../storage/open.ts'
import { eventColumns } from '../columns.ts'
import type { ChainRow, Mark } from './links.ts'

const markColumns = ['name', 'seq', 'hash', 'seal'] as const

export type StoredRow = ChainRow & { hash: string }

/**
 * Changes an end of the chain, which nobody else changes until the transaction ends. Returns what it
 * was changed to.
 */
export async function changeMark(
  tx: DatabaseTransaction,
  name: Mark['name'],
  change: (mark: Mark) => Promise<Mark> | Mark,
): Promise<Mark> {
  // A write that raises it, for the lock; one that changes nothing would have MariaDB show what the
  // transaction saw when it began, and not the newest.
  await tx
    .updateTable('audit_marks')
    .set((eb) => ({ seq: eb('seq', '+', 1) }))
    .where('name', '=', name)
    .execute()
  const raised = await tx
    .selectFrom('audit_marks')
    .select(markColumns)
    .where('name', '=', name)
    .executeTakeFirst()
  if (!raised) throw new Error(`the ${name} of the audit log is missing in the table audit_marks`)
  const changed = await change({ ...raised, seq: Number(raised.seq) - 1 })
  const { seq, hash, seal } = changed
  await tx.updateTable('audit_marks').set({ seq, hash, seal }).where('name', '=', name).execute()
  return changed
}

/** Both ends as they were at one moment; one that is missing is left out. */
export async function readMarks(db: Database): Promise<Partial<Record<Mark['name'], Mark>>> {
  const marks = await db.selectFrom('audit_marks').select(markColumns).execute()
  return Object.fromEntries(marks.map((mark) => [mark.name, withNumbers(mark)]))
}

export async function insertRows(
  tx: DatabaseTransaction,
  rows: readonly StoredRow[],
): Promise<void> {
  await tx.insertInto('events').values(rows).execute()
}

/** Rows of the chain after a place in it, in order. */
export async function pageOfRows(
  db: DatabaseOrTransaction,
  { after, limit }: { after: number; limit: number },
): Promise<StoredRow[]> {
  const rows = await db
    .selectFrom('events')
    .select(eventColumns)
    .where('seq', '>', after)
    .orderBy('seq')
    // Two rows in one place are never ours; whoever made them is found the same way each time.
    .orderBy('id')
    .limit(limit)
    .execute()
  // A hash that somebody took away fits nothing, as any other that is wrong.
  return rows.map((row) => withNumbers({ ...row, seq: Number(row.seq), hash: row.hash ?? '' }))
}

/** Where the rows begin and end and where the marks say that they do, all at one moment. */
export async function readBounds(db: Database) {
  const row = await db
    .selectFrom('audit_marks as head')
    .innerJoin('audit_marks as tail', (join) => join.on('tail.name', '=', 'tail'))
    .where('head.name', '=', 'head')
    .select(({ selectFrom, fn }) => [
      'head.seq as head',
      'tail.seq as tail',
      selectFrom('events').select(fn.min('seq').as('first')).as('first'),
      selectFrom('events').select(fn.max('seq').as('last')).as('last'),
      selectFrom('events').select(fn.count('seq').as('count')).as('count'),
    ])
    .executeTakeFirst()
  if (!row) return null
  const orNull = (value: unknown) => (value === null ? null : Number(value))
  const { head, tail, first, last, count } = row
  return {
    head: Number(head),
    tail: Number(tail),
    first: orNull(first),
    last: orNull(last),
    count: Number(count),
  }
}

/** A place in the chain that two rows have; null where there is none. */
export async function findTwice(db: Database): Promise<number | null> {
  const row = await db
    .selectFrom('events')
    .select('seq')
    .where('seq', 'is not', null)
    .groupBy('seq')
    .having(({ fn }) => fn.countAll(), '>', 1)
    .limit(1)
    .executeTakeFirst()
  return row ? Number(row.seq) : null
}

/** Removes the rows of the chain after one place in it, up to another. */
export async function deleteRows(
  tx: DatabaseTransaction,
  { after, upTo }: { after: number; upTo: number },
): Promise<void> {
  await tx.deleteFrom('events').where('seq', '>', after).where('seq', '<=', upTo).execute()
}

/** The ids of rows from before there was a chain, which were written before a time. */
export async function idsOutside(
  db: DatabaseOrTransaction,
  { before, limit }: { before: number; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('events')
    .select('id')
    .where('created_at', '<', before)
    .where('seq', 'is', null)
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

export async function deleteByIds(
  db: DatabaseOrTransaction,
  ids: readonly string[],
): Promise<void> {
  await db.deleteFrom('events').where('id', 'in', ids).where('seq', 'is', null).execute()
}

/** How many rows have no place in the chain, and how many of them were written since there is one. */
export async function countOutside(db: Database): Promise<{ all: number; sinceChain: number }> {
  const all = db.selectFrom('events').where('seq', 'is', null)
  const counted = all.select(({ fn }) => fn.countAll().as('count'))
  const since = counted.where('created_at', '>', await startOfChain(db))
  return {
    all: Number((await counted.executeTakeFirst())?.count ?? 0),
    sinceChain: Number((await since.executeTakeFirst())?.count ?? 0),
  }
}

/**
 * When the chain began. Anybody could have changed the time of the migration; that of the first event is
 * part of its hash.
 */
async function startOfChain(db: Database): Promise<number> {
  const migration = await db
    .selectFrom('latchkey_migrations')
    .select('applied_at')
    .where('name', '=', '0005-audit')
    .executeTakeFirst()
  const [first] = await pageOfRows(db, { after: 0, limit: 1 })
  const migratedAt = Number(migration?.applied_at ?? 0)
  return first ? Math.min(migratedAt, first.created_at) : migratedAt
}

/** Some drivers answer 64-bit integers as text. */
function withNumbers<Row extends { seq: number; created_at?: number }>(row: Row): Row {
  const { created_at: at } = row
  return { ...row, seq: Number(row.seq), ...(at !== undefined && { created_at: Number(at) }) }
}

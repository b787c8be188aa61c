import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from './open.ts'
import type { Tables } from './tables.ts'

const batch = 500
/** What is left then has to wait for the next turn, as the other tables have had to wait for this one. */
const mostBatches = 400

/** Where rows that expire are. */
interface Expiring<Table extends keyof Tables> {
  table: Table
  /** By which rows are deleted: it has an index, and a few rows at most have the same value. */
  key: keyof Tables[Table] & string
  /** The column that says from when on a row is worth nothing. It has an index too. */
  time: keyof Tables[Table] & string
}

/**
 * Deletes what has expired by `now`, some rows at a time: one statement for all of them could take longer
 * than the database lets it, and keep others from their rows meanwhile.
 */
export async function deleteExpired<Table extends keyof Tables>(
  db: Database,
  { table, key, time }: Expiring<Table>,
  now: number,
): Promise<void> {
  const isOver = sql`${sql.ref(time)} <= ${now}`
  for (let count = 0; count < mostBatches; count += 1) {
    const found = await sql<{ found: string }>`
      select ${sql.ref(key)} as found from ${sql.table(table)} where ${isOver} limit ${sql.lit(batch)}
    `.execute(db)
    const keys = found.rows.map((row) => row.found)
    if (keys.length === 0) return
    await sql`
      delete from ${sql.table(table)} where ${sql.ref(key)} in (${sql.join(filledUp(keys))}) and ${isOver}
    `.execute(db)
    if (keys.length < batch) return
    // SQLite answers at once, so requests only get a turn between the batches.
    await setImmediate()
  }
}

/** As many as a batch has, whatever they are, so that the statement is always the same one. */
function filledUp(keys: readonly string[]): string[] {
  return Array.from({ length: batch }, (_, index) => keys[Math.min(index, keys.length - 1)] ?? '')
}

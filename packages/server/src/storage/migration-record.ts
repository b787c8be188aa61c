import { isMissing } from './errors.ts'
import type { DatabaseOrTransaction } from './open.ts'

/** How far a database has come with one step. */
export interface Progress {
  isApplied: boolean
  /** How many of its statements are done, where that is noted for each. */
  done: number
  /** Whether the next statement was begun and nobody knows how it ended. */
  isUncertain: boolean
}

/** Of a step that nobody has begun. */
export const notBegun: Progress = { isApplied: false, done: 0, isUncertain: false }

/** Whether something of it may have been done. */
export function isBegun({ isApplied, done, isUncertain }: Progress): boolean {
  return isApplied || done > 0 || isUncertain
}

/** What the database knows of steps, by name. It may know more of them than this version. */
export async function readProgress(
  db: DatabaseOrTransaction,
): Promise<ReadonlyMap<string, Progress>> {
  try {
    const rows = await db.selectFrom('latchkey_migrations').select(['name', 'applied_at']).execute()
    return new Map(rows.map((row) => [row.name, progressOf(row.applied_at)]))
  } catch (error) {
    if (isMissing(error)) return new Map()
    throw error
  }
}

/** What makes the table that keeps the steps, where there is none. Run it with the lock held. */
export function createRecord(db: DatabaseOrTransaction) {
  return db.schema
    .createTable('latchkey_migrations')
    .ifNotExists()
    .addColumn('name', 'varchar(100)', (column) => column.primaryKey())
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
}

/** Notes when a step was applied. */
export async function noteApplied(
  db: DatabaseOrTransaction,
  name: string,
  now: number,
): Promise<void> {
  const { numUpdatedRows } = await noteAgain(db, name, now).executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) await noteFirst(db, name, now).execute()
}

/** Notes how far a step has come; nothing is left of one that has not come anywhere. */
export async function noteProgress(
  db: DatabaseOrTransaction,
  name: string,
  { done, isUncertain }: Omit<Progress, 'isApplied'>,
): Promise<void> {
  const number = 2 * done + (isUncertain ? 1 : 0)
  if (number > 0) await noteApplied(db, name, -number)
  else await db.deleteFrom('latchkey_migrations').where('name', '=', name).execute()
}

/** What notes a step that nothing is known of. */
export function noteFirst(db: DatabaseOrTransaction, name: string, now: number) {
  return db.insertInto('latchkey_migrations').values({ name, applied_at: now })
}

/** What notes a step that was begun before. */
export function noteAgain(db: DatabaseOrTransaction, name: string, now: number) {
  return db.updateTable('latchkey_migrations').set({ applied_at: now }).where('name', '=', name)
}

// A number below one can be no time: twice the statements that are done, and one more while the next runs.
function progressOf(appliedAt: number): Progress {
  if (appliedAt > 0) return { isApplied: true, done: 0, isUncertain: false }
  const number = -appliedAt
  return { isApplied: false, done: Math.floor(number / 2), isUncertain: number % 2 === 1 }
}

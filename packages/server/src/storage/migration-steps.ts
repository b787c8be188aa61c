import type { CompiledQuery } from 'kysely'
import { isDatabaseDown, isDoneAlready } from './errors.ts'
import { DataDoesNotFit, type Migration } from './migration.ts'
import {
  createRecord,
  isBegun,
  notBegun,
  noteApplied,
  noteProgress,
  type Progress,
  readProgress,
} from './migration-record.ts'
import { statementsOf } from './migration-statements.ts'
import type { Database } from './open.ts'

/** What is to be done at one time. */
interface Step {
  migration: Migration
  statements: readonly CompiledQuery[]
  now: number
}

/** Applies a step, one process at a time. False where another one was faster. */
export async function applyStep(db: Database, migration: Migration, now: number): Promise<boolean> {
  const step = { migration, now, statements: await statementsOf(db, migration) }
  return db.getExecutor().adapter.supportsTransactionalDdl
    ? db.transaction().execute((tx) => locked(tx, () => applyAtOnce(tx, step)))
    : db.connection().execute((one) => locked(one, () => applyOneByOne(one, step)))
}

/** The lock lasts as long as the connection, or what is done on it. */
async function locked<T>(db: Database, use: () => Promise<T>): Promise<T> {
  const { adapter } = db.getExecutor()
  const names = { lockTable: 'latchkey_migrations', lockRowId: 'lock' }
  await adapter.acquireMigrationLock(db, names)
  try {
    return await use()
  } finally {
    await adapter.releaseMigrationLock(db, names)
  }
}

async function applyAtOnce(tx: Database, { migration, statements, now }: Step): Promise<boolean> {
  const { isApplied } = await begin(tx, migration)
  if (isApplied) return false
  for (const statement of statements) await tx.executeQuery(statement)
  await noteApplied(tx, migration.name, now)
  return true
}

/** Where each change of the schema commits by itself: all are counted, so that none is done twice. */
async function applyOneByOne(
  connection: Database,
  { migration, statements, now }: Step,
): Promise<boolean> {
  const { name } = migration
  const before = await begin(connection, migration)
  if (before.isApplied) return false
  for (const [done, statement] of statements.entries()) {
    if (done < before.done) continue
    const isUncertain = before.isUncertain && done === before.done
    await applyCounted(connection, name, { statement, done, isUncertain })
  }
  await noteApplied(connection, name, now)
  return true
}

interface Counted {
  statement: CompiledQuery
  done: number
  isUncertain: boolean
}

async function applyCounted(
  connection: Database,
  name: string,
  { statement, done, isUncertain }: Counted,
): Promise<void> {
  await noteProgress(connection, name, { done, isUncertain: true })
  try {
    await connection.transaction().execute(async (tx) => {
      await tx.executeQuery(statement)
      await noteProgress(tx, name, { done: done + 1, isUncertain: false })
    })
  } catch (error) {
    if (isDatabaseDown(error)) throw error
    const isDone = isUncertain && isDoneAlready(error)
    await noteProgress(connection, name, { done: isDone ? done + 1 : done, isUncertain: false })
    if (!isDone) throw error
  }
}

/** How far the step has come. @throws DataDoesNotFit where it can not be begun. */
async function begin(db: Database, migration: Migration): Promise<Progress> {
  await createRecord(db).execute()
  const progress = (await readProgress(db)).get(migration.name) ?? notBegun
  if (isBegun(progress)) return progress
  const problems = (await migration.check?.(db)) ?? []
  if (problems.length > 0) throw new DataDoesNotFit(problems)
  return progress
}

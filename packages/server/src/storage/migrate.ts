import { setTimeout as sleep } from 'node:timers/promises'
import { isConflict, isDatabaseBusy, isMissing } from './errors.ts'
import { DataDoesNotFit, type Migration } from './migration.ts'
import { isBegun, notBegun, type Progress, readProgress } from './migration-record.ts'
import { applyStep } from './migration-steps.ts'
import { migrations } from './migrations.ts'
import type { Database } from './open.ts'

const mostTries = 100
const pauseMs = 500

/** How the schema of a database compares with that of this version. */
export interface SchemaState {
  /** What the database does not have yet, in order. */
  pending: readonly PendingStep[]
  /** What a later version has done to it. */
  unknown: readonly string[]
}

/** A step that is not applied, or not all of it because it was interrupted. */
export interface PendingStep {
  migration: Migration
  progress: Progress
}

/** Compares the schema with that of this version. Changes nothing, and waits for nobody. */
export async function schemaState(
  db: Database,
  known: readonly Migration[] = migrations,
): Promise<SchemaState> {
  const record = await readProgress(db)
  const names = new Set(known.map(({ name }) => name))
  return {
    pending: known.flatMap((migration) => {
      const progress = record.get(migration.name) ?? notBegun
      return progress.isApplied ? [] : [{ migration, progress }]
    }),
    unknown: [...record.keys()].filter((name) => !names.has(name)),
  }
}

/**
 * Applies what is pending, step by step, and returns the names of the steps. Servers of the version before
 * may run meanwhile: none of them waits long, as a step that would make them wait is tried again later.
 * @throws DataDoesNotFit
 */
export async function migrate(
  db: Database,
  now: () => number,
  known: readonly Migration[] = migrations,
): Promise<string[]> {
  const { pending } = await schemaState(db, known)
  await refuseUnfit(db, pending)
  const names: string[] = []
  for (const { migration } of pending) {
    if (await whenFree(() => applyStep(db, migration, now()))) names.push(migration.name)
  }
  return names
}

/** All that is in the way of the steps, as far as it can be told before the first of them. */
export async function findProblems(
  db: Database,
  pending: readonly PendingStep[],
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const { migration, progress } of pending) {
    if (!isBegun(progress)) problems.push(...(await checkEarly(db, migration)))
  }
  return problems
}

async function refuseUnfit(db: Database, pending: readonly PendingStep[]): Promise<void> {
  const problems = await findProblems(db, pending)
  if (problems.length > 0) throw new DataDoesNotFit(problems)
}

/** What a step before it is still to make can have nothing in it that does not fit. */
async function checkEarly(db: Database, migration: Migration): Promise<readonly string[]> {
  try {
    return (await migration.check?.(db)) ?? []
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Runs it again where others had the tables locked. */
async function whenFree<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run()
    } catch (error) {
      const isInTheWay = isDatabaseBusy(error) || isConflict(error)
      if (!isInTheWay || tries === mostTries) throw error
      await sleep(pauseMs)
    }
  }
}

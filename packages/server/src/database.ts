import type { Log } from './log.ts'
import type { Observer } from './observer.ts'
import type { Settings } from './settings/settings.ts'
import { migrate, schemaState } from './storage/migrate.ts'
import { type Database, type DatabaseOptions, openDatabase } from './storage/open.ts'

// A change of a large table takes as long as it takes; an hour says that something is wrong.
const migrationSeconds = 3600

/** What a start knows beside its settings. */
export interface Opening {
  now: () => number
  log?: Log
  observer?: Observer
  /** @defaultValue that of the settings */
  statementTimeoutSeconds?: number
}

/** The database of the settings; the first query connects to it. */
export function databaseFor({ server }: Settings, options: DatabaseOptions = {}): Database {
  return openDatabase(server.databaseUrl ?? server.databasePath, {
    poolSize: server.databasePoolSize,
    statementTimeoutSeconds: server.databaseStatementTimeout,
    isPooled: server.databaseTransactionPooling,
    ...options,
  })
}

/**
 * Opens the database of the settings with its schema up to date. One that a later version has changed is
 * opened as well: its nodes start while those of this version still run.
 * @throws DataDoesNotFit
 */
export async function openMigrated(settings: Settings, opening: Opening): Promise<Database> {
  const { now, log, ...options } = opening
  const db = databaseFor(settings, options)
  try {
    const { pending, unknown } = await schemaState(db)
    if (unknown.length > 0) {
      log?.warn(
        { migrations: unknown },
        'a later version has changed the database: update this one',
      )
    }
    if (pending.length > 0) await migrateDatabase(settings, now)
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/**
 * Brings the schema of the database of the settings up to date and returns the names of the steps.
 * @throws DataDoesNotFit
 */
export async function migrateDatabase(settings: Settings, now: () => number): Promise<string[]> {
  const db = databaseFor(settings, { statementTimeoutSeconds: migrationSeconds })
  try {
    return await migrate(db, now)
  } finally {
    await db.destroy()
  }
}

import { Kysely, type Transaction } from 'kysely'
import { LostRace } from '../errors.ts'
import { SettingsError } from '../settings/settings-error.ts'
import {
  isSqliteBusy,
  isSqliteForeignKeyViolation,
  isSqliteUniqueViolation,
  sqliteDialect,
} from './dialects/sqlite.ts'
import type { Tables } from './tables.ts'

/** The database; inside a transaction `DatabaseOrTransaction` takes both. */
export type Database = Kysely<Tables>
export type DatabaseTransaction = Transaction<Tables>
export type DatabaseOrTransaction = Kysely<Tables> | Transaction<Tables>

/**
 * Opens the database that `url` names: `sqlite:path`, or a plain path for SQLite.
 * @throws SettingsError for a scheme that no dialect serves.
 */
export function openDatabase(url: string): Database {
  const scheme = /^([a-z][a-z0-9+]+):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme && scheme !== 'sqlite' && scheme !== 'file') {
    throw new SettingsError([`DATABASE_URL: this version serves sqlite only, not "${scheme}"`])
  }
  const path = url.replace(/^(sqlite|file):(\/\/)?/i, '')
  return new Kysely<Tables>({ dialect: sqliteDialect(path) })
}

/** True if a write failed because a unique index already has the value. */
export function isUniqueViolation(error: unknown): boolean {
  return isSqliteUniqueViolation(error)
}

/** True if a write failed because the row that it belongs to is gone, such as that of a deleted user. */
export function isOwnerMissing(error: unknown): boolean {
  return isSqliteForeignKeyViolation(error)
}

/** True if the database was too busy to answer in time: the same may work a moment later. */
export function isDatabaseBusy(error: unknown): boolean {
  return isSqliteBusy(error)
}

/** What a write answers. @throws LostRace if a unique index already had the value. */
export async function orLostRace<T>(written: Promise<T>): Promise<T> {
  try {
    return await written
  } catch (error) {
    throw isUniqueViolation(error) ? new LostRace({ cause: error }) : error
  }
}

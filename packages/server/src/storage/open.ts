import { Kysely, type Transaction } from 'kysely'
import { LostRace } from '../errors.ts'
import { type Observer, unobserved } from '../observer.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { mysqlDialect } from './dialects/mysql.ts'
import { postgresDialect } from './dialects/postgres.ts'
import { sqliteDialect } from './dialects/sqlite.ts'
import { isUniqueViolation } from './errors.ts'
import { countError, observedDialect, observedRead } from './observed.ts'
import { keepReader, type ReadingDialect } from './reader.ts'
import type { Tables } from './tables.ts'

/** The database; inside a transaction `DatabaseOrTransaction` takes both. */
export type Database = Kysely<Tables>
export type DatabaseTransaction = Transaction<Tables>
export type DatabaseOrTransaction = Kysely<Tables> | Transaction<Tables>

/** How a database is reached. What is not said is as the settings have it by default. */
export interface DatabaseOptions {
  poolSize?: number
  statementTimeoutSeconds?: number
  isPooled?: boolean
  /** Looks on. @defaultValue nobody */
  observer?: Observer | undefined
}

/**
 * Opens the database that `url` names: `postgres://`, `mysql://` (or `mariadb://`), or `sqlite:path`; a
 * plain path is a file of SQLite. Nothing is connected before the first statement.
 * @throws SettingsError for a scheme that no dialect serves.
 */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { observer = unobserved } = options
  const dialect = dialectFor(url, options)
  const { read } = dialect
  if (observer === unobserved) {
    const db = new Kysely<Tables>({ dialect })
    if (read) keepReader(db, read)
    return db
  }
  const db = new Kysely<Tables>({
    dialect: observedDialect(dialect, observer),
    log(event) {
      if (event.level === 'error') countError(observer, event.error)
    },
  })
  if (read) keepReader(db, observedRead(read, observer))
  return db
}

function dialectFor(
  url: string,
  { poolSize = 10, statementTimeoutSeconds = 10, isPooled = false }: DatabaseOptions,
): ReadingDialect {
  const scheme = /^([a-z][a-z0-9+]+):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === undefined && url.includes('//') && url.includes('@')) {
    // As a path it would be quoted where it can not be opened, with the password in it.
    throw new SettingsError(['DATABASE_URL: expected a scheme and "://", such as postgres://'])
  }
  const statementTimeoutMs = statementTimeoutSeconds * 1000
  const options = { url, poolSize, statementTimeoutMs, isPooled }
  switch (scheme) {
    case 'postgres':
    case 'postgresql':
      return postgresDialect(options)
    case 'mysql':
    case 'mariadb':
      return mysqlDialect({ ...options, url: url.replace(/^mariadb:/i, 'mysql:') })
    case undefined:
    case 'sqlite':
    case 'file':
      return sqliteDialect(url.replace(/^(sqlite|file):(\/\/)?/i, ''))
    default:
      throw new SettingsError([
        `DATABASE_URL: postgres, mysql, mariadb or sqlite are possible, not "${scheme}"`,
      ])
  }
}

/** What a write answers. @throws LostRace if a unique index already had the value. */
export async function orLostRace<T>(written: Promise<T>): Promise<T> {
  try {
    return await written
  } catch (error) {
    throw isUniqueViolation(error) ? new LostRace({ cause: error }) : error
  }
}

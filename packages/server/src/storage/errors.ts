/** Said by a driver where no server answers, so that the same may work once there is one again. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
}

/**
 * What databases call the same: extended result codes of SQLite, SQLSTATE of PostgreSQL, error numbers
 * of MySQL and MariaDB.
 */
interface Names {
  sqlite?: readonly number[]
  postgres?: readonly string[]
  mysql?: readonly number[]
}

// SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY; unique_violation; ER_DUP_ENTRY
const unique: Names = { sqlite: [2067, 1555], postgres: ['23505'], mysql: [1062] }

// SQLITE_CONSTRAINT_FOREIGNKEY; foreign_key_violation; ER_NO_REFERENCED_ROW, ER_NO_REFERENCED_ROW_2
const foreignKey: Names = { sqlite: [787], postgres: ['23503'], mysql: [1216, 1452] }

// serialization_failure, deadlock_detected; ER_LOCK_DEADLOCK, ER_CHECKREAD. SQLite has none of it.
const conflict: Names = { postgres: ['40001', '40P01'], mysql: [1213, 1020] }

// SQLITE_BUSY; lock_not_available, query_canceled by the time limit; ER_LOCK_WAIT_TIMEOUT and the
// limits on the time of a statement of MySQL and of MariaDB
const busy: Names = { sqlite: [5], postgres: ['55P03', '57014'], mysql: [1205, 3024, 1969] }

// undefined_table, undefined_column; ER_NO_SUCH_TABLE, ER_BAD_FIELD_ERROR. SQLite has no number for it.
const missing: Names = { postgres: ['42P01', '42703'], mysql: [1146, 1054] }

// ER_TABLE_EXISTS_ERROR, ER_BAD_TABLE_ERROR, ER_DUP_FIELDNAME, ER_DUP_KEYNAME, ER_FK_DUP_NAME,
// ER_CANT_DROP_FIELD_OR_KEY. Only there a change of the schema can be done and nobody know it.
const doneAlready: Names = { mysql: [1050, 1051, 1060, 1061, 1826, 1091] }

/** True if a write failed because a unique index already has the value. */
export function isUniqueViolation(error: unknown): boolean {
  return isOneOf(error, unique)
}

/** True if a write failed because the row that it belongs to is gone, such as that of a deleted user. */
export function isOwnerMissing(error: unknown): boolean {
  return isOneOf(error, foreignKey)
}

/**
 * True if the database undid a transaction because another one was in its way: run again from its
 * start, it may well succeed.
 */
export function isConflict(error: unknown): boolean {
  return isOneOf(error, conflict)
}

/** True if the database was too busy to answer in time: the same may work a moment later. */
export function isDatabaseBusy(error: unknown): boolean {
  return isOneOf(error, busy) || (isCoded(error) && (Number(error.errcode) & 0xff) === 5)
}

/** True if there is no such table or column. */
export function isMissing(error: unknown): boolean {
  if (isOneOf(error, missing)) return true
  return isCoded(error) && error.errcode === 1 && /^no such (table|column)/.test(error.message)
}

/** True if a change of the schema failed because it was made before. */
export function isDoneAlready(error: unknown): boolean {
  return isOneOf(error, doneAlready)
}

/**
 * True if no database answers: none listens, it shuts down, or the connection broke; the file of SQLite
 * can not be read or written, because the disk is full, or gone.
 */
export function isDatabaseDown(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true
  // SQLITE_IOERR, SQLITE_FULL and SQLITE_CANTOPEN, with their extended codes in the higher bytes.
  return isCoded(error) && [10, 13, 14].includes(Number(error.errcode) & 0xff)
}

interface Coded extends Error {
  /** Of SQLite. */
  errcode?: unknown
  /** Of PostgreSQL; a word in errors of MySQL and of Node. */
  code?: unknown
  /** Of MySQL; a negative number in errors of the system. */
  errno?: unknown
}

function isCoded(error: unknown): error is Coded {
  return error instanceof Error
}

function isOneOf(error: unknown, { sqlite, postgres, mysql }: Names): boolean {
  if (!isCoded(error)) return false
  const { errcode, code, errno } = error
  return (
    (typeof errcode === 'number' && sqlite?.includes(errcode) === true) ||
    (typeof code === 'string' && postgres?.includes(code) === true) ||
    (typeof errno === 'number' && mysql?.includes(errno) === true)
  )
}

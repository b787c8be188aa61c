import type { CompiledQuery, Dialect, QueryResult } from 'kysely'

/** Runs a compiled read by itself, outside of any transaction, and as directly as the database allows. */
export type Read = <Row>(query: CompiledQuery<Row>) => Promise<QueryResult<Row>>

/** A dialect that may have a shorter way for hot reads than through Kysely's connections. */
export interface ReadingDialect extends Dialect {
  read?: Read
}

const readers = new WeakMap<object, Read>()

/** Has hot reads of a database take this way. */
export function keepReader(db: object, read: Read): void {
  readers.set(db, read)
}

/** The shortest way to read from a database. */
export function readerOf(db: { executeQuery: Read }): Read {
  return readers.get(db) ?? ((query) => db.executeQuery(query))
}

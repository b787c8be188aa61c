import type { InsertQueryBuilder, InsertResult } from 'kysely'
import type { Tables } from './tables.ts'

/**
 * Inserts a row, unless a unique index has one of its values already: false then, and nothing fails, so a
 * transaction of PostgreSQL goes on.
 */
export async function insertIfAbsent<Table extends keyof Tables>(
  insert: InsertQueryBuilder<Tables, Table, InsertResult>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await insert
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

// Steps of the schema that a later version might have.
import { sql } from 'kysely'
import type { Migration } from '../../src/storage/migration.ts'
import { migrations } from '../../src/storage/migrations.ts'
import type { DatabaseOrTransaction } from '../../src/storage/open.ts'
import { type DatabaseKind, databaseKind } from '../../src/testing/database.ts'

/** The schema of this version, and what comes after it. */
export function followedBy(...steps: readonly Migration[]): readonly Migration[] {
  return [...migrations, ...steps]
}

/** A step that makes tables, one statement each. */
export function makesTables(...tables: readonly string[]): Migration {
  return {
    name: '9001-tables',
    async up(db) {
      for (const table of tables) {
        await db.schema
          .createTable(table)
          .addColumn('id', 'integer', (column) => column.primaryKey())
          .execute()
      }
    },
  }
}

const slow: Readonly<Record<DatabaseKind, string>> = {
  sqlite: `create temporary table slow as with recursive numbers (n) as
    (select 1 union all select n + 1 from numbers limit 1000000000) select sum(n) as n from numbers`,
  postgres: 'select pg_sleep(60)',
  mysql: 'do sleep(60)',
}

/** Makes a table before and one after a statement that takes its time, or does nothing. */
export function pausesBetween(isSlow: boolean): Migration {
  return {
    name: '9002-pause',
    async up(db) {
      await makesTables('before_it').up(db)
      await sql.raw(isSlow ? slow[databaseKind] : 'delete from rate_limits').execute(db)
      await makesTables('after_it').up(db)
    },
  }
}

/** The tables of a list that are there. */
export async function presentOf(
  db: DatabaseOrTransaction,
  ...tables: readonly string[]
): Promise<string[]> {
  const present: string[] = []
  for (const table of tables) {
    const isThere = await sql`select count(*) from ${sql.table(table)}`.execute(db).then(
      () => true,
      () => false,
    )
    if (isThere) present.push(table)
  }
  return present
}

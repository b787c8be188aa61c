import type { Migration } from '../migration.ts'

/** Who does what one node at a time is to do; `tables.ts` says what each column means. */
export const leases: Migration = {
  name: '0007-leases',
  async up(db) {
    await db.schema
      .createTable('leases')
      .addColumn('name', 'varchar(40)', (column) => column.primaryKey())
      .addColumn('holder', 'varchar(36)', (column) => column.notNull())
      .addColumn('held_until', 'bigint', (column) => column.notNull())
      .execute()
  },
}

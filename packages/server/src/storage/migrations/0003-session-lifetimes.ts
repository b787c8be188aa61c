import type { Migration } from '../migration.ts'

/** What limits on idle sessions and deactivated users need; `tables.ts` says what each column means. */
export const sessionLifetimes: Migration = {
  name: '0003-session-lifetimes',
  async up(db) {
    await db.schema.alterTable('sessions').addColumn('lasts_until', 'bigint').execute()
    await db.schema
      .alterTable('users')
      .addColumn('deactivations', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
  },
}

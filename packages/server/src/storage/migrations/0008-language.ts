import type { Migration } from '../migration.ts'

/** The language that a user has chosen; `tables.ts` says what the column means. */
export const language: Migration = {
  name: '0008-language',
  async up(db) {
    await db.schema.alterTable('users').addColumn('language', 'varchar(35)').execute()
  },
}

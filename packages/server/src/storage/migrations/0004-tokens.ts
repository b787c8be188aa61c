import type { Migration } from '../migration.ts'

/** What signed tokens need; `tables.ts` says what each column means. */
export const tokens: Migration = {
  name: '0004-tokens',
  async up(db) {
    await db.schema
      .createTable('signing_keys')
      .addColumn('kid', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('algorithm', 'varchar(10)', (column) => column.notNull())
      .addColumn('sealed_key', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('activates_at', 'bigint', (column) => column.notNull())
      .addColumn('retires_at', 'bigint')
      .execute()
    await db.schema
      .createTable('refresh_tokens')
      .addColumn('jti', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('sealed_successor', 'text')
      .execute()
    await db.schema
      .createIndex('refresh_tokens_expires_at_idx')
      .on('refresh_tokens')
      .column('expires_at')
      .execute()
    await db.schema
      .createIndex('refresh_tokens_used_at_idx')
      .on('refresh_tokens')
      .column('used_at')
      .execute()
  },
}

import type { Migration } from '../migration.ts'

const id = 'varchar(36)'

/** What accounts at providers need; `tables.ts` says what each column means. */
export const providers: Migration = {
  name: '0006-providers',
  async up(db) {
    await db.schema
      .alterTable('email_addresses')
      .addColumn('is_vouched', 'smallint', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema
      .createTable('social_accounts')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('user_id', id, (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('identity_hash', 'varchar(64)', (column) => column.notNull().unique())
      .addColumn('provider', 'varchar(200)', (column) => column.notNull())
      .addColumn('uid', 'varchar(255)', (column) => column.notNull())
      .addColumn('label', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_login_at', 'bigint')
      .execute()
    await db.schema
      .createIndex('social_accounts_user_id_idx')
      .on('social_accounts')
      .column('user_id')
      .execute()
    await db.schema
      .createTable('social_tokens')
      .addColumn('account_id', id, (column) =>
        column.primaryKey().references('social_accounts.id').onDelete('cascade'),
      )
      .addColumn('client_id', 'varchar(255)', (column) => column.notNull())
      .addColumn('sealed_tokens', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('lease_until', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('used_id_tokens')
      .addColumn('token_hash', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('used_id_tokens_expires_at_idx')
      .on('used_id_tokens')
      .column('expires_at')
      .execute()
    await db.schema
      .createTable('provider_handovers')
      .addColumn('secret_hash', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('purpose', 'varchar(10)', (column) => column.notNull())
      .addColumn('sealed_data', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('provider_handovers_expires_at_idx')
      .on('provider_handovers')
      .column('expires_at')
      .execute()
  },
}

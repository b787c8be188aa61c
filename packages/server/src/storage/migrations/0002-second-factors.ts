import type { Migration } from '../migration.ts'

const id = 'varchar(36)'

/** What second factors need; `tables.ts` says what each column means. */
export const secondFactors: Migration = {
  name: '0002-second-factors',
  async up(db) {
    await db.schema
      .alterTable('users')
      .addColumn('password_epoch', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    // Nothing could be written to it before.
    await db.schema.dropTable('authenticators').execute()
    await db.schema
      .createTable('authenticators')
      .addColumn('id', id, (column) => column.primaryKey())
      .addColumn('user_id', id, (column) =>
        column.notNull().references('users.id').onDelete('cascade'),
      )
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('type', 'varchar(20)', (column) => column.notNull())
      .addColumn('is_factor', 'smallint', (column) => column.notNull())
      .addColumn('unique_key', 'varchar(100)', (column) => column.notNull().unique())
      .addColumn('data', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_used_at', 'bigint')
      .execute()
    await db.schema
      .createIndex('authenticators_user_id_idx')
      .on('authenticators')
      .column('user_id')
      .execute()
    await db.schema
      .createTable('recovery_codes')
      .addColumn('authenticator_id', id, (column) =>
        column.notNull().references('authenticators.id').onDelete('cascade'),
      )
      .addColumn('code_hash', 'varchar(64)', (column) => column.notNull())
      .addColumn('sealed_code', 'varchar(200)')
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .addPrimaryKeyConstraint('recovery_codes_pkey', ['authenticator_id', 'code_hash'])
      .execute()
    await db.schema
      .createTable('used_totp_steps')
      .addColumn('authenticator_id', id, (column) =>
        column.notNull().references('authenticators.id').onDelete('cascade'),
      )
      .addColumn('step', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('used_totp_steps_pkey', ['authenticator_id', 'step'])
      .execute()
    await db.schema
      .createIndex('used_totp_steps_expires_at_idx')
      .on('used_totp_steps')
      .column('expires_at')
      .execute()
  },
}

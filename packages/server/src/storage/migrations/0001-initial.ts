import type { CreateTableBuilder, Kysely } from 'kysely'
import type { Migration } from '../migration.ts'
import type { Tables } from '../tables.ts'

const id = 'varchar(36)'
const hash = 'varchar(64)'

/** The tables of the first release; `tables.ts` says what each column means. */
export const initial: Migration = {
  name: '0001-initial',
  async up(db) {
    await createUsers(db)
    await createSessions(db)
    await createMessages(db)
  },
}

async function createUsers(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('users')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('username', 'varchar(150)')
    .addColumn('username_key', 'varchar(300)', (column) => column.unique())
    .addColumn('password_hash', 'varchar(500)')
    .addColumn('is_active', 'smallint', (column) => column.notNull())
    .addColumn('password_is_proved', 'smallint', (column) => column.notNull())
    .addColumn('auth_epoch', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_login_at', 'bigint')
    .execute()
  await ownedByUser(
    db.schema.createTable('email_addresses').addColumn('id', id, (c) => c.primaryKey()),
  )
    .addColumn('email', 'varchar(320)', (column) => column.notNull())
    .addColumn('is_verified', 'smallint', (column) => column.notNull())
    .addColumn('is_primary', 'smallint', (column) => column.notNull())
    .addColumn('unique_key', 'varchar(320)', (column) => column.unique())
    .addColumn('signup_key', 'varchar(320)', (column) => column.unique())
    .addUniqueConstraint('email_addresses_user_id_email_key', ['user_id', 'email'])
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
  await index(db, 'email_addresses', ['user_id'])
  await index(db, 'email_addresses', ['email'])
  await ownedByUser(
    db.schema.createTable('phone_numbers').addColumn('id', id, (c) => c.primaryKey()),
  )
    .addUniqueConstraint('phone_numbers_user_id_key', ['user_id'])
    .addColumn('phone', 'varchar(20)', (column) => column.notNull().unique())
    .addColumn('is_verified', 'smallint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
}

async function createSessions(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('sessions')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('token_hash', hash, (column) => column.notNull().unique())
    .addColumn('client', 'varchar(10)', (column) => column.notNull())
    .addColumn('user_id', id, (column) => column.references('users.id').onDelete('cascade'))
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('last_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('ip', 'varchar(45)', (column) => column.notNull())
    .addColumn('user_agent', 'varchar(200)', (column) => column.notNull())
    .execute()
  await index(db, 'sessions', ['user_id'])
  await index(db, 'sessions', ['expires_at'])
  await ownedByUser(
    db.schema.createTable('authenticators').addColumn('id', id, (c) => c.primaryKey()),
  )
    .addColumn('type', 'varchar(20)', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint')
    .execute()
  await index(db, 'authenticators', ['user_id'])
  await ownedByUser(
    db.schema.createTable('trusted_browsers').addColumn('id', id, (c) => c.primaryKey()),
  )
    .addColumn('token_hash', hash, (column) => column.notNull())
    .addColumn('seal', hash, (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('ip', 'varchar(45)', (column) => column.notNull())
    .addColumn('user_agent', 'varchar(200)', (column) => column.notNull())
    .execute()
  await index(db, 'trusted_browsers', ['user_id', 'token_hash'])
  await index(db, 'trusted_browsers', ['expires_at'])
  await db.schema
    .createTable('codes')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('purpose', 'varchar(40)', (column) => column.notNull())
    .addColumn('secret_hash', hash)
    .addColumn('subject', 'varchar(400)', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('max_attempts', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .execute()
  await index(db, 'codes', ['expires_at'])
  await index(db, 'codes', ['secret_hash'])
  await db.schema
    .createTable('rate_limits')
    .addColumn('limit_key', 'varchar(120)', (column) => column.notNull())
    .addColumn('slot', 'integer', (column) => column.notNull())
    .addColumn('free_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('rate_limits_pkey', ['limit_key', 'slot'])
    .execute()
  await index(db, 'rate_limits', ['free_at'])
}

async function createMessages(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('kind', 'varchar(10)', (column) => column.notNull())
    .addColumn('recipient_hash', hash, (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('available_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_id', id)
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .execute()
  await index(db, 'outbox', ['available_at', 'id'])
  await index(db, 'outbox', ['lease_until'])
  await db.schema
    .createTable('events')
    .addColumn('id', id, (column) => column.primaryKey())
    .addColumn('type', 'varchar(60)', (column) => column.notNull())
    .addColumn('user_id', id)
    .addColumn('session_id', id)
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('ip', 'varchar(45)', (column) => column.notNull())
    .addColumn('user_agent', 'varchar(200)', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .execute()
  await index(db, 'events', ['user_id', 'created_at'])
  await index(db, 'events', ['created_at'])
}

function ownedByUser<Table extends string>(table: CreateTableBuilder<Table>) {
  return table.addColumn('user_id', id, (column) =>
    column.notNull().references('users.id').onDelete('cascade'),
  )
}

async function index(db: Kysely<Tables>, table: keyof Tables, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${table}_${columns.join('_')}_idx`)
    .on(table)
    .columns(columns)
    .execute()
}

import type { Migration } from '../migration.ts'

const hash = 'varchar(64)'

/**
 * By which messages are found that are due, of a kind or for an endpoint, and those that are old: an
 * endpoint that is down has a long queue, and who looks for mail must not go through it.
 */
const outboxIndexes = [
  ['kind', 'available_at', 'id'],
  ['kind', 'recipient_hash', 'available_at', 'id'],
  ['kind', 'created_at', 'available_at'],
]

/** What makes the events a chain; `tables.ts` says what each column means. */
export const audit: Migration = {
  name: '0005-audit',
  async up(db) {
    await db.schema.alterTable('events').addColumn('seq', 'bigint').execute()
    await db.schema.alterTable('events').addColumn('hash', hash).execute()
    await db.schema.createIndex('events_seq_key').unique().on('events').column('seq').execute()
    await db.schema
      .createTable('audit_marks')
      .addColumn('name', 'varchar(10)', (column) => column.primaryKey())
      .addColumn('seq', 'bigint', (column) => column.notNull())
      .addColumn('hash', hash, (column) => column.notNull())
      .addColumn('seal', hash, (column) => column.notNull())
      .execute()
    await db.schema.dropIndex('outbox_available_at_id_idx').on('outbox').execute()
    for (const columns of outboxIndexes) {
      const name = `outbox_${columns.join('_')}_idx`
      await db.schema.createIndex(name).on('outbox').columns(columns).execute()
    }
    const start = { seq: 0, hash: '', seal: '' }
    await db
      .insertInto('audit_marks')
      .values([
        { name: 'head', ...start },
        { name: 'tail', ...start },
      ])
      .execute()
  },
}

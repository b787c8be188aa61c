import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { describe, it } from 'vitest'
import { createTestDatabase, databaseKind } from '../../testing/database.ts'
import { isDatabaseDown } from '../errors.ts'

describe.skipIf(databaseKind !== 'postgres')('PostgreSQL', () => {
  it('says that it has written nothing where a failure in a transaction was passed over', async () => {
    await using database = await createTestDatabase()
    const { db } = database
    const mark = { limit_key: 'a', slot: 0, free_at: 0 }
    const transaction = db.transaction().execute(async (tx) => {
      await tx.insertInto('rate_limits').values(mark).execute()
      await sql`select 1 / 0`.execute(tx).catch(() => {})
    })
    await assert.rejects(transaction, /had failed: nothing of it was written/)
    assert.deepEqual(await db.selectFrom('rate_limits').selectAll().execute(), [])
    await db.transaction().execute((tx) => tx.insertInto('rate_limits').values(mark).execute())
  })

  it('is away for whoever writes to one that has become a replica', async () => {
    await using database = await createTestDatabase()
    const name = sql.raw(new URL(database.url).pathname.slice(1))
    const before = database.again()
    await sql`alter database ${name} set default_transaction_read_only = on`.execute(before)
    try {
      const since = database.again()
      await assert.rejects(since.deleteFrom('rate_limits').execute(), isDatabaseDown)
    } finally {
      await sql`alter database ${name} reset default_transaction_read_only`.execute(before)
    }
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestDatabase } from '../testing/database.ts'
import type { DatabaseTransaction } from './open.ts'
import { transact } from './transact.ts'

async function add(tx: DatabaseTransaction, limit_key: string): Promise<void> {
  await tx
    .updateTable('rate_limits')
    .set((eb) => ({ free_at: eb('free_at', '+', 1) }))
    .where('limit_key', '=', limit_key)
    .execute()
}

describe('transact', () => {
  it('runs a transaction again that the database undid for the sake of another one', async () => {
    await using database = await createTestDatabase()
    const { db } = database
    const rows = ['a', 'b'].map((limit_key) => ({ limit_key, slot: 0, free_at: 0 }))
    await db.insertInto('rate_limits').values(rows).execute()
    let runs = 0
    // Each has a row that the other one waits for, unless the database lets in one at a time.
    const inOrder = (first: string, second: string) =>
      transact(db, async (tx) => {
        runs += 1
        await add(tx, first)
        await add(tx, second)
      })
    for (let round = 1; round <= 20; round += 1) {
      await Promise.all([inOrder('a', 'b'), inOrder('b', 'a')])
    }
    const counts = await db.selectFrom('rate_limits').select('free_at').execute()
    assert.deepEqual(
      counts.map(({ free_at }) => free_at),
      [40, 40],
    )
    assert.ok(runs >= 40)
  })

  it('runs nothing again that failed for another reason', async () => {
    await using database = await createTestDatabase()
    let runs = 0
    const failing = transact(database.db, async () => {
      runs += 1
      throw new Error('on purpose')
    })
    await assert.rejects(failing, /on purpose/)
    assert.equal(runs, 1)
  })
})

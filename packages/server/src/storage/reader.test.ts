import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestDatabase } from '../testing/database.ts'
import type { Database } from './open.ts'
import { compileOnce } from './prepared.ts'

const holderOf = compileOnce((db: Database, hole) =>
  db.selectFrom('leases').select('holder').where('name', '=', hole('name')),
)

const lease = { name: 'test', holder: 'ann', held_until: 0 }

describe('a hot read', () => {
  it('waits for no transaction, and sees what was committed', async () => {
    await using database = await createTestDatabase()
    const { db } = database
    await db.insertInto('leases').values(lease).execute()
    await holderOf(db, { name: 'test' })
    await db.transaction().execute(async (tx) => {
      await tx.updateTable('leases').set({ holder: 'bob' }).execute()
      assert.deepEqual(await holderOf(db, { name: 'test' }), { holder: 'ann' })
    })
    assert.deepEqual(await holderOf(db, { name: 'test' }), { holder: 'bob' })
  })

  it('finds nothing where there is nothing', async () => {
    await using database = await createTestDatabase()
    assert.equal(await holderOf(database.db, { name: 'none' }), undefined)
  })

  it('opens no database that was closed', async () => {
    await using database = await createTestDatabase()
    const { db } = database
    await holderOf(db, { name: 'test' })
    await db.destroy()
    await assert.rejects(holderOf(db, { name: 'test' }))
  })

  it('is answered where many are the first to ask', async () => {
    await using database = await createTestDatabase()
    const asked = [1, 2, 3].map(() => holderOf(database.db, { name: 'none' }))
    assert.deepEqual(await Promise.all(asked), [undefined, undefined, undefined])
  })
})

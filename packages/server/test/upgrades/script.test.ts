import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { migrate, schemaState } from '../../src/storage/migrate.ts'
import type { Migration } from '../../src/storage/migration.ts'
import { scriptOf } from '../../src/storage/migration-script.ts'
import { createTestDatabase, databaseKind } from '../../src/testing/database.ts'
import { createEmptyDatabase } from './empty-database.ts'
import { schemaOf } from './schema-of.ts'
import { followedBy, makesTables, presentOf } from './steps.ts'

describe('scriptOf', () => {
  it('makes of an empty database what migrate makes of it', async () => {
    await using database = await createEmptyDatabase()
    const { db } = database
    const { pending } = await schemaState(db)
    const script = await scriptOf(db, pending, Date.now())
    assert.deepEqual(await presentOf(db, 'latchkey_migrations', 'users'), [])
    await database.run(script)
    assert.deepEqual(await schemaState(db), { pending: [], unknown: [] })
    await using fresh = await createTestDatabase()
    assert.deepEqual(await schemaOf(db), await schemaOf(fresh.db))
    const marks = await db.selectFrom('audit_marks').select(['name', 'seq']).execute()
    assert.equal(marks.length, 2)
  })

  it.skipIf(databaseKind !== 'mysql')(
    'has what is left of a step that was interrupted',
    async () => {
      await using database = await createEmptyDatabase()
      const { db } = database
      await migrate(db, Date.now)
      await database.run('create table two (id integer)')
      const steps = followedBy(makesTables('one', 'two'))
      await assert.rejects(migrate(db, Date.now, steps))
      const { pending } = await schemaState(db, steps)
      const script = await scriptOf(db, pending, Date.now())
      assert.match(script, /^-- 9001-tables: the rest of it\ncreate table `two`/m)
      assert.doesNotMatch(script, /`one`/)
      await database.run(`drop table two; ${script}`)
      assert.deepEqual((await schemaState(db, steps)).pending, [])
    },
  )

  it('puts values where they belong, and refuses what it can not write', async () => {
    await using database = await createEmptyDatabase()
    const { db } = database
    await migrate(db, Date.now)
    const inserts = (name: string, step = '9007-values'): Migration => ({
      name: step,
      async up(tables) {
        await tables.insertInto('latchkey_migrations').values({ name, applied_at: 7 }).execute()
      },
    })
    const { pending } = await schemaState(db, [inserts(`it's "9", so?`)])
    await database.run(await scriptOf(db, pending, 5))
    const { unknown } = await schemaState(db)
    assert.deepEqual(unknown.toSorted(), ['9007-values', `it's "9", so?`])
    const refused = await schemaState(db, [inserts('a\\b', '9008-values')])
    await assert.rejects(scriptOf(db, refused.pending, 5), {
      message: 'a step has a value that can not be printed',
    })
  })
})

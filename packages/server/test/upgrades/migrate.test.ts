import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { describe, it } from 'vitest'
import { migrate, schemaState } from '../../src/storage/migrate.ts'
import { DataDoesNotFit, type Migration } from '../../src/storage/migration.ts'
import { migrations } from '../../src/storage/migrations.ts'
import { databaseKind } from '../../src/testing/database.ts'
import { createEmptyDatabase } from './empty-database.ts'
import { followedBy, makesTables, presentOf } from './steps.ts'

const undoesChanges = databaseKind !== 'mysql'
const names = migrations.map(({ name }) => name)

describe('schemaState', () => {
  it('tells that all is pending in an empty database, and leaves it empty', async () => {
    await using database = await createEmptyDatabase()
    const { db } = database
    const { pending } = await schemaState(db)
    assert.deepEqual(
      pending.map(({ migration }) => migration.name),
      names,
    )
    assert.deepEqual(await presentOf(db, 'latchkey_migrations'), [])
  })

  it('tells what a later version has done', async () => {
    await using database = await createEmptyDatabase()
    const { db } = database
    await migrate(db, Date.now, followedBy(makesTables('later')))
    assert.deepEqual(await schemaState(db), { pending: [], unknown: ['9001-tables'] })
  })
})

describe('migrate', () => {
  // Of SQLite, each needs a process of its own: ../../src/storage/migrate.test.ts.
  it.skipIf(databaseKind === 'sqlite')(
    'applies each step once where many begin at once',
    async () => {
      await using database = await createEmptyDatabase()
      const many = await Promise.all(
        Array.from({ length: 5 }, () => migrate(database.again(), Date.now)),
      )
      assert.deepEqual(many.flat().sort(), names)
    },
  )

  it('says which step fails, and goes on once the reason is gone', async () => {
    await using database = await createEmptyDatabase()
    const { db } = database
    const steps = followedBy(makesTables('one', 'two', 'three'))
    await migrate(db, Date.now)
    await database.run('create table two (id integer)')
    for (let tries = 0; tries < 2; tries += 1) {
      await assert.rejects(migrate(db, Date.now, steps), /two/)
      assert.equal((await schemaState(db, steps)).pending.length, 1)
    }
    assert.deepEqual(await presentOf(db, 'one', 'three'), undoesChanges ? [] : ['one'])
    await database.run('drop table two')
    assert.deepEqual(await migrate(db, Date.now, steps), ['9001-tables'])
    assert.deepEqual(await presentOf(db, 'one', 'two', 'three'), ['one', 'two', 'three'])
    assert.deepEqual((await schemaState(db, steps)).pending, [])
  })

  it.skipIf(undoesChanges)('takes a change that was made and not noted for made', async () => {
    await using database = await createEmptyDatabase()
    const { db } = database
    await migrate(db, Date.now)
    await database.run(`create table one (id integer primary key);
      insert into latchkey_migrations (name, applied_at) values ('9001-tables', -1)`)
    const steps = followedBy(makesTables('one', 'two'))
    assert.deepEqual(await migrate(db, Date.now, steps), ['9001-tables'])
    assert.deepEqual(await presentOf(db, 'one', 'two'), ['one', 'two'])
  })

  it('refuses a step that reads', async () => {
    await using database = await createEmptyDatabase()
    const reads: Migration = {
      name: '9003-reads',
      async up(db) {
        await db.selectFrom('users').selectAll().execute()
      },
    }
    await assert.rejects(migrate(database.again(), Date.now, [reads]), /reads nothing/)
  })
})

describe('a step that data is in the way of', () => {
  const wantsNames: Migration = {
    name: '9004-wants-names',
    async check(db) {
      const nameless = await db
        .selectFrom('users')
        .select('id')
        .where('username', 'is', null)
        .orderBy('id')
        .execute()
      return nameless.map(({ id }) => `users ${id}: has no username`)
    },
    up: makesTables('after_names').up,
  }

  const insertUser = (id: string) => `
    insert into users (id, is_active, password_is_proved, auth_epoch, created_at)
      values ('${id}', 1, 0, 0, 1);`

  it('lists it before anything is changed', async () => {
    await using database = await createEmptyDatabase()
    const { db } = database
    await migrate(db, Date.now)
    await database.run(insertUser('a') + insertUser('b'))
    const steps = followedBy(makesTables('before_names'), wantsNames)
    const refused = await migrate(db, Date.now, steps).catch((error: unknown) => error)
    assert.ok(refused instanceof DataDoesNotFit)
    assert.deepEqual(refused.problems, ['users a: has no username', 'users b: has no username'])
    assert.match(refused.message, /does not fit\.\n {2}- users a: has no username\n/)
    assert.deepEqual(await presentOf(db, 'before_names', 'after_names'), [])
    await db.updateTable('users').set({ username: 'somebody' }).execute()
    assert.deepEqual(await migrate(db, Date.now, steps), ['9001-tables', '9004-wants-names'])
  })

  it('is looked at again with its own table made', async () => {
    await using database = await createEmptyDatabase()
    const { db } = database
    const wantsNothing: Migration = {
      name: '9005-wants-nothing',
      async check(db) {
        const { rows } = await sql<{ id: number }>`select id from made_before`.execute(db)
        return rows.map(({ id }) => `made_before ${id}: is there`)
      },
      up: makesTables('after_nothing').up,
    }
    const fills: Migration = {
      name: '9001-tables',
      async up(db) {
        await makesTables('made_before').up(db)
        await sql`insert into made_before (id) values (7)`.execute(db)
      },
    }
    await assert.rejects(migrate(db, Date.now, followedBy(fills, wantsNothing)), {
      problems: ['made_before 7: is there'],
    })
    assert.deepEqual(await presentOf(db, 'made_before', 'after_nothing'), ['made_before'])
  })

  it('shows fifty lines at most', () => {
    const { message } = new DataDoesNotFit(Array.from({ length: 60 }, (_, n) => `users ${n}: no`))
    assert.equal(message.split('\n').length, 52)
    assert.match(message, /\n {2}and 10 more$/)
  })
})

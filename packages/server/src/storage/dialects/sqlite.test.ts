import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { isUniqueViolation } from '../errors.ts'
import { sqliteDialect } from './sqlite.ts'

interface Tables {
  counters: { id: string; value: number }
}

let folder = ''
let db: Kysely<Tables>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'))
  db = open()
  await db.schema
    .createTable('counters')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('value', 'integer', (column) => column.notNull())
    .execute()
  await db.insertInto('counters').values({ id: 'a', value: 0 }).execute()
})

afterEach(async () => {
  await db.destroy()
  rmSync(folder, { recursive: true, force: true })
})

function open(): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: sqliteDialect(join(folder, 'test.sqlite3')) })
}

async function countIn(database: Pick<Kysely<Tables>, 'selectFrom'> = db): Promise<number> {
  const row = await database.selectFrom('counters').select('value').executeTakeFirstOrThrow()
  return row.value
}

/** Reads, waits and writes: loses counts unless transactions come one after the other. */
function increment(database: Kysely<Tables>): Promise<void> {
  return database.transaction().execute(async (tx) => {
    const value = await countIn(tx)
    await sleep(1)
    await tx
      .updateTable('counters')
      .set({ value: value + 1 })
      .execute()
  })
}

describe('SQLite', () => {
  it('runs transactions one after the other', async () => {
    await Promise.all(Array.from({ length: 20 }, () => increment(db)))
    assert.equal(await countIn(), 20)
  })

  it('lets no other statement into a transaction', async () => {
    const seen: number[] = []
    const transaction = db.transaction().execute(async (tx) => {
      await tx.updateTable('counters').set({ value: 99 }).execute()
      await sleep(5)
      await tx.updateTable('counters').set({ value: 1 }).execute()
    })
    const reads = Array.from({ length: 5 }, async () => seen.push(await countIn()))
    await Promise.all([transaction, ...reads])
    assert.equal(seen.includes(99), false)
  })

  it('runs transactions of two connections one after the other', async () => {
    const other = open()
    for (let n = 0; n < 5; n += 1) {
      await increment(db)
      await increment(other)
    }
    assert.equal(await countIn(), 10)
    await other.destroy()
  })

  it('undoes all of a transaction that fails, and goes on', async () => {
    const failed = db.transaction().execute(async (tx) => {
      await tx.updateTable('counters').set({ value: 5 }).execute()
      await tx.insertInto('counters').values({ id: 'b', value: 1 }).execute()
      throw new Error('on purpose')
    })
    await assert.rejects(failed, /on purpose/)
    assert.equal(await countIn(), 0)
    await increment(db)
    assert.equal(await countIn(), 1)
  })

  it('frees the connection after a statement that fails', async () => {
    await assert.rejects(sql`select * from nowhere`.execute(db), /no such table/)
    const twice = db.insertInto('counters').values({ id: 'a', value: 1 }).execute()
    await assert.rejects(twice)
    assert.equal(await countIn(), 0)
  })

  it('knows a violated unique index from other errors', async () => {
    const errorOf = (promise: Promise<unknown>) =>
      promise.then(
        () => null,
        (error: unknown) => error,
      )
    const twice = await errorOf(db.insertInto('counters').values({ id: 'a', value: 1 }).execute())
    assert.equal(isUniqueViolation(twice), true)
    await sql`create unique index u on counters (value)`.execute(db)
    const index = await errorOf(db.insertInto('counters').values({ id: 'b', value: 0 }).execute())
    assert.equal(isUniqueViolation(index), true)
    const missing = await errorOf(sql`insert into counters (id) values ('c')`.execute(db))
    assert.ok(missing instanceof Error)
    assert.equal(isUniqueViolation(missing), false)
    assert.equal(isUniqueViolation(new Error('UNIQUE constraint failed')), false)
    assert.equal(isUniqueViolation(null), false)
  })

  it('tells how many rows a statement changed', async () => {
    const change = (id: string) =>
      db.updateTable('counters').set({ value: 3 }).where('id', '=', id).executeTakeFirstOrThrow()
    assert.equal((await change('a')).numUpdatedRows, 1n)
    assert.equal((await change('nobody')).numUpdatedRows, 0n)
    const deleted = await db.deleteFrom('counters').executeTakeFirstOrThrow()
    assert.equal(deleted.numDeletedRows, 1n)
  })

  it('returns rows where the statement asks for them', async () => {
    const rows = await db
      .updateTable('counters')
      .set((eb) => ({ value: eb('value', '+', 1) }))
      .returning(['id', 'value'])
      .execute()
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [{ id: 'a', value: 1 }],
    )
  })

  it('goes on with kept statements after the tables have changed', async () => {
    await countIn()
    await db.schema.alterTable('counters').addColumn('more', 'text').execute()
    assert.equal(await countIn(), 0)
    const all = await db.selectFrom('counters').selectAll().execute()
    assert.deepEqual(Object.keys(all[0] ?? {}), ['id', 'value', 'more'])
  })

  it('keeps statements apart, however many there are', async () => {
    for (let n = 0; n < 1200; n += 1) {
      const row = await sql<{ n: number }>`select ${sql.raw(String(n))} as n`.execute(db)
      assert.equal(row.rows[0]?.n, n)
    }
    assert.equal(await countIn(), 0)
  })

  it('minds foreign keys', async () => {
    await sql`create table child (id text references counters (id) on delete cascade)`.execute(db)
    await sql`insert into child values ('a')`.execute(db)
    await assert.rejects(sql`insert into child values ('nobody')`.execute(db), /FOREIGN KEY/)
    await db.deleteFrom('counters').execute()
    assert.deepEqual((await sql`select * from child`.execute(db)).rows, [])
  })

  it('answers nothing once it is closed', async () => {
    const other = open()
    await countIn(other)
    await other.destroy()
    await assert.rejects(countIn(other))
  })
})

import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'
import type { Migration } from '../../src/storage/migration.ts'
import { statementsOf } from '../../src/storage/migration-statements.ts'
import { migrations } from '../../src/storage/migrations.ts'
import { createTestDatabase } from '../../src/testing/database.ts'

const source = fileURLToPath(new URL('../../src/', import.meta.url))

// The steps that were there before anybody had the version before them.
const exempt = 6

/** What nodes of the version before do not survive. */
const contractions: readonly RegExp[] = [
  /\bdrop (table|column|constraint)\b/,
  /\brename\b/,
  /\bset not null\b/,
  /\b(alter|modify|change) column\b/,
  /\badd column (?=.*\bnot null\b)(?!.*\bdefault\b)/,
  /\badd constraint\b/,
]

/** What data can be in the way of. */
const demands = /\bcreate unique index\b|\badd constraint\b|\bset not null\b/

async function violations(migration: Migration): Promise<string[]> {
  await using database = await createTestDatabase()
  const statements = await statementsOf(database.db, migration)
  const made = statements.flatMap(({ sql }) => /create table [`"](\w+)/.exec(sql)?.[1] ?? [])
  const changed = statements.flatMap(({ sql }) => /alter table [`"](\w+)/.exec(sql)?.[1] ?? [])
  const inUse = new Set(changed.filter((table) => !made.includes(table)))
  // Each stays locked until the step ends, and a query of two of them could wait for it for ever.
  const tooMany = inUse.size > 1 ? [`${migration.name}: changes more than one table`] : []
  const found = statements
    .map(({ sql }) => sql)
    .filter((sql) => !made.some((table) => new RegExp(`["\`]${table}["\`]`).test(sql)))
    .flatMap((sql) => [
      ...(!migration.isContraction && contractions.some((it) => it.test(sql))
        ? [`${migration.name}: isContraction is missing: ${sql}`]
        : []),
      ...(!migration.check && demands.test(sql)
        ? [`${migration.name}: check is missing: ${sql}`]
        : []),
    ])
  return [...tooMany, ...found]
}

describe('the steps of the schema', () => {
  it('have names in order', () => {
    const names = migrations.map(({ name }) => name)
    assert.deepEqual(names, names.toSorted())
    for (const [index, name] of names.entries()) {
      assert.ok(name.startsWith(`${String(index + 1).padStart(4, '0')}-`), name)
    }
  })

  it('expand, but for those that say that they contract', async () => {
    const found = await Promise.all(migrations.slice(exempt).map(violations))
    assert.deepEqual(found.flat(), [])
  })

  const bad: Record<string, Migration['up']> = {
    'drop a column': (db) => db.schema.alterTable('users').dropColumn('username').execute(),
    'drop a table': (db) => db.schema.dropTable('outbox').execute(),
    'rename a table': (db) => db.schema.alterTable('outbox').renameTo('mail').execute(),
    'rename a column': (db) =>
      db.schema.alterTable('users').renameColumn('username', 'login').execute(),
    'add what every insert has to say': (db) =>
      db.schema
        .alterTable('users')
        .addColumn('age', 'integer', (column) => column.notNull())
        .execute(),
    'demand a unique value': (db) =>
      db.schema.createIndex('one').unique().on('users').column('username').execute(),
  }

  it('are refused where they change two tables that are in use', async () => {
    const change = (db: Parameters<Migration['up']>[0], table: 'users' | 'outbox') =>
      db.schema.alterTable(table).addColumn('later', 'integer').execute()
    const both: Migration = {
      name: '9012-both',
      async up(db) {
        await change(db, 'users')
        await change(db, 'outbox')
      },
    }
    assert.deepEqual(await violations(both), ['9012-both: changes more than one table'])
  })

  it.each(Object.entries(bad))('are refused where they %s', async (_, up) => {
    assert.equal((await violations({ name: '9009-bad', up })).length, 1)
    const allowed: Migration = { name: '9009-bad', up, isContraction: true, check: async () => [] }
    assert.deepEqual(await violations(allowed), [])
  })

  it('are taken where they add', async () => {
    const good: Migration = {
      name: '9010-good',
      async up(db) {
        await db.schema.alterTable('users').addColumn('age', 'integer').execute()
        await db.schema
          .alterTable('users')
          .addColumn('size', 'integer', (column) => column.notNull().defaultTo(0))
          .execute()
        await db.schema.createTable('pets').addColumn('id', 'integer').execute()
        await db.schema.createIndex('pets_id').unique().on('pets').column('id').execute()
      },
    }
    assert.deepEqual(await violations(good), [])
  })
})

describe('the server', () => {
  // PostgreSQL refuses a prepared `select *` for ever once a column was added.
  it('names the columns that it reads', () => {
    const found = globSync('**/*.ts', { cwd: source })
      .filter((file) => !/\.test\.ts$|testing\//.test(file))
      .filter((file) => /\.(select|returning)All\(/.test(readFileSync(`${source}${file}`, 'utf8')))
    assert.deepEqual(found, [])
  })
})

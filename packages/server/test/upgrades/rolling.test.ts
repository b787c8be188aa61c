import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { migrate } from '../../src/storage/migrate.ts'
import type { Migration } from '../../src/storage/migration.ts'
import { createTestAuth } from '../../src/testing/auth.ts'
import type { TestClient } from '../../src/testing/client.ts'
import { databaseKind } from '../../src/testing/database.ts'
import { createEmptyDatabase } from './empty-database.ts'
import { ann } from './people.ts'
import { followedBy } from './steps.ts'

const tables = [
  'users',
  'sessions',
  'email_addresses',
  'events',
  'outbox',
  'audit_marks',
  'signing_keys',
] as const

/** What may be done to tables that are in use: one of them in each step, or readers of two are in its way. */
const expansions = tables.map((table, index) => ({
  name: `910${index}-${table}`,
  async up(db) {
    await db.schema
      .alterTable(table)
      .addColumn('later', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    const added = db.schema.createIndex(`${table}_later_idx`)
    await added.on(table).column('later').execute()
  },
})) satisfies readonly Migration[]

const names = expansions.map(({ name }) => name)

describe('a server of the version before', () => {
  it('answers while the schema is expanded, and afterwards', async () => {
    await using database = await createEmptyDatabase()
    await using auth = await createTestAuth({
      database,
      settings: { ACCOUNT_RATE_LIMITS: false },
      users: [ann],
    })
    const client = auth.client('app')
    await useAll(client, 0)
    let isDone = false
    const migrating = migrate(database.again(), Date.now, followedBy(...expansions)).finally(() => {
      isDone = true
    })
    let round = 1
    for (; !isDone || round < 10; round += 1) {
      await useAll(client, round)
      await sleep(5)
    }
    assert.deepEqual(await migrating, names)
    await useAll(auth.client('app'), round)
  })

  it('starts on the expanded schema, and says that it is not the newest', async () => {
    await using database = await createEmptyDatabase()
    await migrate(database.db, Date.now, followedBy(...expansions))
    await using auth = await createTestAuth({ database, users: [ann] })
    await useAll(auth.client('app'), 0)
    const warnings = auth.logged.filter(({ text }) => text.startsWith('a later version'))
    assert.deepEqual(warnings, [
      {
        level: 'warn',
        details: { migrations: names },
        text: 'a later version has changed the database: update this one',
      },
    ])
  })
})

describe.skipIf(databaseKind === 'sqlite')('a step that waits for a table', () => {
  it('lets others use it meanwhile, and is tried again', async () => {
    await using database = await createEmptyDatabase()
    const { db } = database
    await migrate(db, Date.now)
    const released = Promise.withResolvers<void>()
    const holding = Promise.withResolvers<void>()
    const holder = database
      .again()
      .transaction()
      .execute(async (tx) => {
        await tx.selectFrom('users').select('id').execute()
        holding.resolve()
        await released.promise
      })
    await holding.promise
    const migrating = migrate(database.again(), Date.now, followedBy(...expansions))
    const slowest = await slowestRead(db, 5000)
    assert.ok(slowest < 4500, `${slowest} ms`)
    released.resolve()
    await holder
    assert.deepEqual(await migrating, names)
  })
})

async function slowestRead(
  db: Awaited<ReturnType<typeof createEmptyDatabase>>['db'],
  forMs: number,
): Promise<number> {
  const end = performance.now() + forMs
  let slowest = 0
  while (performance.now() < end) {
    const start = performance.now()
    await db.selectFrom('users').select('id').execute()
    slowest = Math.max(slowest, performance.now() - start)
    await sleep(20)
  }
  return slowest
}

/** Logs in, reads and writes. */
async function useAll(client: TestClient, round: number): Promise<void> {
  const { email, password } = ann
  client.token = undefined
  const login = await client.post('auth/login', { email, password })
  assert.equal(login.status, 200, login.text)
  const added = { email: `ann${round}@example.org` }
  const answers = [
    await client.get('auth/session'),
    await client.get('account/email'),
    await client.post('account/email', added),
    await client.delete('account/email', added),
  ]
  assert.deepEqual(
    answers.map(({ status, text }) => (status === 200 ? 200 : text)),
    [200, 200, 200, 200],
  )
}

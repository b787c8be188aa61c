import assert from 'node:assert/strict'
import { type Compilable, sql } from 'kysely'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { createTestDatabase, databaseKind, type TestDatabase } from '../testing/database.ts'
import {
  countWaiting,
  dueRows,
  findDueRows,
  findOldestTime,
  oldestRow,
  oldWebhooks,
} from './store.ts'

const waiting = 20_000
const time = Date.now()
const due = { time, busy: ['x', 'y'], limit: 20 }
let database: TestDatabase

beforeEach(async () => {
  database = await createTestDatabase()
  const { db } = database
  for (let begin = 0; begin < waiting; begin += 1000) {
    const rows = Array.from({ length: 1000 }, (_, index) => ({
      id: `w${String(begin + index).padStart(8, '0')}`,
      kind: 'webhook' as const,
      recipient_hash: 'down',
      payload: 'x'.repeat(600),
      attempts: 0,
      created_at: time - waiting + begin + index,
      available_at: time - waiting + begin + index,
      lease_id: null,
      lease_until: 0,
    }))
    await db.insertInto('outbox').values(rows).execute()
  }
  for (const statement of statistics[databaseKind]) await sql.raw(statement).execute(db)
})

afterEach(() => database.close())

/** How the database goes about it, a line for each step. */
async function planOf(query: Compilable): Promise<string[]> {
  const { sql: text, parameters } = query.compile()
  const found = await database.db.executeQuery<Record<string, unknown>>({
    sql: `${explanations[databaseKind]} ${text}`,
    parameters,
    query: { kind: 'RawNode', sqlFragments: [], parameters: [] },
    queryId: { queryId: 'plan' },
  })
  return found.rows.map((row) => JSON.stringify(Object.values(row)))
}

// SQLite goes by no statistics, as servers run; the other databases gather their own in time.
const explanations = { sqlite: 'explain query plan', postgres: 'explain', mysql: 'explain' }
const statistics = { sqlite: [], postgres: ['analyze outbox'], mysql: ['analyze table outbox'] }

/** What shows that all rows are looked at, or sorted. */
const laborious = {
  sqlite: /SCAN|TEMP B-TREE/,
  postgres: /Seq Scan|Sort Key/,
  // Of a range of an index it may sort what is due, which the limit keeps short.
  mysql: /"ALL"/,
}

describe('a queue of many messages is not gone through', () => {
  it.each<[string, (db: TestDatabase['db']) => Compilable, string]>([
    ['for mail that is due', (db) => dueRows(db, { ...due, kind: 'mail' }), 'kind_available_at_id'],
    [
      'for what is due for one endpoint',
      (db) => dueRows(db, { ...due, kind: 'webhook' }, 'up'),
      'kind_recipient_hash_available_at_id',
    ],
    ['for the oldest', (db) => oldestRow(db, 'webhook'), 'kind_created_at_available_at'],
    ['for what is too old', (db) => oldWebhooks(db, time), 'kind_created_at_available_at'],
  ])('%s', async (_, query, index) => {
    const plan = await planOf(query(database.db))
    assert.ok(plan.length > 0)
    for (const step of plan) assert.doesNotMatch(step, laborious[databaseKind])
    assert.match(plan.join('\n'), new RegExp(`outbox_${index}_idx`))
  })

  it('and each endpoint gets its oldest first, under whatever secret they were written', async () => {
    const { db } = database
    await db
      .updateTable('outbox')
      .set({ recipient_hash: 'older' })
      .where('id', '<', 'w00000005')
      .execute()
    const query = { ...due, kind: 'webhook', recipients: ['down', 'older'] } as const
    const ids = (await findDueRows(db, query)).map(({ id }) => id)
    assert.deepEqual(
      ids,
      Array.from({ length: 20 }, (_, index) => `w${String(index).padStart(8, '0')}`),
    )
    assert.equal(await findOldestTime(db), time - waiting)
  })

  it('nor is it counted to its end', async () => {
    const counted = await countWaiting(database.db)
    assert.deepEqual([counted.get('webhook'), counted.get('mail')], [10_000, 0])
  })
})

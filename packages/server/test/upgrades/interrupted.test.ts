import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { it } from 'vitest'
import { isDatabaseBusy } from '../../src/storage/errors.ts'
import { migrate, schemaState } from '../../src/storage/migrate.ts'
import type { Database } from '../../src/storage/open.ts'
import { type DatabaseKind, databaseKind } from '../../src/testing/database.ts'
import { until } from '../processes.ts'
import { createEmptyDatabase } from './empty-database.ts'
import { followedBy, pausesBetween, presentOf } from './steps.ts'

const program = fileURLToPath(new URL('./interrupted.ts', import.meta.url))

/** Whether another process is in the middle of its step. */
const isInside: Readonly<Record<DatabaseKind, (db: Database) => Promise<boolean>>> = {
  sqlite: (db) =>
    db
      .transaction()
      .execute(async () => false)
      .catch(isDatabaseBusy),
  postgres: async (db) => {
    const { rows } = await sql`select 1 from pg_stat_activity
      where datname = current_database() and state = 'active' and query = 'select pg_sleep(60)'`.execute(
      db,
    )
    return rows.length > 0
  },
  mysql: async (db) => {
    const { rows } = await sql`select 1 from information_schema.processlist
      where db = database() and info = 'do sleep(60)'`.execute(db)
    return rows.length > 0
  },
}

it('goes on, or begins again, where a process was killed in the middle of a step', async () => {
  await using database = await createEmptyDatabase()
  const { db } = database
  await migrate(db, Date.now)
  const child = spawn(process.execPath, [program, database.url], { stdio: 'inherit' })
  const ended = once(child, 'exit')
  try {
    await until('the step has begun', () => isInside[databaseKind](db))
  } finally {
    child.kill('SIGKILL')
  }
  assert.deepEqual(await ended, [null, 'SIGKILL'])
  const made = databaseKind === 'mysql' ? ['before_it'] : []
  assert.deepEqual(await presentOf(db, 'before_it', 'after_it'), made)
  const steps = followedBy(pausesBetween(false))
  assert.equal((await schemaState(db, steps)).pending.length, 1)
  assert.deepEqual(await migrate(db, Date.now, steps), ['9002-pause'])
  assert.deepEqual(await presentOf(db, 'before_it', 'after_it'), ['before_it', 'after_it'])
})

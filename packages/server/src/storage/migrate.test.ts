import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { migrate, schemaState } from './migrate.ts'
import { openDatabase } from './open.ts'

const run = promisify(execFile)
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = () => openDatabase(join(folder, 'test.sqlite3'))

describe('migrate', () => {
  it('makes the tables once, and tells what it did', async () => {
    const db = open()
    const first = await migrate(db, () => 5)
    assert.ok(first.includes('0001-initial'))
    assert.deepEqual(await migrate(db, () => 6), [])
    assert.deepEqual(await schemaState(db), { pending: [], unknown: [] })
    const [row] = await db.selectFrom('latchkey_migrations').selectAll().execute()
    assert.equal(row?.applied_at, 5)
    await db.destroy()
  })

  it('keeps what is in the tables', async () => {
    const db = open()
    await migrate(db, Date.now)
    const slot = { limit_key: 'k', slot: 0, free_at: 1 }
    await db.insertInto('rate_limits').values(slot).execute()
    await db.destroy()
    const again = open()
    await migrate(again, Date.now)
    assert.equal((await again.selectFrom('rate_limits').selectAll().execute()).length, 1)
    await again.destroy()
  })

  it('is done once where several processes start at the same time', async () => {
    const script = `
      const { migrate } = await import(${JSON.stringify(import.meta.resolve('./migrate.ts'))})
      const { openDatabase } = await import(${JSON.stringify(import.meta.resolve('./open.ts'))})
      const db = openDatabase(${JSON.stringify(join(folder, 'test.sqlite3'))})
      process.stdout.write(JSON.stringify(await migrate(db, Date.now)))
      await db.destroy()`
    const started = Array.from({ length: 3 }, () =>
      run(process.execPath, ['--input-type=module', '-e', script]),
    )
    const outputs = (await Promise.all(started)).map(({ stdout }) => JSON.parse(stdout))
    assert.equal(outputs.flat().filter((name: string) => name === '0001-initial').length, 1)
  })

  it('leaves nothing half done where a step fails', async () => {
    const db = open()
    await db.schema.createTable('outbox').addColumn('id', 'text').execute()
    await assert.rejects(migrate(db, Date.now))
    await assert.rejects(db.selectFrom('users').selectAll().execute(), /no such table/)
    await assert.rejects(
      db.selectFrom('latchkey_migrations').selectAll().execute(),
      /no such table/,
    )
    await db.schema.dropTable('outbox').execute()
    assert.ok((await migrate(db, Date.now)).includes('0001-initial'))
    await db.destroy()
  })
})

describe('openDatabase', () => {
  it('takes a path or a URL, and refuses what it can not serve', async () => {
    for (const url of [
      `sqlite:${folder}/a`,
      `sqlite://${folder}/b`,
      `file:${folder}/c`,
      `${folder}/d`,
    ]) {
      const db = openDatabase(url)
      await migrate(db, Date.now)
      await db.destroy()
    }
    for (const url of ['mongodb://localhost/x', 'redis://localhost', 'postgres//u:secret@host/x']) {
      assert.throws(
        () => openDatabase(url),
        (error) => /DATABASE_URL/.test(String(error)) && !String(error).includes('secret'),
      )
    }
  })
})

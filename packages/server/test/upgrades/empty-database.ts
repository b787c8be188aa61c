// A database with nothing in it, for tests that bring the schema themselves.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import { type Database, openDatabase } from '../../src/storage/open.ts'
import { type DatabaseKind, databaseKind, type TestDatabase } from '../../src/testing/database.ts'
import { freshName } from '../../src/testing/stock.ts'

export interface EmptyDatabase extends TestDatabase {
  /** Runs a script in its own language. */
  run(script: string): Promise<void>
}

/** A new database of the kind that the tests run on. */
export async function createEmptyDatabase(): Promise<EmptyDatabase> {
  const { url, run, remove } = await makers[databaseKind]()
  const opened: Database[] = []
  const database: EmptyDatabase = {
    url,
    run,
    get db() {
      return opened[0] ?? database.again()
    },
    again() {
      const db = openDatabase(url)
      opened.push(db)
      return db
    },
    async close() {
      for (const db of opened) await db.destroy()
      await remove()
    },
    [Symbol.asyncDispose]: () => database.close(),
  }
  return database
}

interface Made {
  url: string
  run(script: string): Promise<void>
  remove(): Promise<void>
}

const makers: Readonly<Record<DatabaseKind, () => Promise<Made>>> = {
  sqlite: makeSqlite,
  postgres: makePostgres,
  mysql: makeMysql,
}

async function makeSqlite(): Promise<Made> {
  const { DatabaseSync } = await import('node:sqlite')
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-upgrade-'))
  const path = join(folder, 'test.sqlite3')
  return {
    url: `sqlite:${path}`,
    async run(script) {
      const database = new DatabaseSync(path)
      database.exec(script)
      database.close()
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function makePostgres(): Promise<Made> {
  const server = serverOf('TEST_POSTGRES_URL')
  const url = new URL(server)
  const name = freshName()
  url.pathname = name
  const runAt = async (connectionString: string, script: string) => {
    const client = new pg.Client({ connectionString })
    await client.connect()
    await client.query(script).finally(() => client.end())
  }
  await runAt(server, `create database ${name}`)
  return {
    url: url.href,
    run: (script) => runAt(url.href, script),
    remove: () => runAt(server, `drop database ${name} with (force)`),
  }
}

async function makeMysql(): Promise<Made> {
  const server = serverOf('TEST_MYSQL_URL')
  const url = new URL(server)
  const name = freshName()
  url.pathname = name
  const runAt = async (uri: string, script: string) => {
    const client = await createConnection({ uri, multipleStatements: true, charset: 'utf8mb4_bin' })
    await client.query(script).finally(() => client.end())
  }
  await runAt(server, `create database ${name}`)
  return {
    url: url.href,
    run: (script) => runAt(url.href, script),
    remove: () => runAt(server, `drop database ${name}`),
  }
}

function serverOf(variable: string): string {
  const server = process.env[variable]
  if (!server) throw new Error(`${variable} names no server`)
  return server
}

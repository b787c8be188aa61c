import { type Database, openDatabase } from '../storage/open.ts'
import { takeMysqlDatabase } from './mysql-database.ts'
import { takePostgresDatabase } from './postgres-database.ts'
import { takeSqliteDatabase } from './sqlite-database.ts'
import type { TakenDatabase } from './stock.ts'

/** The database that a test runs on: that of `TEST_DATABASE`, SQLite where it is not set. */
export const databaseKind = readKind(process.env.TEST_DATABASE ?? 'sqlite')

export type DatabaseKind = 'sqlite' | 'postgres' | 'mysql'

/** An empty database with the current schema, for one test and all servers that it starts. */
export interface TestDatabase {
  /** For `DATABASE_URL`. */
  url: string
  /** Opened at its first use. */
  readonly db: Database
  /** Opens it once more, as another process does. `close` closes all of them. */
  again(): Database
  /** Nothing of what the test wrote stays. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A database for a test. Close it at the end. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, giveBack } = await takers[databaseKind]()
  const opened: Database[] = []
  const database: TestDatabase = {
    url,
    get db() {
      return opened[0] ?? database.again()
    },
    again() {
      const db = openDatabase(url)
      opened.push(db)
      return db
    },
    async close() {
      for (const db of opened.splice(0)) await db.destroy()
      await giveBack()
    },
    [Symbol.asyncDispose]: () => database.close(),
  }
  return database
}

const takers: Readonly<Record<DatabaseKind, () => Promise<TakenDatabase>>> = {
  sqlite: takeSqliteDatabase,
  postgres: takePostgresDatabase,
  mysql: takeMysqlDatabase,
}

function readKind(text: string): DatabaseKind {
  if (text === 'sqlite' || text === 'postgres' || text === 'mysql') return text
  throw new Error(`TEST_DATABASE: sqlite, postgres or mysql, not "${text}"`)
}

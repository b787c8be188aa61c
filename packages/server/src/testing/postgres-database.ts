import pg from 'pg'
import { migrate } from '../storage/migrate.ts'
import { openDatabase } from '../storage/open.ts'
import { createStock, emptying, freshName, type TakenDatabase } from './stock.ts'

/** A database of the server of `TEST_POSTGRES_URL`, emptied and used again by later tests. */
export const takePostgresDatabase: () => Promise<TakenDatabase> = createStock(makeDatabase)

async function makeDatabase() {
  const server = process.env.TEST_POSTGRES_URL
  if (!server) throw new Error('TEST_POSTGRES_URL names no server')
  const url = new URL(server)
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  url.pathname = freshName()
  await admin.query(`create database ${url.pathname.slice(1)}`)
  await admin.end()
  const db = openDatabase(url.href)
  await migrate(db, Date.now)
  await db.destroy()
  const client = new pg.Client({ connectionString: url.href })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query(`select tablename from pg_tables where schemaname = 'public'`)
  const statements = emptying(rows.map((row) => row.tablename))
  return {
    url: url.href,
    async shape() {
      const { rows } = await client.query(
        `select (select count(*) from pg_class where relnamespace = 'public'::regnamespace) as classes,
           (select count(*) from pg_attribute where attrelid in
             (select oid from pg_class where relnamespace = 'public'::regnamespace)) as columns,
           (select count(*) from pg_proc where pronamespace = 'public'::regnamespace) as functions,
           (select string_agg(name, ' ' order by name) from latchkey_migrations) as migrations`,
      )
      return JSON.stringify(rows)
    },
    async empty() {
      await client.query(statements)
    },
  }
}

import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { migrate } from '../storage/migrate.ts'
import { openDatabase } from '../storage/open.ts'
import { createStock, emptying, freshName, type TakenDatabase } from './stock.ts'

/** A database of the server of `TEST_MYSQL_URL`, emptied and used again by later tests. */
export const takeMysqlDatabase: () => Promise<TakenDatabase> = createStock(makeDatabase)

async function makeDatabase() {
  const server = process.env.TEST_MYSQL_URL
  if (!server) throw new Error('TEST_MYSQL_URL names no server')
  const url = new URL(server)
  const name = freshName()
  const client = await createConnection({ uri: server, multipleStatements: true })
  await client.query(`create database ${name}; use ${name}`)
  url.pathname = name
  const db = openDatabase(url.href)
  await migrate(db, Date.now)
  await db.destroy()
  const [rows] = await client.query<RowDataPacket[]>(
    `select table_name as name from information_schema.tables where table_schema = '${name}'`,
  )
  const statements = emptying(rows.map((row) => row.name))
  return {
    url: url.href,
    async shape() {
      const [rows] = await client.query<RowDataPacket[]>(
        `select (select count(*) from information_schema.columns where table_schema = '${name}') as columns,
           (select count(*) from information_schema.statistics where table_schema = '${name}') as indexes,
           (select count(*) from information_schema.triggers where trigger_schema = '${name}') as triggers,
           (select group_concat(name order by name) from latchkey_migrations) as migrations`,
      )
      return JSON.stringify(rows)
    },
    async empty() {
      await client.query(statements)
    },
  }
}

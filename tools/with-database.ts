// Runs the program behind it with a database of its own on the server of TEST_DATABASE, named after the
// DATABASE_PATH that the conformance runner gives each trace. `--drop` takes it away at the end.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import { testPrefix } from '../packages/server/src/testing/stock.ts'

/** Numbers of the errors that say that there is one of this name: the start and a new user both look. */
const exists = ['42P04', 'ER_DB_CREATE_EXISTS']

async function run(server: string, statement: string): Promise<void> {
  if (server.startsWith('postgres')) {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  } else {
    const client = await createConnection(server)
    await client.query(statement).finally(() => client.end())
  }
}

async function makeDatabase(server: string, name: string): Promise<void> {
  try {
    await run(server, `create database ${name}`)
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && exists.includes(String(error.code))
    if (!isThere) throw error
  }
}

const { TEST_DATABASE = '', DATABASE_PATH = '' } = process.env
const server = process.env[`TEST_${TEST_DATABASE.toUpperCase()}_URL`]
if (!server) throw new Error('TEST_DATABASE and the URL of its server are to be set')
const path = createHash('sha256').update(DATABASE_PATH).digest('hex').slice(0, 16)
const name = `${testPrefix}${path}`
await makeDatabase(server, name)
const url = new URL(server)
url.pathname = name
const drops = process.argv[2] === '--drop'
const [program = '', ...words] = process.argv.slice(drops ? 3 : 2)
const child = spawn(program, words, {
  env: { ...process.env, DATABASE_URL: url.href },
  stdio: 'inherit',
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
const [code] = await once(child, 'exit')
if (drops) await run(server, `drop database ${name}`)
process.exitCode = code ?? 1

import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'

export type DatabaseKind = 'SQLite' | 'PostgreSQL'

/** What tells a server where its database is. */
export type DatabaseEnv = Readonly<Record<string, string>>

/** Makes databases for a run, and removes them after it. */
export interface Databases extends AsyncDisposable {
  create(kind: DatabaseKind): Promise<DatabaseEnv>
}

/** The few things of the package `pg` that are used here; it is installed with the peers. */
interface PgClient {
  connect(): Promise<unknown>
  query(sql: string): Promise<unknown>
  end(): Promise<void>
}

/** Databases in a folder, and on a PostgreSQL server where there is one. */
export function openDatabases(folder: string, postgres: string | null): Databases {
  const names: string[] = []
  return {
    async create(kind) {
      const name = `latchkey_bench_${randomBytes(6).toString('hex')}`
      if (kind === 'SQLite') return { DATABASE_PATH: join(folder, `${name}.sqlite3`) }
      if (postgres === null) throw new Error('there is no PostgreSQL server to measure on')
      await runOn(postgres, `create database ${name}`)
      names.push(name)
      const url = new URL(postgres)
      url.pathname = `/${name}`
      return { DATABASE_URL: url.href }
    },
    async [Symbol.asyncDispose]() {
      for (const name of names) await runOn(postgres, `drop database ${name} with (force)`)
    },
  }
}

async function runOn(url: string | null, sql: string): Promise<void> {
  const require = createRequire(new URL('peers/package.json', import.meta.url))
  // The package has no types here: what is called is declared above.
  const { Client } = require('pg') as {
    Client: new (options: { connectionString: string | null }) => PgClient
  }
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

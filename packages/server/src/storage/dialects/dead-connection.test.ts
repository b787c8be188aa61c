import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { describe, it } from 'vitest'
import { createTestDatabase, databaseKind } from '../../testing/database.ts'
import { DatabaseUnavailable } from '../errors.ts'
import { type Database, openDatabase } from '../open.ts'

/** The way to a server: after `swallow()` nothing that its connections send arrives, as behind a dead router. */
async function startWay(port: number) {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.on('error', () => {})
      from.on('data', (data) => open.has(from) && to.write(data))
      from.on('close', () => to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    // A server that listens on a port has an address of this form.
    port: (server.address() as AddressInfo).port,
    swallow: () => open.clear(),
    close: () => server.close(),
  }
}

const uses: Record<string, (db: Database) => Promise<unknown>> = {
  read: (db) => db.selectFrom('users').select('id').execute(),
  write: (db) => db.deleteFrom('users').execute(),
  transaction: (db) => db.transaction().execute((tx) => tx.deleteFrom('users').execute()),
}

describe.skipIf(databaseKind === 'sqlite')(
  'a connection that nothing comes back from',
  () => {
    it.each(Object.keys(uses))(
      'is given up by the %s that waits, and used by no other',
      async (name) => {
        const use = uses[name]
        assert.ok(use)
        await using database = await createTestDatabase()
        const url = new URL(database.url)
        const way = await startWay(Number(url.port))
        url.port = String(way.port)
        const db = openDatabase(url.href, { statementTimeoutSeconds: 1, poolSize: 1 })
        for (let times = 0; times < 4; times += 1) await use(db)
        way.swallow()
        // A read of PostgreSQL is sent once more, over a new connection.
        if (databaseKind === 'postgres' && name === 'read') await use(db)
        else await assert.rejects(use(db), DatabaseUnavailable)
        await use(db)
        await db.destroy()
        way.close()
      },
    )
  },
  20_000,
)

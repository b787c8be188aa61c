import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { sql } from 'kysely'
import type { TestAuth } from './auth.ts'
import { databaseKind, type TestDatabase } from './database.ts'

/** A database that a test can take away from its server and give back. */
export interface Outage {
  /** Where the server finds it. */
  url: string
  begin(auth: TestAuth): Promise<void>
  end(auth: TestAuth): Promise<void>
  close(): Promise<void>
}

/** SQLite can be made to have no room; a server of another machine can become unreachable. */
export function prepareOutage(database: TestDatabase): Promise<Outage> {
  return databaseKind === 'sqlite' ? Promise.resolve(fullDisk(database)) : brokenWire(database)
}

const mostPages = 1_000_000

function fullDisk({ url }: TestDatabase): Outage {
  return {
    url,
    async begin({ server: { db } }) {
      await sql`pragma max_page_count = 1`.execute(db)
      for (let slot = 0; slot < 10_000; slot += 1) {
        const row = { limit_key: 'x'.repeat(200), slot, free_at: 0 }
        const written = db.insertInto('rate_limits').values(row).execute()
        if (!(await written.then(Boolean, () => false))) return
      }
      throw new Error('the disk is never full')
    },
    async end({ server: { db } }) {
      await sql`pragma max_page_count = ${sql.raw(String(mostPages))}`.execute(db)
    },
    close: async () => {},
  }
}

async function brokenWire({ url }: TestDatabase): Promise<Outage> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let wire = await startWire(target, sockets)
  const { port } = wire.address() as AddressInfo
  const own = new URL(url)
  own.host = `127.0.0.1:${port}`
  async function cut(): Promise<void> {
    wire.close()
    for (const socket of sockets) socket.destroy()
    if (wire.listening) await once(wire, 'close')
  }
  return {
    url: own.href,
    begin: cut,
    async end() {
      wire = await startWire(target, sockets, port)
    },
    close: cut,
  }
}

/** Passes on what comes to a port of its own. */
async function startWire(target: URL, sockets: Set<Socket>, port = 0): Promise<Server> {
  const wire = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  wire.listen(port, '127.0.0.1')
  await once(wire, 'listening')
  return wire
}

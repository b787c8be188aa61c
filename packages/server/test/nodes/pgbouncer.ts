// PgBouncer in transaction mode, in front of a PostgreSQL.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../src/testing/redis.ts'
import { until } from '../processes.ts'
import { findOwner, type PostgresServer } from './postgres-server.ts'

const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'].find(
  (it) => existsSync(it),
)

export const isPgBouncerInstalled = program !== undefined

export interface PgBouncer {
  url: string
  stop(): Promise<void>
}

/** Starts it with so many connections to the server behind it, for everybody together. */
export async function startPgBouncer(
  { port: serverPort }: PostgresServer,
  poolSize: number,
): Promise<PgBouncer> {
  if (program === undefined) throw new Error('pgbouncer is not installed')
  const owner = findOwner()
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-pgbouncer-'))
  const port = await freePort()
  const settings = join(folder, 'pgbouncer.ini')
  writeFileSync(
    settings,
    `[databases]
* = host=127.0.0.1 port=${serverPort} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 500
server_reset_query_always = 0
`,
  )
  if (owner) for (const path of [folder, settings]) chownSync(path, owner.uid, owner.gid)
  const child = spawn(program, [settings], { cwd: folder, stdio: 'ignore', ...owner })
  const ended = once(child, 'exit')
  await until('PgBouncer listens', () => isOpen(port))
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function isOpen(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(port, '127.0.0.1')
  socket.once('connect', () => resolve(true))
  socket.once('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}

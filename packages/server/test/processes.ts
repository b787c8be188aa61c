// Runs `latchkey` as its users do: as a process of its own, in a folder of its own.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../bin/latchkey.js', import.meta.url))
const patienceMs = 20_000

export const testSecret = 'a secret that only the tests know, long enough'

export type Environment = Record<string, string>
type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** How a process is to run. */
export interface ProcessOptions {
  cwd: string
  env?: Environment
  /** What it reads from standard input. */
  input?: string
}

/** A command that has ended. */
export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A process and what it has said so far. */
interface Running {
  child: Child
  said: { stdout: string; stderr: string }
  ended: Promise<Ended>
}

/** A server that answers. */
export interface RunningServer extends Running {
  url: string
  /** From the spawn of the process until it said where it listens. */
  readyMs: number
  /** Asks it to stop, as a supervisor does. */
  stop(): Promise<Ended>
  /** Takes it away at once, as a power cut does. */
  kill(): Promise<Ended>
}

const folders: string[] = []
const processes = new Set<Child>()

/** A new folder; `cleanUp` removes it. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-process-'))
  folders.push(folder)
  return folder
}

/** Ends every process that was started here and removes the folders. Call it after each test. */
export async function cleanUp(): Promise<void> {
  for (const child of processes) child.kill('SIGKILL')
  while (processes.size > 0) await sleep(5)
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** Runs a command to its end. */
export function latchkey(words: readonly string[], options: ProcessOptions): Promise<Ended> {
  return run(words, options).ended
}

/** Starts `latchkey serve` on a free port, unless `env` says which, and waits until it listens. */
export async function startServer({
  cwd,
  env = {},
  words = [],
}: ProcessOptions & { words?: readonly string[] }): Promise<RunningServer> {
  const startedAt = performance.now()
  const running = run(['serve', ...words], { cwd, env: { PORT: '0', ...env } })
  const url = await listeningUrl(running)
  return {
    ...running,
    url,
    readyMs: performance.now() - startedAt,
    stop() {
      running.child.kill('SIGTERM')
      return running.ended
    },
    kill() {
      running.child.kill('SIGKILL')
      return running.ended
    },
  }
}

/** Looks again and again until `find` answers something. */
export async function until<T>(
  what: string,
  find: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = patienceMs,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const found = await find()
    if (found !== undefined && found !== false) return found
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`)
    await sleep(10)
  }
}

function run(words: readonly string[], { cwd, env = {}, input = '' }: ProcessOptions): Running {
  const { PATH = '', HOME = '', TMPDIR = tmpdir() } = process.env
  const child = spawn(process.execPath, [program, ...words], {
    cwd,
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  processes.add(child)
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text
  })
  // A command that does not read its input may be gone before all of it is written.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const ended = once(child, 'close').then(([code]) => {
    processes.delete(child)
    return { code, ...said }
  })
  return { child, said, ended }
}

async function listeningUrl({ said, child }: Running): Promise<string> {
  return until('the server listens', () => {
    if (child.exitCode !== null) throw new Error(`the server ended: ${said.stdout}${said.stderr}`)
    return /listens on (\S+)|"url":"([^"]+)"/.exec(said.stdout)?.slice(1).find(Boolean)
  })
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'

/** A program to run: the words after `node`, what its environment has besides, and its cores. */
export interface Program {
  words: readonly string[]
  env?: Readonly<Record<string, string>>
  /** As `taskset` takes them. */
  cores: string
}

/** A server that listens. */
export interface Running extends AsyncDisposable {
  pid: number
  port: number
  /** The time of all cores that it has spent; NaN where the machine does not tell. */
  cpuSeconds(): number
  /** Its resident memory; NaN where the machine does not tell. */
  rssMib(): number
}

/** The cores of the bench. The server has one and the load the other; what hashes has both. */
export const cores = { server: '0', load: '1', both: '0,1' } as const

/** Whether processes can be told which cores to run on. */
export const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0

const clockTicks = 100

/** Moves this process, which makes the load, to its core. */
export function pinLoad(): void {
  if (canPin) spawnSync('taskset', ['--all-tasks', '-cp', cores.load, String(process.pid)])
}

/** Starts a server and waits until it says where it listens. */
export async function startServer(program: Program): Promise<Running> {
  const child = spawnProgram(program)
  const pid = child.pid ?? 0
  return {
    pid,
    port: await listeningPort(child),
    cpuSeconds: () => cpuSecondsOf(pid),
    rssMib: () => rssMibOf(pid),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

/** Runs a program to its end and returns what it printed. @throws where it fails. */
export async function runProgram(program: Program): Promise<string> {
  const child = spawnProgram(program)
  let printed = ''
  child.stdout?.on('data', (text: Buffer) => {
    printed += text
  })
  const [status] = await once(child, 'close')
  if (status !== 0) throw new Error(`${program.words.join(' ')} ended with ${status}: ${printed}`)
  return printed
}

function spawnProgram({ words, env, cores: asked }: Program): ChildProcess {
  const pin = canPin ? ['taskset', '-c', asked] : []
  const [command = process.execPath, ...args] = [...pin, process.execPath, ...words]
  return spawn(command, args, {
    env: { ...cleanEnvironment(), NODE_ENV: 'production', ...env },
    // Not a folder that may have a settings file.
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Nothing that npm or a shell has set is to reach a server as a setting. */
function cleanEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME }
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.once('exit', (code) => reject(new Error(`a server ended with ${code}: ${printed}`)))
    child.stdout?.on('data', (text: Buffer) => {
      if (printed.length > 10_000) return
      printed += text
      const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(printed)?.[1]
      if (port !== undefined) resolve(Number(port))
    })
  })
}

function cpuSecondsOf(pid: number): number {
  // The name of the program, in brackets, may have spaces; user and system time are the 12th and 13th after it.
  const fields = readProcess(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / clockTicks
}

function rssMibOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readProcess(pid, 'status'))?.[1]) / 1024
}

function readProcess(pid: number, file: string): string {
  return process.platform === 'linux' ? readFileSync(`/proc/${pid}/${file}`, 'utf8') : ''
}

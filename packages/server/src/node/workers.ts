import type { Address, Cluster, Worker } from 'node:cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.ts'

const shortLifeMs = 10_000
const firstPauseMs = 100
const longestPauseMs = 10_000
/** So many in a row, and none that serves: it is the settings or the machine, and no accident. */
const mostShortLives = 8

/** Processes that share a port. */
export interface Workers {
  /** Asks them to let running requests end; none is started again. */
  stop(): void
  /** Takes them away at once. */
  kill(): void
  /**
   * Kept when all are gone, with what the process is to end with; null where they were given up, because
   * none stayed.
   */
  ended: Promise<number | null>
}

interface WorkersOptions {
  count: number
  log: Log
  /** Called once, when all of them serve. */
  onListening: (port: number) => void
}

/** Whether this process is one of the workers. */
export function isWorker(): boolean {
  // A process that nobody talks to is none; loading the module only to be told so takes a while.
  return process.send !== undefined && clusterModule().isWorker
}

/** Ends a worker that has nothing left to do. */
export function leaveWorkers(): void {
  clusterModule().worker?.disconnect()
}

/**
 * Runs this program in several processes, and in place of one that dies another. The first starts alone:
 * where it can not serve, it says why, once, and its exit code is the outcome. Should this process be
 * killed, the workers end by themselves.
 */
export function runWorkers({ count, log, onListening }: WorkersOptions): Workers {
  const cluster = clusterModule()
  const { promise: ended, resolve: end } = Promise.withResolvers<number | null>()
  const stopping = new AbortController()
  /** Whether each of them listens by now. */
  const workers = new Map<Worker, boolean>()
  let hasFirst = false
  let isAnnounced = false
  let shortLives = 0
  let outcome = 0

  function start(): void {
    const worker = cluster.fork()
    const startedAt = performance.now()
    workers.set(worker, false)
    worker.once('listening', ({ port }: Address) => noteListening(worker, port))
    worker.once('exit', (code: number | null, signal: string | null) => {
      workers.delete(worker)
      if (stopping.signal.aborted || !hasFirst) return noteEnd(code, signal)
      shortLives = performance.now() - startedAt < shortLifeMs ? shortLives + 1 : 0
      log.error({ pid: worker.process.pid, code, signal }, 'a worker ended')
      if (shortLives >= mostShortLives && !listening().includes(true)) giveUp()
      else startAgain()
    })
  }

  function noteListening(worker: Worker, port: number): void {
    workers.set(worker, true)
    if (!hasFirst) {
      hasFirst = true
      for (let n = 1; n < count; n += 1) start()
    }
    if (isAnnounced || workers.size < count || listening().includes(false)) return
    isAnnounced = true
    onListening(port)
  }

  function startAgain(): void {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** shortLives)
    sleep(pauseMs, undefined, { signal: stopping.signal }).then(start, () => {})
  }

  function giveUp(): void {
    end(null)
    signalAll('SIGKILL')
  }

  function noteEnd(code: number | null, signal: string | null): void {
    // One that had only just been started did not know yet what the signal asks of it.
    const wasAsked = signal === 'SIGTERM' || signal === 'SIGINT'
    outcome = Math.max(outcome, code ?? (wasAsked ? 0 : 1))
    if (workers.size === 0) end(outcome)
  }

  function signalAll(signal: NodeJS.Signals): void {
    stopping.abort()
    for (const worker of workers.keys()) worker.process.kill(signal)
    if (workers.size === 0) end(outcome)
  }

  function listening(): boolean[] {
    return [...workers.values()]
  }

  start()
  return { ended, stop: () => signalAll('SIGTERM'), kill: () => signalAll('SIGKILL') }
}

/** Not imported, for a server of one process has no use for it. */
function clusterModule(): Cluster {
  return process.getBuiltinModule('node:cluster')
}

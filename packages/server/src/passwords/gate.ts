import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { type Observer, unobserved } from '../observer.ts'

/** How much work a gate lets in. */
export interface GateSettings {
  /**
   * How many pieces of work run at once. Many more than there are cores make everything slower.
   * @defaultValue the number of cores this process may use
   */
  concurrency?: number
  /**
   * How many may wait. Whoever comes after them is turned away with `GateFull`.
   * @defaultValue 256
   */
  maxQueued?: number
  /**
   * Sees the work, without the time that it waits.
   * @defaultValue nobody
   */
  observer?: Observer
}

/** Lets a bounded number of pieces of work run at once and a bounded number wait, in order. */
export interface Gate {
  /** Runs the work when its turn comes. Rejects with `GateFull` when too many wait already. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** How many run now. */
  readonly running: number
  /** How many wait now. */
  readonly queued: number
}

/** Too many wait already: answer 503 and ask to come back later. */
export class GateFull extends Error {
  override readonly name = 'GateFull'
  /** When the queue should have been worked off, in seconds, at least 1. */
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number) {
    super(`too much work is waiting, try again in ${retryAfterSeconds} s`)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** How much the newest duration counts in the running average. */
const newestWeight = 0.2

/** Makes a gate. */
export function createGate(settings: GateSettings = {}): Gate {
  const { concurrency = availableParallelism(), maxQueued = 256, observer = unobserved } = settings
  requireInteger('concurrency', concurrency, 1)
  requireInteger('maxQueued', maxQueued, 0)
  const waiting: (() => void)[] = []
  let running = 0
  let averageMs: number | undefined

  async function enter(): Promise<void> {
    if (running < concurrency) {
      running += 1
      return
    }
    if (waiting.length >= maxQueued) {
      observer.count({ what: 'hash_refused' })
      throw new GateFull(retryAfterSeconds())
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  // A place that becomes free goes straight to the longest waiting, so nobody new can take it.
  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  function retryAfterSeconds(): number {
    const seconds = ((waiting.length + 1) * (averageMs ?? 0)) / concurrency / 1000
    return Math.max(1, Math.ceil(seconds))
  }

  function recordDuration(ms: number): void {
    averageMs = averageMs === undefined ? ms : averageMs + newestWeight * (ms - averageMs)
  }

  return {
    async run(work) {
      await enter()
      const startedMs = performance.now()
      try {
        return await observer.work('hash', work)
      } finally {
        recordDuration(performance.now() - startedMs)
        leave()
      }
    },
    get running() {
      return running
    },
    get queued() {
      return waiting.length
    },
  }
}

function requireInteger(name: string, value: number, min: number): void {
  if (Number.isInteger(value) && value >= min) return
  throw new RangeError(`${name}: expected an integer of at least ${min}, found ${value}`)
}

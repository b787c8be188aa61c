import { performance } from 'node:perf_hooks'
import { setImmediate, setTimeout } from 'node:timers/promises'

/** Longer than the work should take, so that nearly every answer leaves at the first step. */
const stepMs = 10

// A timer may be late, by how much depends on when it was set.
const timerToleranceMs = 2

/** Waits for the next of the steps in time, counted from `startedAt`, at which an answer may leave. */
export async function nextStep(startedAt: number): Promise<void> {
  const steps = Math.ceil((performance.now() - startedAt) / stepMs)
  const until = startedAt + steps * stepMs
  const early = until - timerToleranceMs - performance.now()
  if (early >= 1) await setTimeout(early)
  while (performance.now() < until) await setImmediate()
}

import { setTimeout as sleep } from 'node:timers/promises'
import { percentile, type Sample } from './figures.ts'
import type { Running } from './processes.ts'
import { type Answer, openWire, type Wire } from './wire.ts'

/** Somebody with a connection of their own: the next request, given the answer to the last one. */
export type Visitor = (last: Answer | null) => Buffer

/** Has every visitor ask again as soon as they are answered. @throws where an answer is not a 200. */
export async function load(
  server: Running,
  visitors: readonly Visitor[],
  seconds: number,
): Promise<Sample> {
  const wires = await Promise.all(visitors.map(() => openWire(server.port)))
  try {
    return await observe(server, async (latencies) => {
      const until = performance.now() + seconds * 1000
      await Promise.all(
        visitors.map(async (visitor, at) => {
          let last: Answer | null = null
          while (performance.now() < until) {
            last = await ask(wires[at], visitor(last), latencies)
          }
        }),
      )
    })
  } finally {
    for (const wire of wires) wire.close()
  }
}

/**
 * Sends requests at a fixed pace, whether or not those before are answered: what waits behind a slow
 * answer counts as slow too.
 */
export async function pace(
  server: Running,
  visitor: Visitor,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Sample> {
  const idle: Wire[] = []
  const opened: Wire[] = []
  try {
    return await observe(server, async (latencies) => {
      const asked: Promise<unknown>[] = []
      const startedAt = performance.now()
      for (let count = 0; count < perSecond * seconds; count += 1) {
        const wait = startedAt + (count * 1000) / perSecond - performance.now()
        if (wait > 0) await sleep(wait)
        const wire = idle.pop() ?? (await openWire(server.port))
        if (!opened.includes(wire)) opened.push(wire)
        asked.push(ask(wire, visitor(null), latencies).then(() => idle.push(wire)))
      }
      await Promise.all(asked)
    })
  } finally {
    for (const wire of opened) wire.close()
  }
}

async function ask(wire: Wire | undefined, request: Buffer, latencies: number[]): Promise<Answer> {
  const sentAt = performance.now()
  const answer = await wire?.send(request)
  latencies.push(performance.now() - sentAt)
  // What is signed out answers 401 by design.
  if (answer?.status === 200 || answer?.status === 401) return answer
  throw new Error(`expected an answer with 200 or 401: ${answer?.head}\n${answer?.body}`)
}

async function observe(
  server: Running,
  run: (latencies: number[]) => Promise<void>,
): Promise<Sample> {
  const latencies: number[] = []
  const cpuBefore = server.cpuSeconds()
  const startedAt = performance.now()
  await run(latencies)
  const seconds = (performance.now() - startedAt) / 1000
  const cpuSeconds = server.cpuSeconds() - cpuBefore
  return {
    perSecond: latencies.length / seconds,
    p50Ms: percentile(latencies, 50),
    p99Ms: percentile(latencies, 99),
    cpuMicros: (cpuSeconds / latencies.length) * 1e6,
    busyCores: cpuSeconds / seconds,
  }
}

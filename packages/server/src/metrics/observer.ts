import { performance } from 'node:perf_hooks'
import type { Counted, Observer } from '../observer.ts'
import type { Instruments } from './instruments.ts'

const usualMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** An observer that measures what it sees. */
export function measuringObserver(instruments: Instruments): Observer {
  const { requests, work } = instruments

  return {
    async request(request, answer) {
      const startedMs = performance.now()
      const answered = await answer()
      // Clients choose the method: what they make up must not make a series each.
      const method = usualMethods.has(request.method) ? request.method : 'other'
      const status = `${Math.floor(answered.status / 100)}xx`
      requests.observe({ method, route: request.route(), status }, secondsSince(startedMs))
      return answered
    },
    async work(kind, run) {
      const startedMs = performance.now()
      let outcome = 'failed'
      try {
        const result = await run()
        outcome = 'succeeded'
        return result
      } finally {
        work.observe({ work: kind, outcome }, secondsSince(startedMs))
      }
    },
    count: (counted) => count(instruments, counted),
  }
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1000
}

function count(instruments: Instruments, counted: Counted): void {
  const { limited, hashRefused, deliveries, databaseErrors } = instruments
  if (counted.what === 'event') countEvent(instruments, counted)
  else if (counted.what === 'limited') limited.inc({ action: counted.action })
  else if (counted.what === 'hash_refused') hashRefused.inc()
  else if (counted.what === 'database_error') databaseErrors.inc()
  else deliveries.inc({ kind: counted.kind, outcome: counted.outcome })
}

function countEvent(
  { events, logins, signups }: Instruments,
  { type, method }: { type: string; method: string | null },
): void {
  events.inc({ type })
  if (type === 'signed_up') signups.inc()
  if (type === 'logged_in') logins.inc({ method: method ?? 'none', outcome: 'succeeded' })
  if (type === 'login_failed') logins.inc({ method: method ?? 'none', outcome: 'failed' })
}

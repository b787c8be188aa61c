import type { Server } from '../exchange.ts'

/** What a server can be without. */
export type Part = 'database' | 'limits'

const texts: Readonly<Record<Part, string>> = {
  database: 'the database does not answer',
  limits: 'the store of the limits does not answer: whatever is counted is refused',
}

const pauseMs = 10_000

/** When a part was last logged to be down, and how often it was met since. */
interface Noted {
  at: number
  others: number
}

const notedBy = new WeakMap<Server, Map<Part, Noted>>()

/**
 * Logs that a part of the server is down: at most once in ten seconds, with the id of one request and how
 * many others there were since, for in an outage every request meets it.
 */
export function noteOutage(
  server: Server,
  part: Part,
  { requestId, error }: { requestId?: string; error: unknown },
): void {
  const noted = notedBy.get(server) ?? new Map<Part, Noted>()
  notedBy.set(server, noted)
  const last = noted.get(part)
  const at = server.now()
  if (last && Math.abs(at - last.at) < pauseMs) {
    last.others += 1
    return
  }
  noted.set(part, { at, others: 0 })
  const others = last?.others ?? 0
  server.log.error({ ...(requestId && { requestId }), others, err: error }, texts[part])
}

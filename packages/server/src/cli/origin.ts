import type { EventOrigin } from '../events/rows.ts'

/** Who causes the events of a command. */
export function commandOrigin(): EventOrigin {
  return { now: Date.now(), sessionId: null, ip: '', userAgent: 'latchkey (command line)' }
}

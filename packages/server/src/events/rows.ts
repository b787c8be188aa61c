import { uuidv7 } from '../crypto/random.ts'
import type { EventType } from '../settings/event-types.ts'
import type { ChainRow } from './chain/links.ts'
import type { AuthEvent } from './events.ts'

/** Who caused an event, from where, and when. */
export interface EventOrigin {
  /** Milliseconds since 1970. */
  now: number
  sessionId: string | null
  ip: string
  userAgent: string
}

/** An event as it is stored, without its place in the chain. */
export type NewEventRow = Omit<ChainRow, 'seq' | 'type'> & { type: EventType }

export function toRow({ type, userId, ...data }: AuthEvent, origin: EventOrigin): NewEventRow {
  const { now, sessionId, ip, userAgent } = origin
  return {
    id: uuidv7(now),
    type,
    user_id: userId,
    session_id: sessionId,
    created_at: now,
    // A database would put something else in the place of half a character, and the hash not fit.
    ip: ip.toWellFormed(),
    user_agent: userAgent.toWellFormed(),
    data: JSON.stringify(data),
  }
}

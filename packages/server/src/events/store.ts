import { uuidv7 } from '../crypto/random.ts'
import type { Exchange } from '../exchange.ts'
import type { DatabaseOrTransaction } from '../storage/open.ts'
import type { AuthEvent } from './events.ts'

/** Writes the events that the exchange noted. */
export async function writeEvents(
  db: DatabaseOrTransaction,
  ctx: Exchange,
  sessionId: string | null,
): Promise<void> {
  const rows = ctx.pending.events.map((event) => toRow(event, { ...originOf(ctx), sessionId }))
  if (rows.length > 0) await db.insertInto('events').values(rows).execute()
}

/** Writes an event at once: one that tells of a refusal, which writes nothing else. */
export async function writeEvent(ctx: Exchange, event: AuthEvent): Promise<void> {
  await writeEventFrom(ctx.server.db, event, { ...originOf(ctx), sessionId: ctx.session.id })
}

/** Who caused an event, from where, and when. */
export interface EventOrigin {
  now: number
  sessionId: string | null
  ip: string
  userAgent: string
}

/** Writes an event that no request of a client caused. */
export async function writeEventFrom(
  db: DatabaseOrTransaction,
  event: AuthEvent,
  origin: EventOrigin,
): Promise<void> {
  await db.insertInto('events').values(toRow(event, origin)).execute()
}

function originOf({ server, request }: Exchange): Omit<EventOrigin, 'sessionId'> {
  return { now: server.now(), ip: request.ip, userAgent: request.userAgent }
}

function toRow({ type, userId, ...data }: AuthEvent, origin: EventOrigin) {
  const { now, sessionId, ip, userAgent } = origin
  return {
    id: uuidv7(now),
    type,
    user_id: userId,
    session_id: sessionId,
    created_at: now,
    ip,
    user_agent: userAgent,
    data: JSON.stringify(data),
  }
}

/** Removes the events from before a time. */
export async function sweepEvents(db: DatabaseOrTransaction, before: number): Promise<void> {
  await db.deleteFrom('events').where('created_at', '<', before).execute()
}

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
  const rows = ctx.pending.events.map((event) => toRow(ctx, event, sessionId))
  if (rows.length > 0) await db.insertInto('events').values(rows).execute()
}

/** Writes an event at once: one that tells of a refusal, which writes nothing else. */
export async function writeEvent(ctx: Exchange, event: AuthEvent): Promise<void> {
  await ctx.server.db
    .insertInto('events')
    .values(toRow(ctx, event, ctx.session.id))
    .execute()
}

function toRow(ctx: Exchange, { type, userId, ...data }: AuthEvent, sessionId: string | null) {
  const now = ctx.server.now()
  return {
    id: uuidv7(now),
    type,
    user_id: userId,
    session_id: sessionId,
    created_at: now,
    ip: ctx.request.ip,
    user_agent: ctx.request.userAgent,
    data: JSON.stringify(data),
  }
}

/** Removes the events from before a time. */
export async function sweepEvents(db: DatabaseOrTransaction, before: number): Promise<void> {
  await db.deleteFrom('events').where('created_at', '<', before).execute()
}

import { enqueue } from '../delivery/store.ts'
import type { Exchange, Server } from '../exchange.ts'
import type { DatabaseTransaction } from '../storage/open.ts'
import { transact } from '../storage/transact.ts'
import { appendRows } from './chain/append.ts'
import type { AuthEvent } from './events.ts'
import { type EventOrigin, type NewEventRow, toRow } from './rows.ts'
import { webhooksFor } from './webhooks.ts'

/** What writing events needs of the server. */
export type EventParts = Pick<Server, 'keys' | 'settings'>

/**
 * Writes the events that the exchange noted: last in its transaction, see `appendRows`. Returns how many
 * webhooks are to be sent of them.
 */
export async function writeEvents(
  tx: DatabaseTransaction,
  ctx: Exchange,
  sessionId: string | null,
): Promise<number> {
  const rows = ctx.pending.events.map((event) => toRow(event, { ...originOf(ctx), sessionId }))
  return writeRows(tx, ctx.server, rows)
}

/** Lets the observer know of events once they are written. */
export function countEvents({ observer }: Server, events: readonly AuthEvent[]): void {
  for (const event of events) {
    const method = 'method' in event ? event.method : null
    observer.count({ what: 'event', type: event.type, method })
  }
}

/** Writes an event at once: one that tells of a refusal, which writes nothing else. */
export async function writeEvent(ctx: Exchange, event: AuthEvent): Promise<void> {
  const { server, session } = ctx
  const origin = { ...originOf(ctx), sessionId: session.id }
  const webhooks = await transact(server.db, (tx) => writeEventFrom(tx, server, { event, origin }))
  countEvents(server, [event])
  if (webhooks > 0) server.outbox.kick()
}

/** Writes an event that no request of a client caused: last in its transaction. Returns the same. */
export async function writeEventFrom(
  tx: DatabaseTransaction,
  parts: EventParts,
  { event, origin }: { event: AuthEvent; origin: EventOrigin },
): Promise<number> {
  return writeRows(tx, parts, [toRow(event, origin)])
}

async function writeRows(
  tx: DatabaseTransaction,
  { keys, settings }: EventParts,
  rows: readonly NewEventRow[],
): Promise<number> {
  const webhooks = webhooksFor(settings.server, rows)
  // As old as what they tell of, so that a late one is late for both.
  await enqueue(tx, webhooks, { keys, now: () => rows[0]?.created_at ?? 0 })
  await appendRows(tx, keys, rows)
  return webhooks.length
}

function originOf({ server, request }: Exchange): Omit<EventOrigin, 'sessionId'> {
  return { now: server.now(), ip: request.ip, userAgent: request.userAgent }
}

import { setImmediate } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import { decrypt, encrypt } from '../crypto/encrypt.ts'
import { hmac } from '../crypto/hash.ts'
import type { Keys } from '../crypto/keys.ts'
import { uuidv7 } from '../crypto/random.ts'
import type { OutboxTable, Tables } from '../storage/tables.ts'
import {
  type Message,
  type MessageKind,
  type MessageOf,
  messageKinds,
  recipientOf,
} from './messages.ts'

/** The database of an outbox; `OutboxTransaction` also takes a transaction. */
export type OutboxDatabase = Kysely<Tables>
export type OutboxTransaction = Kysely<Tables> | Transaction<Tables>

/** A row of the outbox that is due: who it is for, not what it says. */
export type DueRow = Pick<OutboxTable, 'id' | 'kind' | 'recipient_hash'>

/** A row that is leased to the caller. */
export type LeasedRow = Pick<OutboxTable, 'id' | 'payload' | 'attempts' | 'created_at'>

/** From here on a row is kept, but not sent: the end of the year 9999. */
export const neverMs = 253_402_300_799_000

const mostCounted = 10_000

/** A day longer than they are tried. */
const keptWebhooksMs = 4 * 86_400_000
const sweptAtOnce = 200

/**
 * Puts messages into the outbox, encrypted, in the order given. Do it in the transaction that causes
 * them, and `kick()` the outbox after it.
 */
export async function enqueue(
  db: OutboxTransaction,
  messages: readonly Message[],
  { keys, now }: { keys: Keys; now: () => number },
): Promise<void> {
  if (messages.length === 0) return
  const time = now()
  const rows = messages.map((message) => sealMessage(message, keys, time))
  await db.insertInto('outbox').values(rows).execute()
}

function sealMessage(message: Message, keys: Keys, time: number): OutboxTable {
  const key = keys.current('outbox')
  const id = uuidv7(time)
  return {
    id,
    kind: message.kind,
    recipient_hash: hmac(key, recipientOf(message)),
    payload: encrypt(key, JSON.stringify(message), id),
    attempts: 0,
    created_at: time,
    available_at: time,
    lease_id: null,
    lease_until: 0,
  }
}

/** The hashes by which messages to a recipient may be stored, under one secret or another. */
export function recipientHashes(keys: Keys, recipient: string): string[] {
  return keys.all('outbox').map((key) => hmac(key, recipient))
}

/**
 * The message of a row of this kind; undefined if none of the keys fits or the row was changed, also
 * to another kind.
 */
export function openMessage<Kind extends MessageKind>(
  { payload, id }: LeasedRow,
  { kind, keys }: { kind: Kind; keys: Keys },
): MessageOf<Kind> | undefined {
  const text = decrypt(keys.all('outbox'), payload, id)
  if (text === undefined) return undefined
  // `sealMessage` wrote it and the authentication tag was right, so it has the shape of its kind.
  const message = JSON.parse(text) as MessageOf<Kind>
  return message.kind === kind ? message : undefined
}

/** Which rows of the outbox to find. */
export interface DueQuery {
  kind: MessageKind
  time: number
  busy: readonly string[]
  limit: number
  /** Only for these. */
  recipients?: readonly string[] | undefined
}

/**
 * Rows that may be sent now, those that wait longest, in the order of their ids. None to a recipient whom
 * somebody is sending to, here (`busy`) or on another node, or the second message could overtake the first.
 */
export async function findDueRows(db: OutboxDatabase, query: DueQuery): Promise<DueRow[]> {
  const { recipients, limit } = query
  // One search for each recipient: one for all of them could not take the order from the index.
  const found = recipients
    ? await Promise.all(recipients.map((it) => dueRows(db, query, it).execute()))
    : [await dueRows(db, query).execute()]
  return found
    .flat()
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, limit)
}

/** Both orders are that of an index of their own, see the migration `0005-audit`. */
export function dueRows(
  db: OutboxDatabase,
  { kind, time, busy, limit }: DueQuery,
  recipient?: string,
) {
  let query = db
    .selectFrom('outbox')
    .select(['id', 'kind', 'recipient_hash'])
    .where('kind', '=', kind)
    .where('available_at', '<=', time)
    .where('lease_until', '<=', time)
    .where('recipient_hash', 'not in', (sub) =>
      sub.selectFrom('outbox').select('recipient_hash').where('lease_until', '>', time),
    )
  if (recipient !== undefined) query = query.where('recipient_hash', '=', recipient)
  if (busy.length > 0) query = query.where('recipient_hash', 'not in', busy)
  return query.orderBy('available_at').orderBy('id').limit(limit)
}

/** Leases a row until `until`; undefined if it is gone or somebody else was faster. */
export async function leaseRow(
  db: OutboxDatabase,
  id: string,
  lease: { id: string; time: number; until: number },
): Promise<LeasedRow | undefined> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ lease_id: lease.id, lease_until: lease.until })
    .where('id', '=', id)
    .where('available_at', '<=', lease.time)
    .where('lease_until', '<=', lease.time)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return undefined
  return await db
    .selectFrom('outbox')
    .select(['id', 'payload', 'attempts', 'created_at'])
    .where('id', '=', id)
    .where('lease_id', '=', lease.id)
    .executeTakeFirst()
}

/** Deletes a row whose message was accepted, whoever has the lease by now. */
export async function deleteRow(db: OutboxDatabase, id: string): Promise<void> {
  await db.deleteFrom('outbox').where('id', '=', id).execute()
}

/** Gives a leased row back, with what its try has changed. */
export async function returnRow(
  db: OutboxDatabase,
  lease: { rowId: string; id: string },
  change: { attempts?: number; available_at?: number },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ ...change, lease_id: null, lease_until: 0 })
    .where('id', '=', lease.rowId)
    .where('lease_id', '=', lease.id)
    .execute()
}

/** When the oldest message that is still to be sent was enqueued; undefined if there is none. */
export async function findOldestTime(db: OutboxDatabase): Promise<number | undefined> {
  const found = await Promise.all(messageKinds.map((kind) => oldestRow(db, kind).execute()))
  // Some drivers answer 64-bit integers as text.
  const times = found.flat().map((row) => Number(row.created_at))
  return times.length > 0 ? Math.min(...times) : undefined
}

/** How many messages are still to be sent, by their kind; no more than 10,000 are counted. */
export async function countWaiting(db: OutboxDatabase): Promise<ReadonlyMap<MessageKind, number>> {
  const counts = await Promise.all(
    messageKinds.map((kind) => countRows(db, kind).executeTakeFirstOrThrow()),
  )
  return new Map(messageKinds.map((kind, index) => [kind, Number(counts[index]?.count)]))
}

/** Whoever asks does so again and again, so that a long queue must not cost much. */
function countRows(db: OutboxDatabase, kind: MessageKind) {
  const rows = db
    .selectFrom('outbox')
    .select('id')
    .where('kind', '=', kind)
    .where('available_at', '<', neverMs)
    .limit(mostCounted)
  return db.selectFrom(rows.as('waiting')).select(({ fn }) => fn.countAll().as('count'))
}

/** Goes by age through an index that also tells what was given up. */
export function oldestRow(db: OutboxDatabase, kind: MessageKind) {
  return db
    .selectFrom('outbox')
    .select('created_at')
    .where('kind', '=', kind)
    .where('available_at', '<', neverMs)
    .orderBy('created_at')
    .limit(1)
}

/**
 * Removes webhooks that nobody tries any more: of endpoints that are not in the settings, or that were
 * down for so long that their queue was never worked off. Returns how many.
 */
export async function sweepWebhooks(db: OutboxDatabase, now: number): Promise<number> {
  let count = 0
  for (;;) {
    const rows = await oldWebhooks(db, now).execute()
    if (rows.length === 0) return count
    const { numDeletedRows } = await db
      .deleteFrom('outbox')
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .where('lease_until', '<=', now)
      .executeTakeFirst()
    count += Number(numDeletedRows)
    if (rows.length < sweptAtOnce) return count
    await setImmediate()
  }
}

/** Some of them: to remove a long queue at once would keep everybody from the table. */
export function oldWebhooks(db: OutboxDatabase, now: number) {
  return db
    .selectFrom('outbox')
    .select('id')
    .where('kind', '=', 'webhook')
    .where('created_at', '<', now - keptWebhooksMs)
    .where('lease_until', '<=', now)
    .limit(sweptAtOnce)
}

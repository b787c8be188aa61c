import type { Keys } from '../crypto/keys.ts'
import { type Delivery, deliverRow } from './deliver.ts'
import { createLane } from './lane.ts'
import type { OutboxLog } from './log.ts'
import type { MailTransport, MessageKind, SmsTransport } from './messages.ts'
import { findDueRows, findOldestTime, type OutboxDatabase } from './store.ts'

const closeMs = 10_000

export interface OutboxOptions {
  db: OutboxDatabase
  keys: Keys
  now: () => number
  mail: MailTransport
  sms: SmsTransport
  log: OutboxLog
  /**
   * How often the outbox looks for due messages without being told, in milliseconds.
   * @defaultValue 1000
   */
  intervalMs?: number
  /**
   * How long a message belongs to the worker that is sending it, in milliseconds. After three
   * quarters of it the try is aborted; after all of it another worker takes over.
   * @defaultValue 60000
   */
  leaseMs?: number
  /**
   * How many messages of a kind are looked up at once.
   * @defaultValue 20
   */
  batch?: number
  /**
   * How often a message is tried before it is kept, but no longer sent. Tries that met an
   * unreachable server do not count.
   * @defaultValue 12
   */
  maxAttempts?: number
}

/** Sends what `enqueue` put into the table `outbox`. */
export interface Outbox {
  /** Starts sending soon; returns at once. Call it after the transaction that enqueued. */
  kick(): void
  /** Sends until nothing is due, or nothing gets through. For tests and an orderly end. */
  drain(): Promise<void>
  /** Stops; what is being sent has ten seconds to end. The transports stay open. */
  close(): Promise<void>
  /** How long the oldest message that is still to be sent has waited; 0 if there is none. */
  oldestAgeMs(): Promise<number>
}

/** Starts an outbox: it looks for due messages at once and then again and again, until closed. */
export function createOutbox({
  intervalMs = 1000,
  leaseMs = 60_000,
  batch = 20,
  maxAttempts = 12,
  ...options
}: OutboxOptions): Outbox {
  const { db, now, log } = options
  const closing = new AbortController()
  const delivery: Delivery = { ...options, leaseMs, maxAttempts, closing: closing.signal }
  const lanes = (['mail', 'sms'] satisfies MessageKind[]).map((kind) =>
    createLane({
      kind,
      now,
      log,
      findDue: (busy) => findDueRows(db, { kind, time: now(), busy, limit: batch }),
      deliver: (id) => deliverRow(delivery, id),
    }),
  )
  const timer = setInterval(kick, intervalMs).unref()

  function kick(): void {
    for (const lane of lanes) lane.wake()
  }

  kick()
  return {
    kick,
    async drain() {
      await Promise.all(lanes.map((lane) => lane.drain()))
    },
    async close() {
      clearInterval(timer)
      for (const lane of lanes) lane.stop()
      const deadline = setTimeout(() => closing.abort(), closeMs)
      await Promise.all(lanes.map((lane) => lane.settled()))
      clearTimeout(deadline)
    },
    async oldestAgeMs() {
      const oldest = await findOldestTime(db)
      return oldest === undefined ? 0 : Math.max(0, now() - oldest)
    },
  }
}

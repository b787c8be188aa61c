import type { Keys } from '../crypto/keys.ts'
import { type Observer, unobserved } from '../observer.ts'
import { type Delivery, deliverRow, type Outcome } from './deliver.ts'
import { createWebhookPost, type WebhookSettings } from './event-webhook.ts'
import { createLane } from './lane.ts'
import type { OutboxLog } from './log.ts'
import type { MailTransport, MessageKind, SmsTransport } from './messages.ts'
import {
  countWaiting,
  findDueRows,
  findOldestTime,
  type OutboxDatabase,
  recipientHashes,
} from './store.ts'
import { mailWay, smsWay, type Way, webhookWay } from './ways.ts'

const closeMs = 10_000

export interface OutboxOptions {
  db: OutboxDatabase
  keys: Keys
  now: () => number
  mail: MailTransport
  sms: SmsTransport
  /** @defaultValue no endpoints */
  webhooks?: WebhookSettings
  log: OutboxLog
  /** @defaultValue nobody */
  observer?: Observer
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
   * How often a mail or text message is tried before it is kept, but no longer sent. Tries that met
   * an unreachable server do not count.
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
  /** How many messages are still to be sent, by their kind. */
  countWaiting(): Promise<ReadonlyMap<MessageKind, number>>
}

/** Starts an outbox: it looks for due messages at once and then again and again, until closed. */
export function createOutbox({
  intervalMs = 1000,
  leaseMs = 60_000,
  batch = 20,
  maxAttempts = 12,
  mail,
  sms,
  webhooks = { urls: [], secrets: [] },
  observer = unobserved,
  ...options
}: OutboxOptions): Outbox {
  const { db, now, keys } = options
  const closing = new AbortController()
  const posting = webhookWay(createWebhookPost({ secrets: webhooks.secrets, now }))
  const lanes = [
    laneFor(mailWay(mail, maxAttempts)),
    laneFor(smsWay(sms, maxAttempts)),
    // An endpoint has a lane of its own: it may be down for days, and has a queue then.
    ...webhooks.urls.map((url, index) =>
      laneFor(posting, { recipients: recipientHashes(keys, url), endpoint: index + 1 }),
    ),
  ]
  const timer = setInterval(kick, intervalMs).unref()

  function laneFor<Kind extends MessageKind>(
    way: Way<Kind>,
    { recipients, endpoint }: { recipients?: readonly string[]; endpoint?: number } = {},
  ) {
    const { kind, patience } = way
    const observed: Way<Kind> = {
      ...way,
      send: (message, attempt) => observer.work(`send_${kind}`, () => way.send(message, attempt)),
    }
    const log = endpoint === undefined ? options.log : withMember(options.log, { endpoint })
    const delivery: Delivery = { ...options, log, leaseMs, closing: closing.signal }
    return createLane({
      kind,
      now,
      log,
      longestPauseMs: patience.longestPauseMs,
      findDue: (busy) => findDueRows(db, { kind, time: now(), busy, limit: batch, recipients }),
      deliver: async (id) => countOutcome(kind, await deliverRow(delivery, observed, id)),
    })
  }

  function countOutcome(kind: MessageKind, outcome: Outcome): Outcome {
    // Another worker has it, and counts it.
    if (outcome !== 'taken') observer.count({ what: 'delivery', kind, outcome })
    return outcome
  }

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
    countWaiting: () => countWaiting(db),
  }
}

/** A log that says of each line what it is about. */
function withMember(log: OutboxLog, member: object): OutboxLog {
  return {
    info: (details, message) => log.info({ ...details, ...member }, message),
    warn: (details, message) => log.warn({ ...details, ...member }, message),
    error: (details, message) => log.error({ ...details, ...member }, message),
  }
}

import { randomUUID } from 'node:crypto'
import type { Keys } from '../crypto/keys.ts'
import { errorCode, type OutboxLog } from './log.ts'
import {
  type Attempt,
  DeliveryError,
  type MailTransport,
  type Message,
  type MessageKind,
  type SmsTransport,
} from './messages.ts'
import {
  deleteRow,
  type LeasedRow,
  leaseRow,
  neverMs,
  type OutboxDatabase,
  openMessage,
  returnRow,
} from './store.ts'

const refusedAttempts = 3
const firstDelayMs = 1000
const longestDelayMs = 15 * 60_000

/** How a try ended; `taken` means that another worker has the row or that it is gone. */
export type Outcome = 'sent' | 'failed' | 'unreachable' | 'taken'

/** What sending one row needs. */
export interface Delivery {
  db: OutboxDatabase
  keys: Keys
  now: () => number
  mail: MailTransport
  sms: SmsTransport
  log: OutboxLog
  leaseMs: number
  maxAttempts: number
  /** Aborted when the outbox closes and has waited long enough. */
  closing: AbortSignal
}

/** Leases one row, sends its message and deletes the row, or gives it back for a later try. */
export async function deliverRow(delivery: Delivery, id: string): Promise<Outcome> {
  const { db, now, leaseMs } = delivery
  const time = now()
  const lease = { id: randomUUID(), time, until: time + leaseMs }
  const row = await leaseRow(db, id, lease)
  if (!row) return 'taken'
  const message = openMessage(row, delivery.keys)
  if (!message) {
    delivery.log.error({ id }, 'a message cannot be decrypted with the configured secrets')
    const change = { attempts: delivery.maxAttempts, available_at: neverMs }
    await returnRow(db, { rowId: id, id: lease.id }, change)
    return 'failed'
  }
  try {
    await sendInTime(delivery, id, message)
  } catch (error) {
    return await giveBack(delivery, { row, leaseId: lease.id, kind: message.kind, error })
  }
  await deleteRow(db, id)
  return 'sent'
}

/** The try ends well before the lease does, or two workers would send the same message. */
async function sendInTime(delivery: Delivery, id: string, message: Message): Promise<void> {
  const limit = AbortSignal.timeout(Math.ceil(delivery.leaseMs * 0.75))
  const signal = AbortSignal.any([limit, delivery.closing])
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(new DeliveryError('failed', 'timeout'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
  })
  await Promise.race([send(delivery, message, { id, signal }), aborted])
}

async function send(delivery: Delivery, message: Message, attempt: Attempt): Promise<void> {
  if (message.kind === 'mail') return await delivery.mail.send(message.mail, attempt)
  await delivery.sms.send(message.sms, attempt)
}

async function giveBack(
  { db, now, log, maxAttempts, closing }: Delivery,
  {
    row,
    leaseId,
    kind,
    error,
  }: { row: LeasedRow; leaseId: string; kind: MessageKind; error: unknown },
): Promise<Outcome> {
  const failure = error instanceof DeliveryError ? error.failure : 'failed'
  const lease = { rowId: row.id, id: leaseId }
  const code = errorCode(error)
  // No attempt is charged where the message was not the reason: an outage of any length loses nothing.
  if (failure === 'unreachable' || closing.aborted) {
    log.warn({ id: row.id, kind, code }, 'no message gets through')
    await returnRow(db, lease, {})
    return 'unreachable'
  }
  const attempts = row.attempts + 1
  const allowed = failure === 'refused' ? Math.min(refusedAttempts, maxAttempts) : maxAttempts
  if (attempts >= allowed) {
    log.error({ id: row.id, kind, code, attempts }, 'a message was given up')
    await returnRow(db, lease, { attempts, available_at: neverMs })
    return 'failed'
  }
  const delayMs = retryDelayMs(attempts)
  log.warn({ id: row.id, kind, code, attempts, delayMs }, 'a message will be tried again')
  await returnRow(db, lease, { attempts, available_at: now() + delayMs })
  return 'failed'
}

/** 1 s, 2 s, 4 s … 15 min, and up to a fifth more, so that what failed together does not return together. */
function retryDelayMs(attempts: number): number {
  const base = firstDelayMs * 2 ** (attempts - 1)
  return Math.min(longestDelayMs, Math.round(base * (1 + Math.random() / 5)))
}

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Keys } from '../crypto/keys.ts'
import { isConflict, isDatabaseBusy, isDatabaseDown } from '../storage/errors.ts'
import { errorCode, type OutboxLog } from './log.ts'
import { type Attempt, DeliveryError, type DeliveryFailure, type MessageKind } from './messages.ts'
import {
  deleteRow,
  type LeasedRow,
  leaseRow,
  neverMs,
  type OutboxDatabase,
  openMessage,
  returnRow,
} from './store.ts'
import type { Patience, Way } from './ways.ts'

const refusedTries = 3

/** How long the change of a secret may take from the first server to the last: a day. */
const secretChangeMs = 86_400_000
const longestDelayMs = 300_000
const deletePauseMs = 250

/** How a try ended; `taken` means that another worker has the row or that it is gone. */
export type Outcome = 'sent' | 'failed' | 'unreachable' | 'taken'

/** What sending rows needs, whatever their kind. */
export interface Delivery {
  db: OutboxDatabase
  keys: Keys
  now: () => number
  log: OutboxLog
  leaseMs: number
  /** Aborted when the outbox closes and has waited long enough. */
  closing: AbortSignal
}

/** Leases one row, sends its message and deletes the row, or gives it back for a later try. */
export async function deliverRow<Kind extends MessageKind>(
  delivery: Delivery,
  way: Way<Kind>,
  id: string,
): Promise<Outcome> {
  const { db, now, leaseMs, keys } = delivery
  const time = now()
  const lease = { id: randomUUID(), time, until: time + leaseMs }
  const row = await leaseRow(db, id, lease)
  if (!row) return 'taken'
  const message = openMessage(row, { kind: way.kind, keys })
  if (!message) {
    await leaveToOthers(delivery, way, { row, leaseId: lease.id })
    return 'failed'
  }
  try {
    await sendInTime(delivery, (signal) => way.send(message, { id, signal }))
  } catch (error) {
    return await giveBack(delivery, way, { row, leaseId: lease.id, error })
  }
  await deleteSent(delivery, id, lease.until)
  return 'sent'
}

/** Has the database know, also where it is away for a moment: else the same would be sent once more. */
async function deleteSent(
  { db, now, closing }: Delivery,
  id: string,
  until: number,
): Promise<void> {
  for (;;) {
    try {
      return await deleteRow(db, id)
    } catch (error) {
      const mayPass = isDatabaseDown(error) || isDatabaseBusy(error) || isConflict(error)
      if (!mayPass || closing.aborted || now() >= until) throw error
    }
    await sleep(deletePauseMs)
  }
}

/**
 * Gives back what none of the secrets decrypts. While a secret is replaced, another server may know the
 * one that it was written with; that is no reason to charge a try.
 */
async function leaveToOthers(
  { db, now, log }: Delivery,
  { kind, patience }: Pick<Way<MessageKind>, 'kind' | 'patience'>,
  { row: { id, created_at: createdAt }, leaseId }: { row: LeasedRow; leaseId: string },
): Promise<void> {
  const lease = { rowId: id, id: leaseId }
  const ageMs = now() - createdAt
  if (ageMs >= secretChangeMs) {
    log.error({ id, kind }, 'a message was given up: none of the secrets decrypts it')
    await returnRow(db, lease, { attempts: patience.mostTries, available_at: neverMs })
    return
  }
  // Twice as late each time.
  const delayMs = Math.min(longestDelayMs, Math.max(1000, ageMs))
  log.warn({ id, kind, delayMs }, 'none of the secrets decrypts a message: it will be tried again')
  await returnRow(db, lease, { available_at: now() + delayMs })
}

/** The try ends well before the lease does, or two workers would send the same message. */
async function sendInTime(
  { leaseMs, closing }: Delivery,
  send: (signal: Attempt['signal']) => Promise<void>,
): Promise<void> {
  const limit = AbortSignal.timeout(Math.ceil(leaseMs * 0.75))
  const signal = AbortSignal.any([limit, closing])
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(new DeliveryError('failed', 'timeout'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
  })
  await Promise.race([send(signal), aborted])
}

async function giveBack(
  { db, now, log, closing }: Delivery,
  { kind, patience }: Pick<Way<MessageKind>, 'kind' | 'patience'>,
  { row, leaseId, error }: { row: LeasedRow; leaseId: string; error: unknown },
): Promise<Outcome> {
  const failure = error instanceof DeliveryError ? error.failure : 'failed'
  const lease = { rowId: row.id, id: leaseId }
  const code = errorCode(error)
  const isUnreachable = failure === 'unreachable' || closing.aborted
  const isTooOld = now() - row.created_at >= patience.mostAgeMs
  // No try is charged where the message was not the reason: an outage alone loses nothing.
  if (isUnreachable && !isTooOld) {
    log.warn({ id: row.id, kind, code }, 'no message gets through')
    await returnRow(db, lease, {})
    return 'unreachable'
  }
  const attempts = row.attempts + 1
  if (isTooOld || attempts >= mostTries(patience, failure)) {
    log.error({ id: row.id, kind, code, attempts }, 'a message was given up')
    if (patience.keepsGivenUp) await returnRow(db, lease, { attempts, available_at: neverMs })
    else await deleteRow(db, row.id)
    return isUnreachable ? 'unreachable' : 'failed'
  }
  const delayMs = patience.delayMs(attempts)
  log.warn({ id: row.id, kind, code, attempts, delayMs }, 'a message will be tried again')
  await returnRow(db, lease, { attempts, available_at: now() + delayMs })
  return 'failed'
}

function mostTries(patience: Patience, failure: DeliveryFailure): number {
  if (failure === 'gone') return 1
  return failure === 'refused' ? Math.min(refusedTries, patience.mostTries) : patience.mostTries
}

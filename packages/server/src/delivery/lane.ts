import { setImmediate } from 'node:timers/promises'
import type { Outcome } from './deliver.ts'
import { errorCode, type OutboxLog } from './log.ts'
import type { MessageKind } from './messages.ts'
import type { DueRow } from './store.ts'

/** To how many recipients one way out sends at once. */
const concurrentRecipients = 4

/**
 * One way out of the outbox, so that a slow text message gateway does not hold back mail, nor one
 * endpoint that is down another.
 */
export interface Lane {
  /** Starts a pass soon; returns at once. */
  wake(): void
  /** Sends until nothing is due or nothing gets through; does not wait for a pause to end. */
  drain(): Promise<void>
  /** Starts nothing more. */
  stop(): void
  /** Kept when everything that was being sent has ended. */
  settled(): Promise<unknown>
}

/** Sends due rows: in order to one recipient, to several recipients at once. */
export function createLane({
  kind,
  now,
  log,
  longestPauseMs,
  findDue,
  deliver,
}: {
  kind: MessageKind
  now: () => number
  log: OutboxLog
  longestPauseMs: number
  findDue: (busy: readonly string[]) => Promise<DueRow[]>
  deliver: (id: string) => Promise<Outcome>
}): Lane {
  const running = new Map<string, Promise<void>>()
  /** Found, but not begun: a long queue is not searched anew for every message. */
  let waiting: [recipient: string, due: DueRow[]][] = []
  let passes: Promise<void> | undefined
  let isWanted = false
  let isStopped = false
  let pausedUntil = 0
  let pauses = 0
  let isReadable = true

  function wake(): void {
    if (isStopped) return
    isWanted = true
    passes ??= runPasses()
  }

  async function runPasses(): Promise<void> {
    try {
      await setImmediate()
      while (isWanted && !isStopped) {
        isWanted = false
        await startDue()
      }
    } catch (error) {
      // Each second there is a try: an outage is told when it begins, and when it ends.
      if (isReadable) log.error({ kind, code: errorCode(error) }, 'the outbox cannot be read')
      isReadable = false
    } finally {
      passes = undefined
    }
  }

  async function startDue(): Promise<void> {
    if (running.size >= concurrentRecipients || now() < pausedUntil) return
    if (waiting.length === 0) {
      const rows = await findDue([...running.keys()])
      if (!isReadable) log.info({ kind }, 'the outbox can be read again')
      isReadable = true
      waiting = [...Map.groupBy(rows, (row) => row.recipient_hash)]
    }
    const next = waiting.splice(0, concurrentRecipients - running.size)
    for (const [recipient, due] of next) startSending(recipient, due)
    // What was found may all be for one recipient: look again for others, without the busy ones.
    if (next.length > 0) isWanted = true
  }

  function startSending(recipient: string, due: readonly DueRow[]): void {
    const run = sendInOrder(due.map((row) => row.id)).finally(() => {
      running.delete(recipient)
      wake()
    })
    running.set(recipient, run)
  }

  async function sendInOrder(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      if (isStopped || now() < pausedUntil) return
      const outcome = await deliverOrPause(id)
      // What comes after a message that failed gets its chance in the next pass.
      if (outcome !== 'sent') return
    }
  }

  async function deliverOrPause(id: string): Promise<Outcome> {
    try {
      const outcome = await deliver(id)
      if (outcome === 'unreachable') pause()
      if (outcome === 'sent') resume()
      return outcome
    } catch (error) {
      log.error({ id, kind, code: errorCode(error) }, 'the outbox cannot be written')
      pause()
      return 'unreachable'
    }
  }

  function pause(): void {
    if (now() < pausedUntil) return
    pausedUntil = now() + Math.min(longestPauseMs, 1000 * 2 ** pauses)
    pauses += 1
    waiting = []
  }

  function resume(): void {
    if (pauses > 0) log.info({ kind }, 'messages get through again')
    pausedUntil = 0
    pauses = 0
  }

  return {
    wake,
    async drain() {
      pausedUntil = 0
      for (;;) {
        wake()
        await passes
        if (running.size === 0) return
        await Promise.race(running.values())
      }
    },
    stop() {
      isStopped = true
    },
    async settled() {
      await passes
      await Promise.all(running.values())
    },
  }
}

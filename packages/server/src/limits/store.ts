import { deleteExpired } from '../storage/delete-expired.ts'
import { insertIfAbsent } from '../storage/insert-if-absent.ts'
import type { Database, DatabaseOrTransaction } from '../storage/open.ts'

/** A use of a limit that was paid for, so that it can be given back. */
export interface Receipt {
  limitKey: string
  slot: number
  /** Until when the slot is taken: whoever takes it after that has another receipt. */
  freeAt: number
}

/** Either the use is paid for, or after how long the next one will be free. */
export type Spent = { receipt: Receipt } | { retryAfterMs: number }

interface Budget {
  limitKey: string
  amount: number
  windowMs: number
}

/**
 * Pays for one use: at most `amount` in any `windowMs`, exactly, however many processes ask at once.
 * Each use takes a slot by one conditional statement; a taken slot is free again a window later.
 */
export async function spendSlot(
  db: DatabaseOrTransaction,
  budget: Budget,
  now: number,
): Promise<Spent> {
  const { limitKey, amount, windowMs } = budget
  // Who finds a slot taken has lost to somebody who took it: after so many losses all are taken.
  for (let losses = 0; losses <= 2 * amount; losses += 1) {
    const rows = await db
      .selectFrom('rate_limits')
      .select(['slot', 'free_at'])
      .where('limit_key', '=', limitKey)
      .where('slot', '<', amount)
      .execute()
    const used = rows.find((row) => row.free_at <= now)
    const slot = used?.slot ?? firstMissing(rows, amount)
    if (slot === undefined) {
      return { retryAfterMs: Math.max(1, Math.min(...rows.map((row) => row.free_at)) - now) }
    }
    const receipt = { limitKey, slot, freeAt: now + windowMs }
    const taken = used ? await retakeSlot(db, receipt, used.free_at) : await addSlot(db, receipt)
    if (taken) return { receipt }
  }
  return { retryAfterMs: windowMs }
}

/** Gives one use back, unless its time is over and somebody else has the slot. */
export async function refundSlot(db: DatabaseOrTransaction, receipt: Receipt): Promise<void> {
  const { limitKey, slot, freeAt } = receipt
  await db
    .updateTable('rate_limits')
    .set({ free_at: 0 })
    .where('limit_key', '=', limitKey)
    .where('slot', '=', slot)
    .where('free_at', '=', freeAt)
    .execute()
}

/** Forgets every use of a limit. */
export async function clearLimit(db: DatabaseOrTransaction, limitKey: string): Promise<void> {
  await db.deleteFrom('rate_limits').where('limit_key', '=', limitKey).execute()
}

/** Removes the slots that are free again, which nobody may ever ask for. */
export async function sweepLimits(db: Database, now: number): Promise<void> {
  await deleteExpired(db, { table: 'rate_limits', key: 'limit_key', time: 'free_at' }, now)
}

function firstMissing(rows: readonly { slot: number }[], amount: number): number | undefined {
  const there = new Set(rows.map((row) => row.slot))
  for (let slot = 0; slot < amount; slot += 1) if (!there.has(slot)) return slot
  return undefined
}

async function retakeSlot(
  db: DatabaseOrTransaction,
  { limitKey, slot, freeAt }: Receipt,
  freeSince: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('rate_limits')
    .set({ free_at: freeAt })
    .where('limit_key', '=', limitKey)
    .where('slot', '=', slot)
    .where('free_at', '=', freeSince)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

async function addSlot(
  db: DatabaseOrTransaction,
  { limitKey, slot, freeAt }: Receipt,
): Promise<boolean> {
  return insertIfAbsent(
    db.insertInto('rate_limits').values({ limit_key: limitKey, slot, free_at: freeAt }),
  )
}

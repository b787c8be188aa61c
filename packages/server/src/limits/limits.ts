import { sha256 } from '../crypto/hash.ts'
import { Refusal } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { limitedAddress } from '../http/client-address.ts'
import type { Rate, RateLimitAction } from '../settings/rate-limits.ts'
import type { DatabaseOrTransaction, DatabaseTransaction } from '../storage/open.ts'
import { clearLimit, type Receipt, refundSlot, spendSlot } from './store.ts'

/** What was paid for, to be given back with `refund`. */
export interface Payment {
  /** How the exchange remembers that it has paid. */
  note: string
  receipts: readonly Receipt[]
}

/**
 * Pays for one use of a named limit, on each of its rates; `key` is what a rate per key counts.
 * @throws Refusal `rate_limited` (429) where one of them is used up.
 */
export async function spend(
  ctx: Exchange,
  action: RateLimitAction,
  key?: string,
): Promise<Payment> {
  const payment = await trySpend(ctx, action, key)
  if ('retryAfterMs' in payment) {
    throw new Refusal('rate_limited', undefined, Math.ceil(payment.retryAfterMs / 1000))
  }
  return payment.paid
}

/** Pays as `spend` does, and says so where that is not possible. Then nothing at all was paid. */
export async function trySpend(
  ctx: Exchange,
  action: RateLimitAction,
  key?: string,
): Promise<{ paid: Payment } | { retryAfterMs: number }> {
  const note = `${action}:${key ?? ''}`
  // A second run of the same request, after a lost race, has paid already.
  if (ctx.paid.has(note)) return { paid: { note, receipts: [] } }
  const taken = await takeSlots(ctx, ctx.server.db, { action, key })
  if ('retryAfterMs' in taken) return taken
  ctx.paid.add(note)
  return { paid: { note, receipts: taken.receipts } }
}

/**
 * Pays within a transaction, so that of many requests at once the one that is written has paid. False
 * where that is not possible.
 */
export async function spendWithin(
  ctx: Exchange,
  tx: DatabaseTransaction,
  use: { action: RateLimitAction; key: string },
): Promise<boolean> {
  return 'receipts' in (await takeSlots(ctx, tx, use))
}

async function takeSlots(
  ctx: Exchange,
  db: DatabaseOrTransaction,
  { action, key }: { action: RateLimitAction; key: string | undefined },
): Promise<{ receipts: Receipt[] } | { retryAfterMs: number }> {
  const receipts: Receipt[] = []
  for (const rate of ctx.server.settings.account.rateLimits[action]) {
    const subject = subjectOf(ctx, rate, key)
    if (subject === undefined) continue
    const { amount, windowMs } = rate
    const limitKey = limitKeyOf(action, rate, subject)
    const spent = await spendSlot(db, { limitKey, amount, windowMs }, ctx.server.now())
    if ('retryAfterMs' in spent) {
      ctx.server.observer.count({ what: 'limited', action })
      for (const receipt of receipts) await refundSlot(db, receipt)
      return spent
    }
    receipts.push(spent.receipt)
  }
  return { receipts }
}

/** Gives back what one `spend` paid: a success is no failure. */
export async function refund(ctx: Exchange, payment: Payment): Promise<void> {
  ctx.paid.delete(payment.note)
  for (const receipt of payment.receipts) await refundSlot(ctx.server.db, receipt)
}

/** Forgets what was counted for `key` under an action. */
export async function forget(
  ctx: Exchange,
  db: DatabaseOrTransaction,
  action: RateLimitAction,
  key: string,
): Promise<void> {
  for (const rate of ctx.server.settings.account.rateLimits[action]) {
    if (rate.per === 'key') await clearLimit(db, limitKeyOf(action, rate, key))
  }
}

function limitKeyOf(action: RateLimitAction, rate: Rate, subject: string): string {
  // The rate is part of the key: a changed setting starts afresh instead of misreading old slots.
  return `${action}:${rate.per}:${rate.amount}/${rate.windowMs}:${sha256(subject)}`
}

function subjectOf(ctx: Exchange, rate: Rate, key: string | undefined): string | undefined {
  if (rate.per === 'ip') return limitedAddress(ctx.request.ip)
  if (rate.per === 'user') return ctx.session.user?.id
  return key
}

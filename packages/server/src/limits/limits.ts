import { sha256 } from '../crypto/hash.ts'
import { Refusal } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { limitedAddress } from '../http/client-address.ts'
import type { Rate, RateLimitAction } from '../settings/rate-limits.ts'
import type { DatabaseTransaction } from '../storage/open.ts'
import { type Budget, type Limiter, LimiterDown, type Refund } from './limiter.ts'

/** What was paid for, to be given back with `refund`. */
export interface Payment {
  /** How the exchange remembers that it has paid. */
  note: string
  refunds: readonly Refund[]
}

/**
 * Pays for one use of a named limit, on each of its rates; `key` is what a rate per key counts, and a rate
 * per user where nobody is signed in.
 * @throws Refusal `rate_limited` (429) where one of them is used up.
 * @throws LimiterDown where nothing can be counted.
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
  if (ctx.paid.has(note)) return { paid: { note, refunds: [] } }
  const taken = await takeUses(ctx, ctx.server.limiter, { action, key })
  if ('retryAfterMs' in taken) return taken
  ctx.paid.add(note)
  return { paid: { note, refunds: taken.refunds } }
}

/**
 * Pays within the transaction that writes what the request changed, so that of many requests at once the
 * one that is written has paid; one that is not written gets it back. False where that is not possible.
 */
export async function spendWithin(
  ctx: Exchange,
  tx: DatabaseTransaction,
  use: { action: RateLimitAction; key: string },
): Promise<boolean> {
  const { limiter } = ctx.server
  const ofTransaction = limiter.within(tx)
  const taken = await takeUses(ctx, ofTransaction ?? limiter, use)
  if ('retryAfterMs' in taken) return false
  if (!ofTransaction) ctx.pending.whenUndone.push(() => giveBack(taken.refunds))
  return true
}

/** Pays on each rate, or on none. */
async function takeUses(
  ctx: Exchange,
  limiter: Limiter,
  use: { action: RateLimitAction; key: string | undefined },
): Promise<{ refunds: Refund[] } | { retryAfterMs: number }> {
  const refunds: Refund[] = []
  try {
    for (const budget of budgetsOf(ctx, use)) {
      const spent = await limiter.spend(budget, ctx.server.now())
      if ('retryAfterMs' in spent) {
        ctx.server.observer.count({ what: 'limited', action: use.action })
        await giveBack(refunds)
        return spent
      }
      refunds.push(spent.refund)
    }
    return { refunds }
  } catch (error) {
    if (error instanceof LimiterDown) await giveBack(refunds)
    throw error
  }
}

function budgetsOf(
  ctx: Exchange,
  { action, key }: { action: RateLimitAction; key: string | undefined },
): Budget[] {
  const budgets: Budget[] = []
  for (const rate of ctx.server.settings.account.rateLimits[action]) {
    const subject = subjectOf(ctx, rate, key)
    if (subject === undefined) continue
    const { amount, windowMs } = rate
    const limitKey = limitKeyOf(action, rate, subject)
    budgets.push({ limitKey, amount, windowMs })
  }
  return budgets
}

/** Gives back what one `spend` paid: a success is no failure. */
export async function refund(ctx: Exchange, payment: Payment): Promise<void> {
  ctx.paid.delete(payment.note)
  await giveBack(payment.refunds)
}

/** What can not be given back, because the store went down meanwhile, counts until its time is over. */
async function giveBack(refunds: readonly Refund[]): Promise<void> {
  for (const refund of refunds) await unlessDown(refund())
}

/** Forgets what was counted for `key` under an action, once the transaction is written. */
export async function forget(
  ctx: Exchange,
  tx: DatabaseTransaction,
  action: RateLimitAction,
  key: string,
): Promise<void> {
  const { limiter, settings } = ctx.server
  const ofTransaction = limiter.within(tx)
  for (const rate of settings.account.rateLimits[action]) {
    if (rate.per !== 'key' && rate.per !== 'user') continue
    const limitKey = limitKeyOf(action, rate, key)
    if (ofTransaction) await ofTransaction.forget(limitKey)
    else ctx.pending.whenWritten.push(() => unlessDown(limiter.forget(limitKey)))
  }
}

/** Passes over a store that is down, which it says itself in the log. */
async function unlessDown(done: Promise<void>): Promise<void> {
  try {
    await done
  } catch (error) {
    if (!(error instanceof LimiterDown)) throw error
  }
}

function limitKeyOf(action: RateLimitAction, rate: Rate, subject: string): string {
  // The rate is part of the key: a changed setting starts afresh instead of misreading old slots.
  return `${action}:${rate.per}:${rate.amount}/${rate.windowMs}:${sha256(subject)}`
}

function subjectOf(ctx: Exchange, rate: Rate, key: string | undefined): string | undefined {
  if (rate.per === 'ip') return limitedAddress(ctx.request.ip)
  if (rate.per === 'user') return ctx.session.user?.id ?? key
  if (rate.per === 'all') return ''
  return key
}

import type { DatabaseOrTransaction } from '../storage/open.ts'
import type { Limiter } from './limiter.ts'
import { clearLimit, refundSlot, spendSlot } from './store.ts'

/** Counts in a table of the database: nothing else has to run. */
export function databaseLimiter(db: DatabaseOrTransaction): Limiter {
  return {
    async spend(budget, now) {
      const spent = await spendSlot(db, budget, now)
      return 'receipt' in spent ? { refund: () => refundSlot(db, spent.receipt) } : spent
    },
    forget: (limitKey) => clearLimit(db, limitKey),
    within: databaseLimiter,
    // Whoever asks how the database is has the answer for this as well, and it is closed for itself.
    async probe() {},
    async close() {},
  }
}

import type { DatabaseTransaction } from '../storage/open.ts'

/** How often something may be done: at most `amount` times in any `windowMs`. */
export interface Budget {
  limitKey: string
  amount: number
  windowMs: number
}

/** Gives back the one use that was paid for, unless its time is over and somebody else has it. */
export type Refund = () => Promise<void>

/** Either the use is paid for, or after how long the next one will be free. */
export type Spent = { refund: Refund } | { retryAfterMs: number }

/** Counts uses, exactly, however many processes and nodes ask at once. */
export interface Limiter {
  /** Pays for one use at the time `now`. @throws LimiterDown where nothing can be counted */
  spend(budget: Budget, now: number): Promise<Spent>
  /** Forgets every use of a limit. @throws LimiterDown */
  forget(limitKey: string): Promise<void>
  /**
   * The same as a part of a transaction, whose end decides over it. Null where limits are kept apart from
   * the database: what is paid meanwhile has then to be given back if the transaction fails.
   */
  within(tx: DatabaseTransaction): Limiter | null
  /** Asks for an answer. @throws LimiterDown where there is none */
  probe(): Promise<void>
  close(): Promise<void>
}

/** Limits can not be counted now. Whoever has to pay is refused (503): nothing passes uncounted. */
export class LimiterDown extends Error {
  override readonly name = 'LimiterDown'
}

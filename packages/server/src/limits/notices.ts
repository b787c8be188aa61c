import { sha256 } from '../crypto/hash.ts'
import type { Exchange } from '../exchange.ts'
import { LimiterDown } from './limiter.ts'

const amount = 5
const windowMs = 600_000

/**
 * Pays for one message to somebody who may not have asked for it, such as that their address was
 * signed up with: five within ten minutes, so that nobody can fill a mailbox again and again.
 * @throws LimiterDown where nothing can be counted
 */
export async function mayNotify(ctx: Exchange, target: string): Promise<boolean> {
  const limitKey = `notice:${sha256(target)}`
  // A second run of the same request, after a lost race, has paid already.
  if (ctx.paid.has(limitKey)) return true
  const spent = await ctx.server.limiter.spend({ limitKey, amount, windowMs }, ctx.server.now())
  if ('retryAfterMs' in spent) return false
  ctx.paid.add(limitKey)
  return true
}

/**
 * The same, of a message that only strangers to the server get: none while nothing can be counted, for
 * another answer than that for people who have an account would tell them apart.
 */
export async function mayNotifyStranger(ctx: Exchange, target: string): Promise<boolean> {
  try {
    return await mayNotify(ctx, target)
  } catch (error) {
    if (error instanceof LimiterDown) return false
    throw error
  }
}

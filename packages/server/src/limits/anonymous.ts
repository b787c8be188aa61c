import { Refusal } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { limitedAddress } from '../http/client-address.ts'

const amount = 100
const windowMs = 60_000

/**
 * Pays for a session that a mere look begins: a hundred in a minute for each address, so that nobody can
 * fill the database with them; as many as they like where limits are off.
 * @throws Refusal `rate_limited` (429)
 * @throws LimiterDown where nothing can be counted: a session that nobody counts is not begun
 */
export async function spendForNewSession(ctx: Exchange): Promise<void> {
  const isLimited = Object.values(ctx.server.settings.account.rateLimits).some(
    (it) => it.length > 0,
  )
  if (!isLimited || ctx.session.id !== null) return
  const limitKey = `new_session:${limitedAddress(ctx.request.ip)}`
  // A second run of the same request, after a lost race, has paid already.
  if (ctx.paid.has(limitKey)) return
  const spent = await ctx.server.limiter.spend({ limitKey, amount, windowMs }, ctx.server.now())
  if ('retryAfterMs' in spent) {
    throw new Refusal('rate_limited', undefined, Math.ceil(spent.retryAfterMs / 1000))
  }
  ctx.paid.add(limitKey)
}

import { sha256 } from '../crypto/hash.ts'
import type { Exchange } from '../exchange.ts'
import { spendSlot } from './store.ts'

const amount = 5
const windowMs = 600_000

/**
 * Pays for one message to somebody who may not have asked for it, such as that their address was
 * signed up with: five within ten minutes, so that nobody can fill a mailbox again and again.
 */
export async function mayNotify(ctx: Exchange, target: string): Promise<boolean> {
  const limitKey = `notice:${sha256(target)}`
  // A second run of the same request, after a lost race, has paid already.
  if (ctx.paid.has(limitKey)) return true
  const spent = await spendSlot(ctx.server.db, { limitKey, amount, windowMs }, ctx.server.now())
  if (!('receipt' in spent)) return false
  ctx.paid.add(limitKey)
  return true
}

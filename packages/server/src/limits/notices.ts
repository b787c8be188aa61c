import { sha256 } from '../crypto/hash.ts'
import type { Exchange } from '../exchange.ts'
import { spendSlot } from './store.ts'

const amount = 5
const windowMs = 600_000

/**
 * Pays for one notice to somebody who did not ask for it, such as that their address was signed up
 * with: five within ten minutes, so that nobody can fill a mailbox by signing up again and again.
 */
export async function mayNotify(ctx: Exchange, target: string): Promise<boolean> {
  const limitKey = `notice:${sha256(target)}`
  const spent = await spendSlot(ctx.server.db, { limitKey, amount, windowMs }, ctx.server.now())
  return 'receipt' in spent
}

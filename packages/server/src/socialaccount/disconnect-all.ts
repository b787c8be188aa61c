import { emit } from '../events/emit.ts'
import type { Exchange } from '../exchange.ts'
import type { DatabaseTransaction } from '../storage/open.ts'
import type { EmailAddress } from '../users/email-addresses.ts'
import { deleteAllSocialAccounts, listSocialAccounts } from './store.ts'

/**
 * Disconnects what a stranger may have connected to come back with, who signed up with an address of somebody
 * else. Where a provider vouched for it once, all that is from before is gone already.
 */
export async function disconnectStrangers(
  ctx: Exchange,
  tx: DatabaseTransaction,
  { userId, addresses }: { userId: string; addresses: readonly EmailAddress[] },
): Promise<void> {
  if (addresses.some((it) => it.isVouched)) return
  for (const { provider, uid } of await listSocialAccounts(tx, userId)) {
    emit(ctx, { type: 'provider_disconnected', userId, provider, uid })
  }
  await deleteAllSocialAccounts(tx, userId)
}

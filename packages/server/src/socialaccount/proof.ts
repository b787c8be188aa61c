import { secondsNow } from '../authentication/records.ts'
import type { Exchange, MethodRecord } from '../exchange.ts'
import type { ProviderIdentity } from '../providers/identity.ts'

/** That somebody came from a provider, in the words of the API. */
export function proofOf(
  ctx: Exchange,
  { provider, profile }: ProviderIdentity,
): MethodRecord & { method: 'socialaccount' } {
  return { method: 'socialaccount', at: secondsNow(ctx), provider, uid: profile.uid }
}

import { LostRace } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import type { ProviderIdentity } from '../providers/identity.ts'
import { noteSocialLogin, type SocialAccount, saveSocialTokens } from './store.ts'

/** Notes what the provider says now of an account. It has to be connected still when that is written. */
export function noteAccount(
  ctx: Exchange,
  { profile, clientId, sealedTokens }: ProviderIdentity,
  account: SocialAccount,
): void {
  const noted = { ...account, label: profile.label ?? null }
  ctx.pending.writes.push(async (tx) => {
    if (!(await noteSocialLogin(tx, noted, ctx.server.now()))) throw new LostRace()
    if (sealedTokens) await saveSocialTokens(tx, account.id, { clientId, tokens: sealedTokens })
  })
}

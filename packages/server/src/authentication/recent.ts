import { ReauthenticationRequired } from '../errors.ts'
import type { Exchange } from '../exchange.ts'

/**
 * Insists that the user proved to be the one not long ago. Whoever has no way to do so is not asked.
 * @throws ReauthenticationRequired
 */
export async function requireRecentProof(ctx: Exchange): Promise<void> {
  const { reauthenticationTimeout } = ctx.server.settings.account
  const provedAt = ctx.session.state.provedAt ?? Number.NEGATIVE_INFINITY
  if (ctx.server.now() - provedAt < reauthenticationTimeout * 1000) return
  for (const offer of ctx.server.reauthentications) {
    if (await offer(ctx)) throw new ReauthenticationRequired()
  }
}

/** Insists on it where the settings ask for it before changes of the account. */
export async function requireRecentProofForChange(ctx: Exchange): Promise<void> {
  if (ctx.server.settings.account.reauthenticationRequired) await requireRecentProof(ctx)
}

import { ReauthenticationRequired } from '../errors.ts'
import type { Exchange } from '../exchange.ts'

/**
 * Insists that the user proved to be the one not long ago. Whoever has no way to do so is not asked.
 * @throws ReauthenticationRequired
 */
export async function requireRecentProof(ctx: Exchange): Promise<void> {
  if (hasProvedRecently(ctx)) return
  for (const offer of ctx.server.reauthentications) {
    if (await offer(ctx)) throw new ReauthenticationRequired()
  }
}

/**
 * The same for what can not be undone: whoever has no other way to prove it has to sign in again.
 * @throws ReauthenticationRequired
 */
export function requireFreshProof(ctx: Exchange): void {
  if (!hasProvedRecently(ctx)) throw new ReauthenticationRequired()
}

function hasProvedRecently({ server, session }: Exchange): boolean {
  const provedAt = session.state.provedAt ?? Number.NEGATIVE_INFINITY
  return server.now() - provedAt < server.settings.account.reauthenticationTimeout * 1000
}

/** Insists on it where the settings ask for it before changes of the account. */
export async function requireRecentProofForChange(ctx: Exchange): Promise<void> {
  if (ctx.server.settings.account.reauthenticationRequired) await requireRecentProof(ctx)
}

import { sha256 } from '../../crypto/hash.ts'
import type { Exchange } from '../../exchange.ts'
import type { PendingRedirect } from '../../providers/identity.ts'

/** So many can be under way in a session, in as many tabs. */
const mostPending = 11
const lifetimeMs = 600_000

/** Keeps what a way to a provider has to come back with. The oldest makes room. */
export function keepRedirect(ctx: Exchange, redirect: PendingRedirect): void {
  const { state } = ctx.session
  state.redirects = [...alive(ctx), redirect].slice(-mostPending)
}

/** The way that a state belongs to, which it ends: it works once. Null where there is none. */
export function takeRedirect(
  ctx: Exchange,
  { state, provider }: { state: string; provider: string },
): PendingRedirect | null {
  const stateHash = sha256(state)
  const found = alive(ctx).find((it) => it.stateHash === stateHash && it.provider === provider)
  if (!found) return null
  ctx.session.state.redirects = alive(ctx).filter((it) => it !== found)
  return found
}

function alive({ server, session }: Exchange): PendingRedirect[] {
  const since = server.now() - lifetimeMs
  return (session.state.redirects ?? []).filter((it) => it.startedAt > since)
}

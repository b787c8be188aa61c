import { randomToken } from '../../crypto/random.ts'
import type { Exchange, Server } from '../../exchange.ts'
import type { PendingRedirect, ProviderIdentity } from '../../providers/identity.ts'
import { findHandover, keepHandover, spendHandover } from './store.ts'

const stateLifetimeMs = 600_000
/** The app is open by then, and waits for it. */
const codeLifetimeMs = 60_000

/** The way of an app to a provider, in the browser of the system, which has no session of ours. */
export interface AppRedirect extends Omit<PendingRedirect, 'stateHash'> {
  /** The SHA-256 of what only the app knows (RFC 7636 §4.2). */
  challenge: string
  /** The session of the app when it began. */
  sessionId: string | null
}

/** Whom a provider vouches for, for the app that sent somebody there. */
export interface Arrival {
  redirect: AppRedirect
  identity: ProviderIdentity
}

/** Keeps the way of an app under its state. */
export function keepAppRedirect(ctx: Exchange, state: string, redirect: AppRedirect): void {
  const { keys, now } = ctx.server
  ctx.pending.writes.push((tx) => {
    const kept = { secret: state, data: redirect, expiresAt: now() + stateLifetimeMs }
    return keepHandover(tx, keys, { purpose: 'state', ...kept })
  })
}

/** The way that a state belongs to, which it ends: it works once. Null where there is none. */
export async function takeAppRedirect(
  { db, keys, now }: Server,
  { state, provider }: { state: string; provider: string },
): Promise<AppRedirect | null> {
  const found = await findHandover(db, keys, { purpose: 'state', secret: state, now: now() })
  // What we encrypted ourselves is what we wrote.
  const redirect = found as AppRedirect | undefined
  if (redirect?.provider !== provider) return null
  return (await spendHandover(db, state)) ? redirect : null
}

/** Keeps whom a provider vouches for, and returns the code that the app redeems for it. */
export async function keepArrival({ db, keys, now }: Server, arrival: Arrival): Promise<string> {
  const code = randomToken()
  const kept = { secret: code, data: arrival, expiresAt: now() + codeLifetimeMs }
  await keepHandover(db, keys, { purpose: 'code', ...kept })
  return code
}

/** What a code was given for; null where it is unknown, old or used. */
export async function findArrival(
  { db, keys, now }: Server,
  code: string,
): Promise<Arrival | null> {
  const found = await findHandover(db, keys, { purpose: 'code', secret: code, now: now() })
  return (found as Arrival | undefined) ?? null
}

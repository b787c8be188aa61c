import { sha256 } from '../../crypto/hash.ts'
import { randomToken } from '../../crypto/random.ts'
import type { Exchange } from '../../exchange.ts'
import { type App, callbackPath, provesFreshness } from '../../providers/app.ts'
import type { PendingRedirect, ProviderProcess } from '../../providers/identity.ts'
import { ProviderError } from '../../providers/provider-error.ts'
import { keepRedirect } from './pending.ts'

/** Where somebody wants to go, and come back to. */
export interface Wanted {
  app: App
  process: ProviderProcess
  callbackUrl: string
}

/** Begins a way to a provider and returns where it leads. @throws ProviderError */
export async function beginRedirect(ctx: Exchange, wanted: Wanted): Promise<string> {
  const { url, state, redirect } = await prepareRedirect(ctx, wanted)
  keepRedirect(ctx, { ...redirect, stateHash: sha256(state) })
  return url
}

/** Where a way to a provider leads, and what has to be kept under its state. @throws ProviderError */
export async function prepareRedirect(
  ctx: Exchange,
  { app, process, callbackUrl }: Wanted,
): Promise<{ url: string; state: string; redirect: Omit<PendingRedirect, 'stateHash'> }> {
  const { providers, now } = ctx.server
  if (process === 'reauthenticate' && !provesFreshness(app)) {
    throw new ProviderError('it does not say when it asked somebody')
  }
  const state = randomToken()
  const protocol = await providers.protocol()
  const { url, verifier, nonce } = await protocol.authorize(app, {
    state,
    redirectUri: redirectUriOf(ctx, app),
    mustAskAgain: process === 'reauthenticate',
  })
  const redirect = {
    provider: app.id,
    clientId: app.clientId,
    process,
    callbackUrl,
    verifier,
    nonce,
    userId: ctx.session.user?.id ?? null,
    startedAt: now(),
  }
  return { url, state, redirect }
}

/** Where a provider sends people back to: has to be registered there, letter by letter. */
export function redirectUriOf({ server, request }: Exchange, app: App): string {
  const { publicUrl } = server.settings.server
  const own = `${request.isSecure ? 'https' : 'http'}://${request.header('host') ?? 'localhost'}`
  return `${publicUrl ?? own}${callbackPath(app, server.settings)}`
}

import { sha256 } from '../../crypto/hash.ts'
import { randomToken } from '../../crypto/random.ts'
import type { Exchange, ProviderProcess } from '../../exchange.ts'
import { type App, callbackPath } from '../../providers/app.ts'
import { keepRedirect } from './pending.ts'

/** Where somebody wants to go, and come back to. */
export interface Wanted {
  app: App
  process: ProviderProcess
  callbackUrl: string
}

/** Begins a way to a provider and returns where it leads. @throws ProviderError */
export async function beginRedirect(
  ctx: Exchange,
  { app, process, callbackUrl }: Wanted,
): Promise<string> {
  const { providers, now } = ctx.server
  const state = randomToken()
  const redirectUri = redirectUriOf(ctx, app)
  const mustAskAgain = process === 'reauthenticate'
  const { url, verifier, nonce } = await providers.authorize(app, {
    state,
    redirectUri,
    mustAskAgain,
  })
  keepRedirect(ctx, {
    stateHash: sha256(state),
    provider: app.id,
    clientId: app.clientId,
    process,
    callbackUrl,
    verifier,
    nonce,
    userId: ctx.session.user?.id ?? null,
    startedAt: now(),
  })
  return url
}

/** Where a provider sends people back to: has to be registered there, letter by letter. */
export function redirectUriOf({ server, request }: Exchange, app: App): string {
  const { publicUrl } = server.settings.server
  const own = `${request.isSecure ? 'https' : 'http'}://${request.header('host') ?? 'localhost'}`
  return `${publicUrl ?? own}${callbackPath(app, server.settings)}`
}

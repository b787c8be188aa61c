import type { Exchange, FlowOffer } from '../exchange.ts'
import { takesTokens } from '../providers/app.ts'
import type { PendingProviderSignup } from '../providers/identity.ts'
import { describeApp } from './describe.ts'

/** Where a browser may go. */
export const providerRedirectOffer: FlowOffer = ({ client, server }) =>
  client === 'browser' ? listed('provider_redirect', namesOf(server.providers.apps)) : null

/** Whose tokens can be handed over. */
export const providerTokenOffer: FlowOffer = ({ server }) =>
  listed(
    'provider_token',
    namesOf(server.providers.apps.filter(({ provider }) => takesTokens(provider))),
  )

/** What a provider did not tell, and somebody has to. */
export const providerSignupOffer: FlowOffer = (ctx) => {
  const pending = waitingSignup(ctx)
  const app = pending && ctx.server.providers.find(pending.provider, pending.clientId)
  return app ? { id: 'provider_signup', provider: describeApp(app), is_pending: true } : null
}

/** The signup that waits in the session; null where none does, or it is out of time. */
export function waitingSignup({ server, session }: Exchange): PendingProviderSignup | null {
  const { providerSignup: pending } = session.state
  if (!pending) return null
  const age = server.now() - pending.startedAt
  return age < server.settings.account.loginTimeout * 1000 ? pending : null
}

function listed(id: string, providers: string[]) {
  return providers.length > 0 ? { id, providers } : null
}

/** One for each app, as the configuration lists them. */
function namesOf(apps: Exchange['server']['providers']['apps']): string[] {
  return apps.map((app) => app.id)
}

import type { components } from '@latchkey/contract'
import type { Server } from '../exchange.ts'
import { type App, flowsOf, isNamedIssuer } from '../providers/app.ts'
import { configurationUrl } from '../providers/endpoints.ts'
import { textOption } from '../providers/options.ts'
import type { SocialAccount } from './store.ts'

/** A provider as answers show it. */
export function describeApp(app: App): components['schemas']['Provider'] {
  return {
    id: app.id,
    name: app.name,
    flows: flowsOf(app),
    client_id: app.clientId,
    ...(isNamedIssuer(app) && {
      openid_configuration_url: configurationUrl(textOption(app.options, 'server_url', '')),
    }),
  }
}

/** An account at a provider as answers show it, also where the provider has left the settings. */
export function describeAccount(
  { providers }: Server,
  { provider, uid, label }: Pick<SocialAccount, 'provider' | 'uid' | 'label'>,
): components['schemas']['ProviderAccount'] {
  const own = providers.apps.filter((it) => it.id === provider)
  const app = own.find((it) => !it.isHidden) ?? own[0]
  const shown = app ? describeApp(app) : { id: provider, name: provider, flows: [] }
  return { uid, provider: shown, display: label ?? shown.name }
}

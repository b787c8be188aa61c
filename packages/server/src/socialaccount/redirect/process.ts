import type { Exchange } from '../../exchange.ts'
import type { ProviderProcess } from '../../providers/identity.ts'

/** Whether somebody can go to a provider for this. */
export function isProcess({ server }: Exchange, process: string): process is ProviderProcess {
  if (process === 'reauthenticate') return server.settings.socialaccount.reauthenticationEnabled
  return process === 'login' || process === 'connect'
}

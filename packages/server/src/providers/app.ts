import type { Settings } from '../settings/settings.ts'
import { flagOption } from './options.ts'
import type { Provider, ProviderOptions } from './provider.ts'

/** What this application is known as to one provider. */
export interface App {
  readonly provider: Provider
  /** What the API calls the provider: the id of its own of an OpenID Connect app, else the provider's. */
  readonly id: string
  /** Shown to people. */
  readonly name: string
  readonly clientId: string
  /** Every client id that a token may have been made for. */
  readonly audiences: readonly string[]
  readonly secret: string
  readonly key: string
  /** Whether a redirect goes to a visible one of the same name instead: for a second client id. */
  readonly isHidden: boolean
  readonly options: ProviderOptions
  readonly scope: readonly string[]
  /** Whether addresses are asked for that the profile does not tell by itself. */
  readonly asksEmail: boolean
  readonly authParams: Readonly<Record<string, string>>
  /** False where the settings switch PKCE off. */
  readonly usesPkce: boolean
  /** Whose addresses count as verified, whatever the provider says: all, or those of some domains. */
  readonly verifiedEmail: boolean | readonly string[]
  /** Whether an address that is verified there logs into the account that has it here. */
  readonly emailAuthentication: boolean
}

/** Whether an app is at one of the issuers that the settings name, which have ids of their own. */
export function isNamedIssuer({ provider }: App): boolean {
  return provider.id === 'openid_connect'
}

/** The path that the provider sends people back to. */
export function callbackPath(app: App, { socialaccount }: Settings): string {
  const prefix = socialaccount.openidConnectUrlPrefix
  const between = isNamedIssuer(app) && prefix !== '' ? `${prefix}/` : ''
  return `/accounts/${between}${app.provider.pathName ?? app.id}/login/callback/`
}

/** What the provider can be used for, in the words of the API. */
export function flowsOf({ provider }: App): ('provider_redirect' | 'provider_token')[] {
  return takesTokens(provider) ? ['provider_redirect', 'provider_token'] : ['provider_redirect']
}

/** Whether clients may hand over a token of the provider. */
export function takesTokens(provider: Provider): boolean {
  return provider.protocol === 'oidc'
    ? provider.takesIdTokens === true
    : provider.fetchProfileByToken !== undefined
}

/** Whether the provider says when it asked the user (`auth_time`), and asks anew on demand. */
export function provesFreshness({ provider, options }: App): boolean {
  if (provider.protocol !== 'oidc') return false
  return flagOption(options, 'reauthentication', provider.id === 'openid_connect')
}

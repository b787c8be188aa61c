import { readStandardClaims } from '../claims.ts'
import { checkUrlOption, textOption, urlOption } from '../options.ts'
import type { OpenIdProvider, ProviderOptions } from '../provider.ts'

/** The authorization server of an organisation. https://developer.okta.com/docs/reference/api/oidc/ */
export const okta: OpenIdProvider = {
  protocol: 'oidc',
  id: 'okta',
  name: 'Okta',
  scope: ['openid', 'profile', 'email', 'offline_access'],
  issuer: (options) => urlOption(withScheme(options), 'okta_base_url', ''),
  checkOptions: (options) => checkUrlOption(withScheme(options), 'okta_base_url'),
  readProfile: (claims, options) =>
    readStandardClaims(claims, textOption(options, 'uid_field', 'sub')),
}

/** Okta shows its domains without a scheme, and so they are written in settings. */
function withScheme(options: ProviderOptions): ProviderOptions {
  const given = textOption(options, 'okta_base_url', '')
  return given === '' || given.includes('://')
    ? options
    : { ...options, okta_base_url: `https://${given}` }
}

import { readStandardClaims } from '../claims.ts'
import { textOption } from '../options.ts'
import type { OpenIdProvider } from '../provider.ts'

/** Any issuer that the settings name. https://openid.net/specs/openid-connect-core-1_0.html */
export const openidConnect: OpenIdProvider = {
  protocol: 'oidc',
  id: 'openid_connect',
  name: 'OpenID Connect',
  scope: ['openid', 'profile', 'email'],
  takesIdTokens: true,
  issuer: (options) => textOption(options, 'server_url', ''),
  checkOptions: (options) =>
    textOption(options, 'server_url', '') === '' ? 'server_url: expected an address' : undefined,
  readProfile: (claims, options) =>
    readStandardClaims(claims, textOption(options, 'uid_field', 'sub')),
}

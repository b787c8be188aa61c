import { readStandardClaims } from '../claims.ts'
import { checkUrlOption, textOption } from '../options.ts'
import type { OpenIdProvider } from '../provider.ts'

/** Any issuer that the settings name. https://openid.net/specs/openid-connect-core-1_0.html */
export const openidConnect: OpenIdProvider = {
  protocol: 'oidc',
  id: 'openid_connect',
  name: 'OpenID Connect',
  scope: ['openid', 'profile', 'email'],
  takesIdTokens: true,
  issuer: (options) => textOption(options, 'server_url', ''),
  checkOptions(options) {
    const method = textOption(options, 'token_auth_method', 'client_secret_post')
    if (method !== 'client_secret_post' && method !== 'client_secret_basic') {
      return 'token_auth_method: expected client_secret_post or client_secret_basic'
    }
    return checkUrlOption(options, 'server_url')
  },
  readProfile: (claims, options) =>
    readStandardClaims(claims, textOption(options, 'uid_field', 'sub')),
}

import { checkUrlOption, urlOption } from '../options.ts'
import type { OpenIdProvider } from '../provider.ts'

/** https://auth0.com/docs/get-started/applications/configure-applications-with-oidc-discovery */
export const auth0: OpenIdProvider = {
  protocol: 'oidc',
  id: 'auth0',
  name: 'Auth0',
  scope: ['openid', 'profile', 'email'],
  // Auth0 itself writes a slash at the end of it.
  issuer: (options) => urlOption(options, 'auth0_url', ''),
  checkOptions: (options) => checkUrlOption(options, 'auth0_url'),
}

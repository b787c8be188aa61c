import type { OpenIdProvider } from '../provider.ts'

const server = 'https://api.login.yahoo.com'

/** https://developer.yahoo.com/sign-in-with-yahoo/. The old social profile API is gone. */
export const yahoo: OpenIdProvider = {
  protocol: 'oidc',
  id: 'yahoo',
  name: 'Yahoo',
  scope: ['openid', 'profile', 'email'],
  issuer: () => server,
  metadata: () => ({
    authorization: `${server}/oauth2/request_auth`,
    token: `${server}/oauth2/get_token`,
    jwks: `${server}/openid/v1/certs`,
    userinfo: `${server}/openid/v1/userinfo`,
    algorithms: ['ES256', 'RS256'],
  }),
}

import { textOption } from '../options.ts'
import type { OpenIdProvider } from '../provider.ts'

/** https://developers.google.com/identity/openid-connect/openid-connect */
export const google: OpenIdProvider = {
  protocol: 'oidc',
  id: 'google',
  name: 'Google',
  scope: ['openid', 'profile'],
  emailScope: ['email'],
  takesIdTokens: true,
  fetchesUserinfo: false,
  issuer: (options) => textOption(options, 'id_token_issuer', 'https://accounts.google.com'),
  // Its documentation has both.
  acceptsIssuer: (issuer) => issuer === 'accounts.google.com',
  metadata: (options) => ({
    authorization: textOption(
      options,
      'authorize_url',
      'https://accounts.google.com/o/oauth2/v2/auth',
    ),
    token: textOption(options, 'access_token_url', 'https://oauth2.googleapis.com/token'),
    jwks: textOption(options, 'certs_url', 'https://www.googleapis.com/oauth2/v3/certs'),
    userinfo: textOption(
      options,
      'identity_url',
      'https://openidconnect.googleapis.com/v1/userinfo',
    ),
  }),
}

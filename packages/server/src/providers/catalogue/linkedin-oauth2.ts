import { readStandardClaims } from '../claims.ts'
import type { OAuthProvider } from '../provider.ts'

/**
 * https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/sign-in-with-linkedin-v2.
 * `r_liteprofile` is no longer given to apps, so these are the scopes of its OpenID Connect. Its
 * id_tokens lack the nonce (OpenID Connect Core §3.1.3.7), hence the claims from userinfo.
 */
export const linkedinOauth2: OAuthProvider = {
  protocol: 'oauth2',
  id: 'linkedin_oauth2',
  name: 'LinkedIn',
  scope: ['openid', 'profile'],
  emailScope: ['email'],
  // A `code_verifier` makes the token endpoint answer `invalid_client` to an app with a secret.
  takesPkce: false,
  endpoints: () => ({
    authorization: 'https://www.linkedin.com/oauth/v2/authorization',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
    profile: 'https://api.linkedin.com/v2/userinfo',
  }),
  // The `sub` is the member's id for this app, as the former profile had it.
  readProfile: (profile) => readStandardClaims(profile),
}

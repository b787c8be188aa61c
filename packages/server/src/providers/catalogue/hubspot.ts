import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/**
 * The version of 2026-03: version 1 ends in February 2027, and had the token in an address.
 * https://developers.hubspot.com/changelog/v1-oauth-api-deprecation
 */
export const hubspot: OAuthProvider = {
  protocol: 'oauth2',
  id: 'hubspot',
  name: 'Hubspot',
  scope: ['oauth'],
  endpoints: () => ({
    authorization: 'https://app.hubspot.com/oauth/authorize',
    token: 'https://api.hubapi.com/oauth/2026-03/token',
    profile: 'https://api.hubapi.com/oauth/2026-03/token/introspect',
  }),
  // It has no profile, but tells whose a token is.
  fetchProfile: (api, { profile }) =>
    api.post(
      profile,
      new URLSearchParams({
        client_id: api.clientId,
        client_secret: api.clientSecret,
        token: api.accessToken,
        token_type_hint: 'access_token',
      }),
    ),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'user_id'),
    emails: oneEmail(textAt(profile, 'user'), false),
  }),
}

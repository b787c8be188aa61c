import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developers.hubspot.com/docs/api-reference/auth-oauth-v1/guide */
export const hubspot: OAuthProvider = {
  protocol: 'oauth2',
  id: 'hubspot',
  name: 'Hubspot',
  scope: ['oauth'],
  endpoints: () => ({
    authorization: 'https://app.hubspot.com/oauth/authorize',
    token: 'https://api.hubapi.com/oauth/v1/token',
    profile: 'https://api.hubapi.com/oauth/v1/access-tokens',
  }),
  // It has no profile, but tells whose a token is.
  fetchProfile: (api, { profile }) => api.get(`${profile}/${encodeURIComponent(api.accessToken)}`),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'user_id'),
    emails: oneEmail(textAt(profile, 'user'), false),
  }),
}

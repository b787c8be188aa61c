import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developers.figma.com/docs/rest-api/authentication/ */
export const figma: OAuthProvider = {
  protocol: 'oauth2',
  id: 'figma',
  name: 'Figma',
  // Figma grants nothing by default any more, and this is what the profile needs.
  scope: ['current_user:read'],
  clientAuth: 'client_secret_basic',
  endpoints: () => ({
    authorization: 'https://www.figma.com/oauth',
    token: 'https://api.figma.com/v1/oauth/token',
    profile: 'https://api.figma.com/v1/me',
  }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    // The documentation does not say that addresses were verified.
    emails: oneEmail(textAt(profile, 'email'), false),
    name: textAt(profile, 'handle'),
  }),
}

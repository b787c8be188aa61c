import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developers.miro.com/docs/getting-started-with-oauth */
export const miro: OAuthProvider = {
  protocol: 'oauth2',
  id: 'miro',
  name: 'Miro',
  scope: ['identity:read'],
  endpoints: () => ({
    authorization: 'https://miro.com/oauth/authorize',
    token: 'https://api.miro.com/v1/oauth/token',
    profile: 'https://api.miro.com/v1/users/me',
  }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    emails: oneEmail(textAt(profile, 'email'), false),
    name: textAt(profile, 'name'),
  }),
}

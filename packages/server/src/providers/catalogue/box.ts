import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developer.box.com/guides/authentication/oauth2/ */
export const box: OAuthProvider = {
  protocol: 'oauth2',
  id: 'box',
  name: 'Box',
  scope: [],
  endpoints: () => ({
    authorization: 'https://account.box.com/api/oauth2/authorize',
    token: 'https://api.box.com/oauth2/token',
    profile: 'https://api.box.com/2.0/users/me',
  }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    // Box has addresses for logins.
    emails: oneEmail(textAt(profile, 'login'), false),
    name: textAt(profile, 'name'),
  }),
}

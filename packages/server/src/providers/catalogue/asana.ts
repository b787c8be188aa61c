import { oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developers.asana.com/docs/oauth */
export const asana: OAuthProvider = {
  protocol: 'oauth2',
  id: 'asana',
  name: 'Asana',
  // For apps with full permissions. Others have to be asked for the scope `users:read`, which
  // these refuse, so that is left to the settings.
  scope: [],
  endpoints: () => ({
    authorization: 'https://app.asana.com/-/oauth_authorize',
    token: 'https://app.asana.com/-/oauth_token',
    profile: 'https://app.asana.com/api/1.0/users/me',
  }),
  readProfile(profile) {
    const user = at(profile, 'data')
    return {
      // The number that was called `id` in the first version of the API.
      uid: uidAt(user, 'gid'),
      emails: oneEmail(textAt(user, 'email'), false),
      name: textAt(user, 'name'),
    }
  },
}

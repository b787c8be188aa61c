import { oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'
import { unlessRefused } from '../provider-error.ts'

/** https://developers.miro.com/docs/getting-started-with-oauth */
export const miro: OAuthProvider = {
  protocol: 'oauth2',
  id: 'miro',
  name: 'Miro',
  scope: ['identity:read'],
  endpoints: () => ({
    authorization: 'https://miro.com/oauth/authorize',
    token: 'https://api.miro.com/v1/oauth/token',
    profile: 'https://api.miro.com/v1/oauth-token',
  }),
  async fetchProfile(api, { profile }) {
    const token = await api.get(profile)
    // Of the first version of the API, of which only the endpoints for tokens are said to stay.
    const me = await unlessRefused(api.get('https://api.miro.com/v1/users/me'))
    return { token, me }
  },
  readProfile(profile) {
    const user = at(profile, 'token', 'user')
    return {
      uid: uidAt(user, 'id'),
      emails: oneEmail(textAt(profile, 'me', 'email'), false),
      name: textAt(user, 'name'),
    }
  },
}

import { uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** It tells no address. https://developers.snap.com/snap-kit/login-kit/overview */
export const snapchat: OAuthProvider = {
  protocol: 'oauth2',
  id: 'snapchat',
  name: 'Snapchat',
  scope: [
    'https://auth.snapchat.com/oauth2/api/user.external_id',
    'https://auth.snapchat.com/oauth2/api/user.display_name',
  ],
  clientAuth: 'client_secret_basic',
  endpoints: () => ({
    authorization: 'https://accounts.snapchat.com/accounts/oauth2/auth',
    token: 'https://accounts.snapchat.com/accounts/oauth2/token',
    profile: 'https://kit.snapchat.com/v1/me',
  }),
  fetchProfile: (api, { profile }) => api.post(profile, { query: '{me{externalId displayName}}' }),
  readProfile(profile) {
    const me = at(profile, 'data', 'me')
    return {
      uid: uidAt(me, 'externalId'),
      emails: [],
      name: textAt(me, 'displayName'),
    }
  },
}

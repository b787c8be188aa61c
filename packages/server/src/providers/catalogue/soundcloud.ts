import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developers.soundcloud.com/docs/api/guide#authentication */
export const soundcloud: OAuthProvider = {
  protocol: 'oauth2',
  id: 'soundcloud',
  name: 'SoundCloud',
  scope: [],
  endpoints: () => ({
    authorization: 'https://secure.soundcloud.com/authorize',
    token: 'https://secure.soundcloud.com/oauth/token',
    profile: 'https://api.soundcloud.com/me',
  }),
  fetchProfile: (api, { profile }) =>
    api.get(profile, { authorization: `OAuth ${api.accessToken}` }),
  readProfile: (profile) => ({
    // Took the place of `id` in 2025: https://developers.soundcloud.com/blog/urn-num-to-string
    uid: uidAt(profile, 'urn'),
    emails: oneEmail(textAt(profile, 'email'), false),
    username: textAt(profile, 'username'),
    name: textAt(profile, 'full_name'),
  }),
}

import { uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** It tells no address. https://developers.tiktok.com/doc/login-kit-web */
export const tiktok: OAuthProvider = {
  protocol: 'oauth2',
  id: 'tiktok',
  name: 'TikTok',
  // The second one is for the username.
  scope: ['user.info.basic', 'user.info.profile'],
  scopeSeparator: ',',
  clientIdName: 'client_key',
  // It has challenges for desktop apps alone, and those are not of RFC 7636 but written in hex.
  takesPkce: false,
  endpoints: () => ({
    authorization: 'https://www.tiktok.com/v2/auth/authorize/',
    token: 'https://open.tiktokapis.com/v2/oauth/token/',
    profile: 'https://open.tiktokapis.com/v2/user/info/?fields=open_id,display_name,username',
  }),
  readProfile(profile) {
    const user = at(profile, 'data', 'user')
    return {
      uid: uidAt(user, 'open_id'),
      emails: [],
      username: textAt(user, 'username'),
      name: textAt(user, 'display_name'),
    }
  },
}

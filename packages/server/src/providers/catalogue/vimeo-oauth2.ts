import { uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** It tells no address. https://developer.vimeo.com/api/authentication */
export const vimeoOauth2: OAuthProvider = {
  protocol: 'oauth2',
  id: 'vimeo_oauth2',
  name: 'Vimeo',
  scope: ['public', 'private'],
  clientAuth: 'client_secret_basic',
  endpoints: () => ({
    authorization: 'https://api.vimeo.com/oauth/authorize',
    token: 'https://api.vimeo.com/oauth/access_token',
    profile: 'https://api.vimeo.com/me',
  }),
  readProfile: (profile) => ({
    // The number in `/users/1`; a profile has no other id.
    uid: uidAt({ uri: textAt(profile, 'uri')?.split('/').at(-1) }, 'uri'),
    emails: [],
    name: textAt(profile, 'name'),
  }),
}

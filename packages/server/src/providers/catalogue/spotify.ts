import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developer.spotify.com/documentation/web-api/tutorials/code-flow */
export const spotify: OAuthProvider = {
  protocol: 'oauth2',
  id: 'spotify',
  name: 'Spotify',
  scope: [],
  emailScope: ['user-read-email'],
  clientAuth: 'client_secret_basic',
  endpoints: () => ({
    authorization: 'https://accounts.spotify.com/authorize',
    token: 'https://accounts.spotify.com/api/token',
    profile: 'https://api.spotify.com/v1/me',
  }),
  readProfile: (profile) => ({
    // https://developer.spotify.com/documentation/web-api/concepts/spotify-uris-ids warns of `id`,
    // which may change and of old accounts is a name. No falling back to it: somebody could have
    // chosen a name that is another one's account id.
    uid: uidAt(profile, 'account_id'),
    // The documentation says that the address is unverified.
    emails: oneEmail(textAt(profile, 'email'), false),
    name: textAt(profile, 'display_name'),
    label: textAt(profile, 'display_name'),
  }),
}

import { uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import { textOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://github.com/reddit-archive/reddit/wiki/OAuth2 */
export const reddit: OAuthProvider = {
  protocol: 'oauth2',
  id: 'reddit',
  name: 'Reddit',
  scope: ['identity'],
  clientAuth: 'client_secret_basic',
  endpoints: () => ({
    authorization: 'https://www.reddit.com/api/v1/authorize',
    token: 'https://www.reddit.com/api/v1/access_token',
    profile: 'https://oauth.reddit.com/api/v1/me',
  }),
  // Reddit slows down clients with a common name: https://github.com/reddit-archive/reddit/wiki/API
  fetchProfile: (api, { profile }) =>
    api.get(profile, { 'user-agent': textOption(api.options, 'user_agent', 'latchkey') }),
  readProfile: (profile) => ({
    // Not `name`, which is a login.
    uid: uidAt(profile, 'id'),
    // Reddit tells whether there is a verified address, but not which.
    emails: [],
    username: textAt(profile, 'name'),
    label: textAt(profile, 'name'),
  }),
}

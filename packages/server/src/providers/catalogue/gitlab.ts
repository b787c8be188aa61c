import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import { urlOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'

/**
 * https://docs.gitlab.com/api/oauth2/. Not its OpenID Connect, for which apps that were registered
 * with `read_user` lack the scope.
 */
export const gitlab: OAuthProvider = {
  protocol: 'oauth2',
  id: 'gitlab',
  name: 'GitLab',
  scope: ['read_user'],
  endpoints(options) {
    const url = urlOption(options, 'gitlab_url', 'https://gitlab.com')
    return {
      authorization: `${url}/oauth/authorize`,
      token: `${url}/oauth/token`,
      profile: `${url}/api/v4/user`,
    }
  },
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    // `confirmed_at` is a time of the account, and not documented as one of this address.
    emails: oneEmail(textAt(profile, 'email'), false),
    username: textAt(profile, 'username'),
    name: textAt(profile, 'name'),
    label: textAt(profile, 'username'),
  }),
}

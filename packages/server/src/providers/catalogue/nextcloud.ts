import { oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import { checkUrlOption, urlOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://docs.nextcloud.com/server/latest/admin_manual/configuration_server/oauth2.html */
export const nextcloud: OAuthProvider = {
  protocol: 'oauth2',
  id: 'nextcloud',
  name: 'NextCloud',
  scope: ['read'],
  endpoints(options) {
    // A host that there never is (RFC 2606 §2), until `checkOptions` has asked for the right one.
    const url = urlOption(options, 'server', 'https://nextcloud.invalid')
    return {
      authorization: `${url}/index.php/apps/oauth2/authorize`,
      token: `${url}/index.php/apps/oauth2/api/v1/token`,
      profile: `${url}/ocs/v2.php/cloud/user?format=json`,
    }
  },
  checkOptions: (options) => checkUrlOption(options, 'server'),
  // Nextcloud refuses such requests without the header, against forged ones of other sites.
  fetchProfile: (api, { profile }) => api.get(profile, { 'ocs-apirequest': 'true' }),
  readProfile(profile) {
    const user = at(profile, 'ocs', 'data')
    return {
      // The name of the login, which Nextcloud never changes; the shown name is another. Only who
      // runs the server can give that of a deleted account away.
      uid: uidAt(user, 'id'),
      emails: oneEmail(textAt(user, 'email'), false),
      username: textAt(user, 'id'),
      name: textAt(user, 'display-name') ?? textAt(user, 'displayname'),
    }
  },
}

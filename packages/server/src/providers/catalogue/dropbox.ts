import { oneEmail, uidAt } from '../claims.ts'
import { isTrueAt, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developers.dropbox.com/oauth-guide */
export const dropbox: OAuthProvider = {
  protocol: 'oauth2',
  id: 'dropbox',
  name: 'Dropbox',
  // Every app has it. Without a scope Dropbox grants all that the app may, files included.
  scope: ['account_info.read'],
  endpoints: () => ({
    authorization: 'https://www.dropbox.com/oauth2/authorize',
    token: 'https://api.dropboxapi.com/oauth2/token',
    profile: 'https://api.dropboxapi.com/2/users/get_current_account',
  }),
  // https://www.dropbox.com/developers/documentation/http/documentation: no arguments are `null`.
  fetchProfile: (api, { profile }) => api.post(profile, null),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'account_id'),
    emails: oneEmail(textAt(profile, 'email'), isTrueAt(profile, 'email_verified')),
    name: textAt(profile, 'name', 'display_name'),
    givenName: textAt(profile, 'name', 'given_name'),
  }),
}

import { oneEmail, uidAt } from '../claims.ts'
import { isTrueAt, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://docs.discord.com/developers/topics/oauth2 */
export const discord: OAuthProvider = {
  protocol: 'oauth2',
  id: 'discord',
  name: 'Discord',
  scope: ['email', 'identify'],
  endpoints: () => ({
    authorization: 'https://discord.com/oauth2/authorize',
    token: 'https://discord.com/api/oauth2/token',
    profile: 'https://discord.com/api/v10/users/@me',
  }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    // `verified` is documented as whether the email on this account has been verified.
    emails: oneEmail(textAt(profile, 'email'), isTrueAt(profile, 'verified')),
    username: textAt(profile, 'username'),
    name: textAt(profile, 'global_name'),
    label: textAt(profile, 'username'),
  }),
}

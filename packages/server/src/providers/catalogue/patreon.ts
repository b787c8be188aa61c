import { oneEmail, uidAt } from '../claims.ts'
import { at, isTrueAt, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/**
 * Version 2 of the API, which is the only one that new apps get; ids are the same in both.
 * https://docs.patreon.com/#oauth and https://docs.patreon.com/#user-v2
 */
export const patreon: OAuthProvider = {
  protocol: 'oauth2',
  id: 'patreon',
  name: 'Patreon',
  scope: ['identity', 'identity[email]', 'campaigns', 'campaigns.members'],
  endpoints: () => ({
    authorization: 'https://www.patreon.com/oauth2/authorize',
    token: 'https://www.patreon.com/api/oauth2/token',
    profile:
      'https://www.patreon.com/api/oauth2/v2/identity' +
      '?fields%5Buser%5D=email,is_email_verified,first_name,full_name,vanity',
  }),
  readProfile(profile) {
    const user = at(profile, 'data', 'attributes')
    return {
      uid: uidAt(profile, 'data', 'id'),
      emails: oneEmail(textAt(user, 'email'), isTrueAt(user, 'is_email_verified')),
      username: textAt(user, 'vanity'),
      name: textAt(user, 'full_name'),
      givenName: textAt(user, 'first_name'),
    }
  },
}

import { joinNames, oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://cloud-api.wahooligan.com/#authentication */
export const wahoo: OAuthProvider = {
  protocol: 'oauth2',
  id: 'wahoo',
  name: 'Wahoo',
  scope: ['user_read'],
  emailScope: ['email'],
  endpoints: () => ({
    authorization: 'https://api.wahooligan.com/oauth/authorize',
    token: 'https://api.wahooligan.com/oauth/token',
    profile: 'https://api.wahooligan.com/v1/user',
  }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    emails: oneEmail(textAt(profile, 'email'), false),
    name: joinNames(textAt(profile, 'first'), textAt(profile, 'last')),
    givenName: textAt(profile, 'first'),
  }),
}

import { listedEmails, uidAt } from '../claims.ts'
import { listAt, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://www.eventbrite.com/platform/api#/introduction/authentication */
export const eventbrite: OAuthProvider = {
  protocol: 'oauth2',
  id: 'eventbrite',
  name: 'Eventbrite',
  scope: [],
  endpoints: () => ({
    authorization: 'https://www.eventbrite.com/oauth/authorize',
    token: 'https://www.eventbrite.com/oauth/token',
    profile: 'https://www.eventbriteapi.com/v3/users/me/',
  }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    emails: listedEmails(listAt(profile, 'emails')),
    name: textAt(profile, 'name'),
    givenName: textAt(profile, 'first_name'),
  }),
}

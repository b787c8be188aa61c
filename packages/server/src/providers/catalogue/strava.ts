import { joinNames, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** It tells no address. https://developers.strava.com/docs/authentication/ */
export const strava: OAuthProvider = {
  protocol: 'oauth2',
  id: 'strava',
  name: 'Strava',
  scope: ['read', 'activity:read'],
  scopeSeparator: ',',
  endpoints: () => ({
    authorization: 'https://www.strava.com/oauth/authorize',
    token: 'https://www.strava.com/api/v3/oauth/token',
    profile: 'https://www.strava.com/api/v3/athlete',
  }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    emails: [],
    username: textAt(profile, 'username'),
    name: joinNames(textAt(profile, 'firstname'), textAt(profile, 'lastname')),
    givenName: textAt(profile, 'firstname'),
  }),
}

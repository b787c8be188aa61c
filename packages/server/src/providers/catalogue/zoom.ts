import { joinNames, oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developers.zoom.us/docs/integrations/oauth/. The scopes are a setting of the app. */
export const zoom: OAuthProvider = {
  protocol: 'oauth2',
  id: 'zoom',
  name: 'Zoom',
  scope: [],
  clientAuth: 'client_secret_basic',
  endpoints: () => ({
    authorization: 'https://zoom.us/oauth/authorize',
    token: 'https://zoom.us/oauth/token',
    profile: 'https://api.zoom.us/v2/users/me',
  }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    // `verified` is documented as one of the account, not of the address, and is a number.
    emails: oneEmail(textAt(profile, 'email'), false),
    name: joinNames(textAt(profile, 'first_name'), textAt(profile, 'last_name')),
    givenName: textAt(profile, 'first_name'),
  }),
}

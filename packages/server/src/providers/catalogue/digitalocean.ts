import { oneEmail, uidAt } from '../claims.ts'
import { at, isTrueAt, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://docs.digitalocean.com/reference/api/oauth/ */
export const digitalocean: OAuthProvider = {
  protocol: 'oauth2',
  id: 'digitalocean',
  name: 'DigitalOcean',
  scope: [],
  endpoints: () => ({
    authorization: 'https://cloud.digitalocean.com/v1/oauth/authorize',
    token: 'https://cloud.digitalocean.com/v1/oauth/token',
    profile: 'https://api.digitalocean.com/v2/account',
  }),
  readProfile(profile) {
    const account = at(profile, 'account')
    return {
      uid: uidAt(account, 'uuid'),
      emails: oneEmail(textAt(account, 'email'), isTrueAt(account, 'email_verified')),
      name: textAt(account, 'name'),
    }
  },
}

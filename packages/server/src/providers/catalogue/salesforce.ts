import { readStandardClaims } from '../claims.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm */
export const salesforce: OAuthProvider = {
  protocol: 'oauth2',
  id: 'salesforce',
  name: 'Salesforce',
  scope: ['id', 'openid'],
  endpoints: () => ({
    authorization: 'https://login.salesforce.com/services/oauth2/authorize',
    token: 'https://login.salesforce.com/services/oauth2/token',
    profile: 'https://login.salesforce.com/services/oauth2/userinfo',
  }),
  // `sub` is an address that has the id in it; accounts have always been stored by the id alone.
  readProfile: (profile) => readStandardClaims(profile, 'user_id'),
}

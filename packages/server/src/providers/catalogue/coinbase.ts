import { oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://docs.cdp.coinbase.com/coinbase-app/oauth2-integration/overview */
export const coinbase: OAuthProvider = {
  protocol: 'oauth2',
  id: 'coinbase',
  name: 'Coinbase',
  scope: ['wallet:user:email'],
  endpoints: () => ({
    authorization: 'https://login.coinbase.com/oauth2/auth',
    token: 'https://login.coinbase.com/oauth2/token',
    profile: 'https://api.coinbase.com/v2/user',
  }),
  readProfile(profile) {
    const user = at(profile, 'data')
    return {
      uid: uidAt(user, 'id'),
      emails: oneEmail(textAt(user, 'email'), false),
      username: textAt(user, 'username'),
      name: textAt(user, 'name'),
    }
  },
}

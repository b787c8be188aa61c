import { oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/**
 * https://developers.line.biz/en/docs/line-login/integrate-line-login/. Its id_tokens for web logins
 * are signed with the app's secret and not with a key, so LINE itself is asked what is in them.
 */
export const line: OAuthProvider = {
  protocol: 'oauth2',
  id: 'line',
  name: 'Line',
  // LINE takes no request without a scope; `openid` is for the name and the address.
  scope: ['profile', 'openid'],
  emailScope: ['email'],
  endpoints: () => ({
    authorization: 'https://access.line.me/oauth2/v2.1/authorize',
    token: 'https://api.line.me/oauth2/v2.1/token',
    profile: 'https://api.line.me/v2/profile',
  }),
  // https://developers.line.biz/en/docs/line-login/verify-id-token/
  async fetchProfile(api, { profile }) {
    const idToken = textAt(api.tokens, 'id_token')
    if (idToken === undefined) return api.get(profile)
    const form = new URLSearchParams({ id_token: idToken, client_id: api.clientId })
    return api.post('https://api.line.me/oauth2/v2.1/verify', form)
  },
  readProfile: (profile) => ({
    // The same id under two names.
    uid: uidAt(profile, at(profile, 'userId') === undefined ? 'sub' : 'userId'),
    // The documentation does not say that addresses were verified.
    emails: oneEmail(textAt(profile, 'email'), false),
    name: textAt(profile, 'name') ?? textAt(profile, 'displayName'),
  }),
}

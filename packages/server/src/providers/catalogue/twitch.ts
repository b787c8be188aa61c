import { readStandardClaims } from '../claims.ts'
import { at } from '../json.ts'
import type { OpenIdProvider } from '../provider.ts'

const server = 'https://id.twitch.tv/oauth2'

/** https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/. Its `sub` is the user's id. */
export const twitch: OpenIdProvider = {
  protocol: 'oidc',
  id: 'twitch',
  name: 'Twitch',
  scope: ['openid', 'user:read:email'],
  // Without asking for them, id_tokens have no more claims than the id.
  authParams: {
    claims: JSON.stringify({
      id_token: { email: null, email_verified: null, preferred_username: null },
    }),
  },
  fetchesUserinfo: false,
  issuer: () => server,
  metadata: () => ({
    authorization: `${server}/authorize`,
    token: `${server}/token`,
    jwks: `${server}/keys`,
    userinfo: `${server}/userinfo`,
  }),
  // Twitch has a list where RFC 6749 §5.1 has text.
  readTokens(answer) {
    const scope = at(answer, 'scope')
    if (typeof answer !== 'object' || !Array.isArray(scope)) return answer
    return { ...answer, scope: scope.join(' ') }
  },
  readProfile(claims) {
    const profile = readStandardClaims(claims)
    return { ...profile, name: profile.username, label: profile.username }
  },
}

import { readStandardClaims, uidAt } from '../claims.ts'
import type { OpenIdProvider } from '../provider.ts'

/** https://docs.slack.dev/authentication/sign-in-with-slack/ */
export const slack: OpenIdProvider = {
  protocol: 'oidc',
  id: 'slack',
  name: 'Slack',
  scope: ['openid', 'profile', 'email'],
  fetchesUserinfo: false,
  issuer: () => 'https://slack.com',
  metadata: () => ({
    authorization: 'https://slack.com/openid/connect/authorize',
    token: 'https://slack.com/api/openid.connect.token',
    jwks: 'https://slack.com/openid/connect/keys',
    userinfo: 'https://slack.com/api/openid.connect.userInfo',
  }),
  readProfile: (claims) => ({
    ...readStandardClaims(claims),
    // An account is one of a workspace, and accounts that were imported have both ids, too.
    uid: [
      uidAt(claims, 'https://slack.com/team_id'),
      uidAt(claims, 'https://slack.com/user_id'),
    ].join('_'),
  }),
}

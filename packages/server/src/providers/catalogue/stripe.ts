import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** Standard accounts of Stripe Connect. https://docs.stripe.com/connect/oauth-reference */
export const stripe: OAuthProvider = {
  protocol: 'oauth2',
  id: 'stripe',
  name: 'Stripe',
  scope: ['read_only'],
  endpoints: () => ({
    authorization: 'https://connect.stripe.com/oauth/authorize',
    token: 'https://connect.stripe.com/oauth/token',
    profile: 'https://api.stripe.com/v1/accounts',
  }),
  fetchProfile: (api, { profile }) =>
    api.get(`${profile}/${encodeURIComponent(uidAt(api.tokens, 'stripe_user_id'))}`),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    emails: oneEmail(textAt(profile, 'email'), false),
    name:
      textAt(profile, 'settings', 'dashboard', 'display_name') ??
      textAt(profile, 'business_profile', 'name'),
  }),
}

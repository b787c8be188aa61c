import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developer.amazon.com/docs/login-with-amazon/authorization-code-grant.html */
export const amazon: OAuthProvider = {
  protocol: 'oauth2',
  id: 'amazon',
  name: 'Amazon',
  scope: ['profile'],
  endpoints: () => ({
    authorization: 'https://www.amazon.com/ap/oa',
    token: 'https://api.amazon.com/auth/o2/token',
    profile: 'https://api.amazon.com/user/profile',
  }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'user_id'),
    // The documentation does not say that addresses were verified.
    emails: oneEmail(textAt(profile, 'email'), false),
    name: textAt(profile, 'name'),
  }),
}

import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/ */
export const atlassian: OAuthProvider = {
  protocol: 'oauth2',
  id: 'atlassian',
  name: 'Atlassian',
  scope: ['read:me'],
  authParams: { audience: 'api.atlassian.com', prompt: 'consent' },
  endpoints: () => ({
    authorization: 'https://auth.atlassian.com/authorize',
    token: 'https://auth.atlassian.com/oauth/token',
    profile: 'https://api.atlassian.com/me',
  }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'account_id'),
    // The documentation of the profile does not say that addresses were verified.
    emails: oneEmail(textAt(profile, 'email'), false),
    username: textAt(profile, 'nickname'),
    name: textAt(profile, 'name'),
  }),
}

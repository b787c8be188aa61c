import { oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developers.notion.com/docs/authorization */
export const notion: OAuthProvider = {
  protocol: 'oauth2',
  id: 'notion',
  name: 'Notion',
  scope: [],
  authParams: { owner: 'user' },
  clientAuth: 'client_secret_basic',
  endpoints: () => ({
    authorization: 'https://api.notion.com/v1/oauth/authorize',
    token: 'https://api.notion.com/v1/oauth/token',
    profile: 'https://api.notion.com/v1/users/me',
  }),
  // Whose token it is comes with the token; the profile would be that of the integration's bot.
  fetchProfile: async ({ tokens }) => tokens,
  readProfile(tokens) {
    const user = at(tokens, 'owner', 'user')
    return {
      // Accounts that were imported are of one workspace, so the id names it, too.
      uid: `user-${uidAt(user, 'id')}_workspace-${uidAt(tokens, 'workspace_id')}`,
      // The documentation does not say that addresses were verified.
      emails: oneEmail(textAt(user, 'person', 'email'), false),
      name: textAt(user, 'name'),
    }
  },
}

import { oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import { listOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'

const emailPermission = 'users.email'

/** https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code */
export const twitterOauth2: OAuthProvider = {
  protocol: 'oauth2',
  id: 'twitter_oauth2',
  name: 'X',
  scope: ['users.read', 'tweet.read'],
  // Newer than the others: the app has to ask for addresses in its settings at X, too.
  emailScope: [emailPermission],
  clientAuth: 'client_secret_basic',
  endpoints: () => ({
    authorization: 'https://x.com/i/oauth2/authorize',
    token: 'https://api.x.com/2/oauth2/token',
    profile: 'https://api.x.com/2/users/me',
  }),
  fetchProfile(api, { profile }) {
    const fields = listOption(api.options, 'fields', ['id', 'name', 'username'])
    const granted = textAt(api.tokens, 'scope')?.split(' ') ?? []
    // X refuses the whole profile where a field is asked for that was not granted.
    const asked = granted.includes(emailPermission) ? [...fields, 'confirmed_email'] : fields
    return api.get(`${profile}?${new URLSearchParams({ 'user.fields': asked.join(',') })}`)
  },
  readProfile(profile) {
    const user = at(profile, 'data')
    return {
      uid: uidAt(user, 'id'),
      // `verified` is about the account; of the address there is only the name of the field.
      emails: oneEmail(textAt(user, 'confirmed_email'), false),
      username: textAt(user, 'username'),
      name: textAt(user, 'name'),
      label: textAt(user, 'username'),
    }
  },
}

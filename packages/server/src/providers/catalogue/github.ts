import { listedEmails, uidAt, withOwnEmail } from '../claims.ts'
import { at, listAt, textAt } from '../json.ts'
import { urlOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'
import { unlessRefused } from '../provider-error.ts'

/** https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps */
export const github: OAuthProvider = {
  protocol: 'oauth2',
  id: 'github',
  name: 'GitHub',
  scope: [],
  emailScope: ['user:email'],
  endpoints(options) {
    const url = urlOption(options, 'github_url', 'https://github.com')
    const api = url === 'https://github.com' ? 'https://api.github.com' : `${url}/api/v3`
    return {
      authorization: `${url}/login/oauth/authorize`,
      token: `${url}/login/oauth/access_token`,
      profile: `${api}/user`,
    }
  },
  async fetchProfile(api, { profile }) {
    const user = await api.get(profile)
    // Without the scope for it this fails, and the public address is all there is.
    const emails = api.asksEmail ? await unlessRefused(api.get(`${profile}/emails`)) : undefined
    return { user, emails }
  },
  readProfile(profile) {
    const user = at(profile, 'user')
    return {
      uid: uidAt(user, 'id'),
      emails: withOwnEmail(listedEmails(listAt(profile, 'emails')), textAt(user, 'email')),
      username: textAt(user, 'login'),
      name: textAt(user, 'name'),
      label: textAt(user, 'login'),
    }
  },
}

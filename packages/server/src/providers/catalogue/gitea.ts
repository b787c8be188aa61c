import { listedEmails, uidAt, withOwnEmail } from '../claims.ts'
import { at, listAt, textAt } from '../json.ts'
import { urlOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'
import { unlessRefused } from '../provider-error.ts'

/** https://docs.gitea.com/development/oauth2-provider and https://docs.gitea.com/api/ */
export const gitea: OAuthProvider = {
  protocol: 'oauth2',
  id: 'gitea',
  name: 'Gitea',
  scope: [],
  endpoints(options) {
    const url = urlOption(options, 'gitea_url', 'https://gitea.com')
    return {
      authorization: `${url}/login/oauth/authorize`,
      token: `${url}/login/oauth/access_token`,
      profile: `${url}/api/v1/user`,
    }
  },
  async fetchProfile(api, { profile }) {
    const user = await api.get(profile)
    // A token that may not list them is still one that tells the address of the profile.
    const emails = await unlessRefused(api.get(`${profile}/emails`))
    return { user, emails }
  },
  readProfile(profile) {
    const user = at(profile, 'user')
    return {
      uid: uidAt(user, 'id'),
      emails: withOwnEmail(listedEmails(listAt(profile, 'emails')), textAt(user, 'email')),
      username: textAt(user, 'login'),
      name: textAt(user, 'full_name'),
      label: textAt(user, 'login'),
    }
  },
}

import { joinNames, oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import { urlOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'
import { unlessRefused } from '../provider-error.ts'

/** Takes no requests without PKCE. https://lichess.org/api#tag/OAuth */
export const lichess: OAuthProvider = {
  protocol: 'oauth2',
  id: 'lichess',
  name: 'Lichess',
  scope: [],
  emailScope: ['email:read'],
  endpoints(options) {
    const url = urlOption(options, 'api_url', 'https://lichess.org')
    return {
      authorization: `${url}/oauth`,
      token: `${url}/api/token`,
      profile: `${url}/api/account`,
    }
  },
  async fetchProfile(api, { profile }) {
    const account = await api.get(profile)
    // Without the scope for it this fails.
    const email = await unlessRefused(api.get(`${profile}/email`))
    return { account, email }
  },
  readProfile(profile) {
    const account = at(profile, 'account')
    const givenName = textAt(account, 'profile', 'firstName')
    return {
      // The username in lower case. Lichess gives that of a closed account to nobody else.
      uid: uidAt(account, 'id'),
      emails: oneEmail(textAt(profile, 'email', 'email'), false),
      username: textAt(account, 'username'),
      name:
        textAt(account, 'profile', 'realName') ??
        joinNames(givenName, textAt(account, 'profile', 'lastName')),
      givenName,
    }
  },
}

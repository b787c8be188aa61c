import { uidAt } from '../claims.ts'
import { at, isTrueAt, listAt, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'
import { unlessRefused } from '../provider-error.ts'

/** https://developer.atlassian.com/cloud/bitbucket/oauth-2/ */
export const bitbucketOauth2: OAuthProvider = {
  protocol: 'oauth2',
  id: 'bitbucket_oauth2',
  name: 'Bitbucket',
  // Bitbucket takes no scope from a request: what it grants is a setting of the consumer.
  scope: [],
  clientAuth: 'client_secret_basic',
  endpoints: () => ({
    authorization: 'https://bitbucket.org/site/oauth2/authorize',
    token: 'https://bitbucket.org/site/oauth2/access_token',
    profile: 'https://api.bitbucket.org/2.0/user',
  }),
  async fetchProfile(api, { profile }) {
    const user = await api.get(profile)
    // Fails where the consumer may not read addresses.
    const emails = await unlessRefused(api.get(`${profile}/emails`))
    return { user, emails }
  },
  readProfile(profile) {
    const user = at(profile, 'user')
    return {
      // The username can be given up and taken by somebody else.
      uid: uidAt(user, 'uuid'),
      emails: listAt(profile, 'emails', 'values').flatMap((it) => {
        const email = textAt(it, 'email')
        const isVerified = isTrueAt(it, 'is_confirmed')
        return email ? [{ email, isVerified, isPrimary: isTrueAt(it, 'is_primary') }] : []
      }),
      username: textAt(user, 'username'),
      name: textAt(user, 'display_name'),
      label: textAt(user, 'display_name'),
    }
  },
}

import { joinNames, oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://github.com/basecamp/api/blob/master/sections/authentication.md */
export const basecamp: OAuthProvider = {
  protocol: 'oauth2',
  id: 'basecamp',
  name: 'Basecamp',
  scope: [],
  // It has this in place of `response_type` and `grant_type`, in the words of a draft of OAuth 2.0.
  authParams: { type: 'web_server' },
  tokenParams: () => ({ type: 'web_server' }),
  endpoints: () => ({
    authorization: 'https://launchpad.37signals.com/authorization/new',
    token: 'https://launchpad.37signals.com/authorization/token',
    profile: 'https://launchpad.37signals.com/authorization.json',
  }),
  readProfile(profile) {
    const identity = at(profile, 'identity')
    return {
      uid: uidAt(identity, 'id'),
      emails: oneEmail(textAt(identity, 'email_address'), false),
      name: joinNames(textAt(identity, 'first_name'), textAt(identity, 'last_name')),
      givenName: textAt(identity, 'first_name'),
    }
  },
}

import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/ */
export const mailchimp: OAuthProvider = {
  protocol: 'oauth2',
  id: 'mailchimp',
  name: 'MailChimp',
  scope: [],
  endpoints: () => ({
    authorization: 'https://login.mailchimp.com/oauth2/authorize',
    token: 'https://login.mailchimp.com/oauth2/token',
    profile: 'https://login.mailchimp.com/oauth2/metadata',
  }),
  fetchProfile: (api, { profile }) =>
    api.get(profile, { authorization: `OAuth ${api.accessToken}` }),
  readProfile: (profile) => ({
    // `user_id` is that of the company, whose people would share one user here. Of its owner both are
    // the same.
    uid: uidAt(profile, 'login', 'login_id'),
    emails: oneEmail(
      textAt(profile, 'login', 'login_email') ?? textAt(profile, 'login', 'email'),
      false,
    ),
    username: textAt(profile, 'login', 'login_name'),
    label: textAt(profile, 'accountname'),
  }),
}

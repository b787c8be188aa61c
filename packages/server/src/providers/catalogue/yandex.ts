import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://yandex.com/dev/id/doc/en/ */
export const yandex: OAuthProvider = {
  protocol: 'oauth2',
  id: 'yandex',
  name: 'Yandex',
  scope: ['login:info'],
  emailScope: ['login:email'],
  endpoints: () => ({
    authorization: 'https://oauth.yandex.com/authorize',
    token: 'https://oauth.yandex.com/token',
    profile: 'https://login.yandex.ru/info?format=json',
  }),
  fetchProfile: (api, { profile }) =>
    api.get(profile, { authorization: `OAuth ${api.accessToken}` }),
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    emails: oneEmail(textAt(profile, 'default_email') ?? textAt(profile, 'emails', 0), false),
    username: textAt(profile, 'login'),
    name: textAt(profile, 'real_name') ?? textAt(profile, 'display_name'),
    givenName: textAt(profile, 'first_name'),
  }),
}

import { oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developers.naver.com/docs/login/api/api.md. What is asked for is a setting of the app. */
export const naver: OAuthProvider = {
  protocol: 'oauth2',
  id: 'naver',
  name: 'Naver',
  scope: [],
  endpoints: () => ({
    authorization: 'https://nid.naver.com/oauth2.0/authorize',
    token: 'https://nid.naver.com/oauth2.0/token',
    profile: 'https://openapi.naver.com/v1/nid/me',
  }),
  readProfile(profile) {
    const user = at(profile, 'response')
    return {
      uid: uidAt(user, 'id'),
      // The documentation does not say that addresses were verified.
      emails: oneEmail(textAt(user, 'email'), false),
      name: textAt(user, 'name'),
      label: textAt(user, 'nickname'),
    }
  },
}

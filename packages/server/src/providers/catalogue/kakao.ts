import { oneEmail, uidAt } from '../claims.ts'
import { at, isTrueAt, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developers.kakao.com/docs/latest/en/kakaologin/rest-api */
export const kakao: OAuthProvider = {
  protocol: 'oauth2',
  id: 'kakao',
  name: 'Kakao',
  // What is asked for is a setting of the app; Kakao refuses scopes that are not among it.
  scope: [],
  scopeSeparator: ',',
  endpoints: () => ({
    authorization: 'https://kauth.kakao.com/oauth/authorize',
    token: 'https://kauth.kakao.com/oauth/token',
    profile: 'https://kapi.kakao.com/v2/user/me',
  }),
  readProfile(profile) {
    const account = at(profile, 'kakao_account')
    // Verified is not enough: an address that another account has taken over since is not valid.
    const isVerified = isTrueAt(account, 'is_email_verified') && isTrueAt(account, 'is_email_valid')
    return {
      uid: uidAt(profile, 'id'),
      emails: oneEmail(textAt(account, 'email'), isVerified),
      name: textAt(account, 'name'),
      label: textAt(account, 'profile', 'nickname'),
    }
  },
}

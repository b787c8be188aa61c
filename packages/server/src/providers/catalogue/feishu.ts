import { oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import { textOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'

/**
 * The second version of its token endpoint, which speaks RFC 6749; the first wanted a token of the
 * app before. https://open.feishu.cn/document/authentication-management/access-token/get-user-access-token
 */
export const feishu: OAuthProvider = {
  protocol: 'oauth2',
  id: 'feishu',
  name: 'feishu',
  scope: [],
  endpoints: (options) => ({
    authorization: textOption(
      options,
      'authorize_url',
      'https://accounts.feishu.cn/open-apis/authen/v1/authorize',
    ),
    token: 'https://open.feishu.cn/open-apis/authen/v2/oauth/token',
    profile: 'https://open.feishu.cn/open-apis/authen/v1/user_info',
  }),
  readProfile(profile) {
    const user = at(profile, 'data')
    return {
      // Of somebody in this one app.
      uid: uidAt(user, 'open_id'),
      emails: oneEmail(textAt(user, 'email') ?? textAt(user, 'enterprise_email'), false),
      name: textAt(user, 'name'),
    }
  },
}

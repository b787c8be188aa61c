import { oneEmail, readStandardClaims } from '../claims.ts'
import { at, textAt } from '../json.ts'
import { checkUrlOption, urlOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'

/**
 * The domain of a user pool. It is not the issuer of the pool, so this is OAuth 2.0 only.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html
 */
export const amazonCognito: OAuthProvider = {
  protocol: 'oauth2',
  id: 'amazon_cognito',
  pathName: 'amazon-cognito',
  name: 'Amazon Cognito',
  scope: ['openid', 'profile', 'email'],
  endpoints(options) {
    // A host that there never is (RFC 2606 §2), until `checkOptions` has asked for the right one.
    const url = urlOption(options, 'domain', 'https://cognito.invalid')
    return {
      authorization: `${url}/oauth2/authorize`,
      token: `${url}/oauth2/token`,
      profile: `${url}/oauth2/userInfo`,
    }
  },
  checkOptions: (options) => checkUrlOption(options, 'domain'),
  readProfile(profile) {
    // All attributes of a pool are text, and the documentation shows this one as "true", too.
    const isVerified = [true, 'true'].some((it) => it === at(profile, 'email_verified'))
    return {
      ...readStandardClaims(profile),
      emails: oneEmail(textAt(profile, 'email'), isVerified),
      username: textAt(profile, 'preferred_username') ?? textAt(profile, 'username'),
    }
  },
}

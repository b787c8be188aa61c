import { readStandardClaims } from '../claims.ts'
import { textAt } from '../json.ts'
import { textOption } from '../options.ts'
import type { OpenIdProvider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'

const issuer = 'https://appleid.apple.com'
const secretSeconds = 300

/**
 * https://developer.apple.com/documentation/signinwithapplerestapi. The key of an app is the team's
 * id, its secret the id of the private key, and the private key is the option `certificate_key`.
 */
export const apple: OpenIdProvider = {
  protocol: 'oidc',
  id: 'apple',
  name: 'Apple',
  scope: ['name'],
  emailScope: ['email'],
  // Apple insists on it wherever a name or an address is asked for.
  responseMode: 'form_post',
  takesClientIdList: true,
  takesIdTokens: true,
  fetchesUserinfo: false,
  issuer: () => issuer,
  metadata: () => ({
    authorization: `${issuer}/auth/authorize`,
    token: `${issuer}/auth/token`,
    jwks: `${issuer}/auth/keys`,
  }),
  /** https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret */
  async makeSecret({ clientId, secret, key, options, now }) {
    const pem = textOption(options, 'certificate_key', '')
    if (pem === '') throw new ProviderError('certificate_key: expected a private key in PEM')
    // Only here, so that a server without Apple does not load it.
    const { importPKCS8, SignJWT } = await import('jose')
    const issuedAt = Math.floor(now / 1000)
    return new SignJWT({ iat: issuedAt, exp: issuedAt + secretSeconds })
      .setProtectedHeader({ alg: 'ES256', kid: secret })
      .setIssuer(key)
      .setAudience(issuer)
      .setSubject(clientId)
      .sign(await importPKCS8(pem, 'ES256'))
  },
  readProfile(claims) {
    const { emails, ...profile } = readStandardClaims(claims)
    // The documentation has the claim as a boolean or as the text "true"; no other provider may.
    const isVerifiedInWords = textAt(claims, 'email_verified') === 'true'
    return {
      ...profile,
      emails: emails.map((it) => ({ ...it, isVerified: it.isVerified || isVerifiedInWords })),
    }
  },
}

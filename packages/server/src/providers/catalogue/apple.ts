import { joinNames, readStandardClaims } from '../claims.ts'
import { type Json, textAt } from '../json.ts'
import { textOption } from '../options.ts'
import type { OpenIdProvider, Profile } from '../provider.ts'
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
  readProfile(claims, _options, callback) {
    const { emails, ...profile } = readStandardClaims(claims)
    // The documentation has the claim as a boolean or as the text "true"; no other provider may.
    const isVerifiedInWords = textAt(claims, 'email_verified') === 'true'
    return {
      ...profile,
      ...nameIn(callback?.get('user') ?? '{}'),
      emails: emails.map((it) => ({ ...it, isVerified: it.isVerified || isVerifiedInWords })),
    }
  },
}

/**
 * The name, which Apple tells at the first login alone, and through the browser: good for a name and
 * nothing else.
 */
function nameIn(user: string): Pick<Profile, 'name' | 'givenName'> {
  let told: Json
  try {
    told = JSON.parse(user)
  } catch {
    return {}
  }
  const givenName = textAt(told, 'name', 'firstName')
  const name = joinNames(givenName, textAt(told, 'name', 'lastName'))
  return name === undefined ? {} : { name, givenName }
}

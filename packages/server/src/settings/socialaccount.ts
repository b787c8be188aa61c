import { type EmailVerification, emailVerification } from './account-email.ts'
import type { Parser } from './parser.ts'
import { bool, decimal, listOf, orNull, record, textLike } from './parsers.ts'

/** How people log in with an account they have elsewhere. */
export interface SocialaccountSettings {
  /**
   * Does away with passwords and signup of one's own: the providers are the only way in.
   * @defaultValue false
   */
  only: boolean
  /**
   * Signs up whom a provider vouches for without a further question, if nothing is missing and
   * nothing is taken. Off: the client always shows a signup form.
   * @defaultValue true
   */
  autoSignup: boolean
  /**
   * Logs a person into the local account that has the address which the provider says is verified.
   * Whoever runs a provider can then enter any account: turn it on for single providers that you
   * trust with that.
   * @defaultValue false
   */
  emailAuthentication: boolean
  /**
   * Connects the account of the provider with the local one when SOCIALACCOUNT_EMAIL_AUTHENTICATION
   * led there.
   * @defaultValue false
   */
  emailAuthenticationAutoConnect: boolean
  /**
   * Whether somebody who comes from a provider needs an address. Not given: if ACCOUNT_SIGNUP_FIELDS
   * has `email*`.
   * @defaultValue true
   */
  emailRequired: boolean
  /**
   * As ACCOUNT_EMAIL_VERIFICATION, for those who come from a provider. `null`: the same as there.
   * Not given: `null`, or `none` with SOCIALACCOUNT_ONLY.
   * @defaultValue null
   */
  emailVerification: EmailVerification | null
  /**
   * The providers by id, each with its apps (`APPS`, or one `APP`) and further keys such as `SCOPE`,
   * `AUTH_PARAMS`, `OAUTH_PKCE_ENABLED`, `VERIFIED_EMAIL` and `EMAIL_AUTHENTICATION`.
   * @defaultValue {}
   */
  providers: Readonly<Record<string, unknown>>
  /**
   * Asks providers for the address where they leave that to us. Not given: as
   * SOCIALACCOUNT_EMAIL_REQUIRED.
   * @defaultValue true
   */
  queryEmail: boolean
  /**
   * How long a request to a provider may take, in seconds, more than 0 and at most 300. After that
   * the login fails.
   * @defaultValue 5
   */
  requestsTimeout: number
  /**
   * The addresses, letter by letter, that apps may come back to from a provider in the browser of the
   * system: `com.example.app:/signed-in`, `https://app.example.org/signed-in`. Empty: apps can not send
   * people to a provider.
   * @defaultValue []
   */
  appCallbackUrls: readonly string[]
  /**
   * Has users who have neither a password nor a second factor prove again to be the one at their
   * provider, where that can ask them anew: OpenID Connect with `max_age` and `auth_time`. Browsers
   * are then offered `provider_redirect` and pass `reauthenticate` as the process. Off: such users are
   * not asked again.
   * @defaultValue false
   */
  reauthenticationEnabled: boolean
  /**
   * Stores the tokens that providers hand out, encrypted. Off: they are forgotten after the login.
   * @defaultValue false
   */
  storeTokens: boolean
  /**
   * The part of the path in the callback addresses of OpenID Connect providers:
   * `/accounts/oidc/…/login/callback/`.
   * @defaultValue 'oidc'
   */
  openidConnectUrlPrefix: string
  /**
   * Lets requests to providers go to this machine and its networks, and by http.
   * @deprecated For local development only.
   * @defaultValue false
   */
  allowPrivateAddressesInsecure: boolean
}

// Whatever a browser would run instead of opening an app is no address of one.
const appAddress = textLike('an address with a scheme of an app, or https', (value) => {
  const url = URL.parse(value)
  const isOdd = /[\s\\]|[^\x21-\x7e]/.test(value) || url?.hash !== ''
  if (!url || isOdd || url.username !== '' || url.password !== '') return false
  return !['http:', 'javascript:', 'data:', 'file:', 'blob:', 'about:', 'ftp:'].includes(
    url.protocol,
  )
})

export const socialaccountDefaults: SocialaccountSettings = {
  only: false,
  autoSignup: true,
  emailAuthentication: false,
  emailAuthenticationAutoConnect: false,
  emailRequired: true,
  emailVerification: null,
  providers: {},
  queryEmail: true,
  requestsTimeout: 5,
  appCallbackUrls: [],
  reauthenticationEnabled: false,
  storeTokens: false,
  openidConnectUrlPrefix: 'oidc',
  allowPrivateAddressesInsecure: false,
}

export const socialaccountParsers = {
  only: bool,
  autoSignup: bool,
  emailAuthentication: bool,
  emailAuthenticationAutoConnect: bool,
  emailRequired: bool,
  emailVerification: orNull(emailVerification),
  providers: record,
  queryEmail: bool,
  requestsTimeout: decimal(0.001, 300),
  appCallbackUrls: listOf(appAddress),
  reauthenticationEnabled: bool,
  storeTokens: bool,
  openidConnectUrlPrefix: textLike('letters, digits, dots, dashes or underscores', (value) =>
    /^[\w.-]*$/.test(value),
  ),
  allowPrivateAddressesInsecure: bool,
} satisfies { [K in keyof SocialaccountSettings]: Parser<SocialaccountSettings[K]> }

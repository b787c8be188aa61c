import { readStandardClaims } from '../claims.ts'
import { textOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'

/** https://developer.paypal.com/log-in/build and https://developer.paypal.com/api/identity/v1/ */
export const paypal: OAuthProvider = {
  protocol: 'oauth2',
  id: 'paypal',
  name: 'Paypal',
  scope: ['openid', 'email'],
  clientAuth: 'client_secret_basic',
  endpoints(options) {
    // Anybody can make accounts in the sandbox, so it has to be asked for.
    const isSandbox = textOption(options, 'mode', 'live') === 'sandbox'
    const host = isSandbox ? 'sandbox.paypal.com' : 'paypal.com'
    return {
      authorization: `https://www.${host}/signin/authorize`,
      token: `https://api-m.${host}/v1/oauth2/token`,
      profile: `https://api-m.${host}/v1/identity/openidconnect/userinfo?schema=openid`,
    }
  },
  checkOptions: (options) =>
    ['live', 'sandbox'].includes(textOption(options, 'mode', 'live'))
      ? undefined
      : 'mode: expected "live" or "sandbox"',
  readProfile: (profile) => readStandardClaims(profile, 'user_id'),
}

import { createHmac } from 'node:crypto'
import { oneEmail, uidAt } from '../claims.ts'
import { isTrueAt, type Json, textAt } from '../json.ts'
import { listOption, textOption, urlOption } from '../options.ts'
import type { OAuthEndpoints, OAuthProvider, ProviderApi, ProviderOptions } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'

/** https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow */
export const facebook: OAuthProvider = {
  protocol: 'oauth2',
  id: 'facebook',
  name: 'Facebook',
  scope: [],
  emailScope: ['email'],
  endpoints(options) {
    const dialog = `https://www.facebook.com/${version(options)}/dialog/oauth`
    return {
      authorization: urlOption(options, 'authorize_url', dialog),
      token: `${graphUrl(options)}/oauth/access_token`,
      profile: `${graphUrl(options)}/me`,
    }
  },
  fetchProfile: fetchFacebookProfile,
  readProfile: (profile) => ({
    uid: uidAt(profile, 'id'),
    // Nothing in a profile says whether the address was verified.
    emails: oneEmail(textAt(profile, 'email'), false),
    name: textAt(profile, 'name'),
    givenName: textAt(profile, 'first_name'),
  }),
  // https://developers.facebook.com/docs/facebook-login/limited-login/token: what an iPhone gets.
  idTokens: {
    issuer: 'https://www.facebook.com',
    jwks: 'https://limited.facebook.com/.well-known/oauth/openid/jwks/',
    readProfile: (claims) => ({
      uid: uidAt(claims, 'sub'),
      emails: oneEmail(textAt(claims, 'email'), false),
      name: textAt(claims, 'name'),
      givenName: textAt(claims, 'given_name'),
    }),
  },
  // https://developers.facebook.com/docs/graph-api/reference/debug_token
  async fetchProfileByToken(api, endpoints) {
    const query = new URLSearchParams({ input_token: api.accessToken })
    const answer = await api.get(`${graphUrl(api.options)}/debug_token?${query}`, {
      authorization: `Bearer ${api.clientId}|${api.clientSecret}`,
    })
    const isValid = isTrueAt(answer, 'data', 'is_valid')
    // A token of another app is as good a key to the profile, and that app's owner has it.
    if (!isValid || textAt(answer, 'data', 'app_id') !== api.clientId)
      throw new ProviderError('the token was not made for this app')
    return fetchFacebookProfile(api, endpoints)
  },
}

function fetchFacebookProfile(api: ProviderApi, { profile }: OAuthEndpoints): Promise<Json> {
  const fields = ['id', 'name', 'email', 'first_name', 'last_name']
  const query = new URLSearchParams({
    fields: listOption(api.options, 'fields', fields).join(','),
    // https://developers.facebook.com/docs/graph-api/guides/secure-requests: apps may insist on it.
    appsecret_proof: createHmac('sha256', api.clientSecret).update(api.accessToken).digest('hex'),
  })
  return api.get(`${profile}?${query}`)
}

function version(options: ProviderOptions): string {
  return textOption(options, 'version', 'v25.0')
}

function graphUrl(options: ProviderOptions): string {
  return urlOption(options, 'graph_api_url', `https://graph.facebook.com/${version(options)}`)
}

import { oneEmail, uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import { textOption, urlOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'

/**
 * https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow and Microsoft
 * Graph, whose `id` is not the `sub` of Microsoft's id_tokens.
 */
export const microsoft: OAuthProvider = {
  protocol: 'oauth2',
  id: 'microsoft',
  name: 'Microsoft',
  scope: ['User.Read'],
  endpoints(options) {
    const login = urlOption(options, 'login_url', 'https://login.microsoftonline.com')
    const tenant = encodeURIComponent(textOption(options, 'tenant', 'common'))
    const graph = urlOption(options, 'graph_url', 'https://graph.microsoft.com')
    return {
      authorization: `${login}/${tenant}/oauth2/v2.0/authorize`,
      token: `${login}/${tenant}/oauth2/v2.0/token`,
      profile: `${graph}/v1.0/me`,
    }
  },
  readProfile(profile) {
    const principal = textAt(profile, 'userPrincipalName')
    // Of guests it is no address: `ann_example.com#EXT#@contoso.onmicrosoft.com`.
    const address = principal?.includes('#') ? undefined : principal
    return {
      uid: uidAt(profile, 'id'),
      // The administrator of any tenant writes what he likes into both fields.
      emails: oneEmail(textAt(profile, 'mail') ?? address, false),
      name: textAt(profile, 'displayName'),
      givenName: textAt(profile, 'givenName'),
      label: principal,
    }
  },
}

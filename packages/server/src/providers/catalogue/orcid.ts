import { joinNames, listedEmails, uidAt } from '../claims.ts'
import { at, listAt, textAt } from '../json.ts'
import { flagOption, textOption } from '../options.ts'
import type { OAuthProvider } from '../provider.ts'
import { unlessRefused } from '../provider-error.ts'

/** https://info.orcid.org/documentation/api-tutorials/api-tutorial-get-and-authenticated-orcid-id/ */
export const orcid: OAuthProvider = {
  protocol: 'oauth2',
  id: 'orcid',
  name: 'Orcid.org',
  scope: ['/authenticate'],
  endpoints(options) {
    const domain = textOption(options, 'base_domain', 'orcid.org')
    const host = flagOption(options, 'member_api', false) ? 'api' : 'pub'
    return {
      authorization: `https://${domain}/oauth/authorize`,
      token: `https://${domain}/oauth/token`,
      profile: `https://${host}.${domain}/v3.0`,
    }
  },
  async fetchProfile(api, { profile }) {
    const id = uidAt(api.tokens, 'orcid')
    const url = `${profile}/${encodeURIComponent(id)}/record`
    // Who it is comes with the token. A record may be closed to the public, and is not needed.
    const record = await unlessRefused(api.get(url, { accept: 'application/json' }))
    return { orcid: id, name: textAt(api.tokens, 'name'), record }
  },
  readProfile(profile) {
    const person = at(profile, 'record', 'person')
    const givenName = textAt(person, 'name', 'given-names', 'value')
    const familyName = textAt(person, 'name', 'family-name', 'value')
    return {
      uid: uidAt(profile, 'orcid'),
      // Those that are public.
      emails: listedEmails(listAt(person, 'emails', 'email')),
      name: textAt(profile, 'name') ?? joinNames(givenName, familyName),
      givenName,
    }
  },
}

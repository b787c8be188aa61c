import { uidAt } from '../claims.ts'
import { textAt } from '../json.ts'
import { textOption } from '../options.ts'
import type { OAuthProvider, ProviderOptions } from '../provider.ts'

/** It tells no address. https://community.developer.battle.net/documentation/guides/using-oauth */
export const battlenet: OAuthProvider = {
  protocol: 'oauth2',
  id: 'battlenet',
  name: 'Battle.net',
  // What the userinfo endpoint is for today; once none was needed.
  scope: ['openid'],
  clientAuth: 'client_secret_basic',
  endpoints(options) {
    const url = isChina(options) ? 'https://oauth.battlenet.com.cn' : 'https://oauth.battle.net'
    return {
      authorization: `${url}/authorize`,
      token: `${url}/token`,
      profile: `${url}/userinfo`,
    }
  },
  readProfile(profile, options) {
    const uid = uidAt(profile, 'id')
    const battletag = textAt(profile, 'battletag') ?? textAt(profile, 'battle_tag')
    return {
      // China has accounts of its own, whose numbers are somebody else's in the rest of the world.
      uid: isChina(options) ? `${uid}-cn` : uid,
      emails: [],
      username: battletag,
      label: battletag,
    }
  },
}

function isChina(options: ProviderOptions): boolean {
  return textOption(options, 'region', 'us') === 'cn'
}

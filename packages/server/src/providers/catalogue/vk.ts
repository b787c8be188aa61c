import { joinNames, oneEmail, uidAt } from '../claims.ts'
import { at, textAt } from '../json.ts'
import type { OAuthProvider } from '../provider.ts'

/**
 * VK ID, which replaced oauth.vk.com; the ids of people stayed the same.
 * https://id.vk.com/about/business/go/docs/ru/vkid/latest/vk-id/connection/api-integration/api-description
 */
export const vk: OAuthProvider = {
  protocol: 'oauth2',
  id: 'vk',
  name: 'VK',
  scope: [],
  emailScope: ['email'],
  endpoints: () => ({
    authorization: 'https://id.vk.com/authorize',
    token: 'https://id.vk.com/oauth2/auth',
    profile: 'https://id.vk.com/oauth2/user_info',
  }),
  // A code can only be redeemed with the id of the device that it was made for.
  tokenParams: (callback) => ({
    device_id: callback.get('device_id') ?? '',
    state: callback.get('state') ?? '',
  }),
  fetchProfile: (api, { profile }) =>
    api.post(
      profile,
      new URLSearchParams({ client_id: api.clientId, access_token: api.accessToken }),
    ),
  readProfile(profile) {
    const user = at(profile, 'user')
    return {
      uid: uidAt(user, 'user_id'),
      // `verified` speaks of the account, not of the address.
      emails: oneEmail(textAt(user, 'email'), false),
      name: joinNames(textAt(user, 'first_name'), textAt(user, 'last_name')),
      givenName: textAt(user, 'first_name'),
    }
  },
}

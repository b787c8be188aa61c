import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { vk } from './vk.ts'

describe('vk', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://id.vk.com/about/business/go/docs/ru/vkid/latest/vk-id/connection/api-integration/api-description
    const user = {
      user_id: '1234567890',
      first_name: 'Ivan',
      last_name: 'I.',
      phone: '79991234567',
      avatar: 'https://pp.userapi.com/60tZWMo4SmwcploUVl9XEt8ufnTTvDUmQ6Bj1g/mmv1pcj63C4.png',
      email: 'ivan_i123@vk.com',
      sex: 2,
      verified: true,
      birthday: '01.01.2000',
    }
    assert.deepEqual(vk.readProfile({ user }, {}), {
      uid: '1234567890',
      emails: [{ email: 'ivan_i123@vk.com', isVerified: false, isPrimary: true }],
      name: 'Ivan I.',
      givenName: 'Ivan',
    })
  })

  it('reads a profile of only an id', () => {
    const { emails, name } = vk.readProfile({ user: { user_id: 1 } }, {})
    assert.deepEqual({ emails, name }, { emails: [], name: undefined })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => vk.readProfile({ error: 'access_denied' }, {}), /user_id/)
  })

  it('asks for tokens with the device that somebody came back from', () => {
    const callback = new URLSearchParams({ code: 'c', state: 's', device_id: 'd' })
    assert.deepEqual(vk.tokenParams?.(callback), { device_id: 'd', state: 's' })
  })

  it('asks for the profile with a form', async () => {
    const { api, asked } = fakeProvider({
      'https://id.vk.com/oauth2/user_info': { user: { user_id: '1' } },
    })
    const profile = await vk.fetchProfile?.(api, vk.endpoints({}))
    assert.deepEqual(profile, { user: { user_id: '1' } })
    assert.equal(String(asked[0]?.body), 'client_id=client&access_token=token')
  })
})

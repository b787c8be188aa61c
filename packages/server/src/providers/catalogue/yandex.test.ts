import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { yandex } from './yandex.ts'

describe('yandex', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://yandex.com/dev/id/doc/en/user-information
    const profile = {
      first_name: 'Ivan',
      last_name: 'Ivanov',
      display_name: 'ivan',
      emails: ['test@yandex.ru', 'other-test@yandex.ru'],
      default_email: 'test@yandex.ru',
      real_name: 'Ivan Ivanov',
      login: 'ivan',
      id: '1000034426',
      psuid: '1.AAceCw.tbHgw5DtJ9_zeqPrk-Ba2w.qPWSRC5v2t2IaksPJgnge',
    }
    assert.deepEqual(yandex.readProfile(profile, {}), {
      uid: '1000034426',
      emails: [{ email: 'test@yandex.ru', isVerified: false, isPrimary: true }],
      username: 'ivan',
      name: 'Ivan Ivanov',
      givenName: 'Ivan',
    })
  })

  it('takes the first address where none is the default', () => {
    const { emails } = yandex.readProfile({ id: '1', emails: ['test@yandex.ru'] }, {})
    assert.equal(emails[0]?.email, 'test@yandex.ru')
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => yandex.readProfile({ login: 'ivan' }, {}), /id/)
  })

  it('asks with the token in a scheme of its own', async () => {
    const { api, asked } = fakeProvider({ 'https://login.yandex.ru/info': {} })
    await yandex.fetchProfile?.(api, yandex.endpoints({}))
    assert.deepEqual(asked[0]?.headers, { authorization: 'OAuth token' })
  })
})

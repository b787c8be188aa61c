import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { vimeoOauth2 } from './vimeo-oauth2.ts'

describe('vimeo_oauth2', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developer.vimeo.com/api/reference/users#get_user
    const profile = {
      uri: '/users/152184',
      name: 'Vimeo Staff',
      link: 'https://vimeo.com/staff',
      account: 'basic',
    }
    assert.deepEqual(vimeoOauth2.readProfile(profile, {}), {
      uid: '152184',
      emails: [],
      name: 'Vimeo Staff',
    })
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => vimeoOauth2.readProfile({ name: 'Vimeo Staff' }, {}), /uri/)
    assert.throws(() => vimeoOauth2.readProfile({ uri: '/users/' }, {}), /uri/)
  })
})

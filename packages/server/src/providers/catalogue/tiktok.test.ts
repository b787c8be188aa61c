import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { tiktok } from './tiktok.ts'

describe('tiktok', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://developers.tiktok.com/doc/tiktok-api-v2-get-user-info
    const profile = {
      data: {
        user: {
          open_id: '723f24d7-e717-40f8-a2b6-cb8464cd23b4',
          display_name: 'Tik Toker',
          username: 'tiktoker',
        },
      },
      error: { code: 'ok', message: '', log_id: '20220829194722CBE87ED59D524E727021' },
    }
    assert.deepEqual(tiktok.readProfile(profile, {}), {
      uid: '723f24d7-e717-40f8-a2b6-cb8464cd23b4',
      emails: [],
      username: 'tiktoker',
      name: 'Tik Toker',
    })
  })

  it('refuses a profile without an id', () => {
    const profile = { data: {}, error: { code: 'scope_not_authorized' } }
    assert.throws(() => tiktok.readProfile(profile, {}), /open_id/)
  })
})

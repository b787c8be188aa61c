import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { battlenet } from './battlenet.ts'

// https://community.developer.battle.net/documentation/battle-net/oauth-apis
const profile = { sub: '12345', id: 12345, battletag: 'Example#12345' }

describe('battlenet', () => {
  it('reads a profile as the documentation shows it', () => {
    assert.deepEqual(battlenet.readProfile(profile, {}), {
      uid: '12345',
      emails: [],
      username: 'Example#12345',
      label: 'Example#12345',
    })
  })

  it('asks China elsewhere, and keeps its accounts apart', () => {
    const options = { region: 'cn' }
    assert.equal(battlenet.endpoints(options).profile, 'https://oauth.battlenet.com.cn/userinfo')
    assert.equal(battlenet.endpoints({ region: 'eu' }).profile, 'https://oauth.battle.net/userinfo')
    assert.equal(battlenet.readProfile(profile, options).uid, '12345-cn')
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => battlenet.readProfile({ battletag: 'Example#12345' }, {}), /id/)
  })
})

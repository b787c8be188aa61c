import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { fakeProvider } from '../testing/fake-provider.ts'
import { nextcloud } from './nextcloud.ts'

describe('nextcloud', () => {
  it('reads a profile as the documentation shows it', () => {
    // https://docs.nextcloud.com/server/latest/developer_manual/client_apis/OCS/ocs-api-overview.html
    const data = {
      id: 'frank',
      email: 'frank@example.org',
      'display-name': 'Frank K.',
      displayname: 'Frank K.',
      enabled: true,
      groups: ['group1'],
    }
    const profile = { ocs: { meta: { status: 'ok', statuscode: 200, message: 'OK' }, data } }
    assert.deepEqual(nextcloud.readProfile(profile, {}), {
      uid: 'frank',
      emails: [{ email: 'frank@example.org', isVerified: false, isPrimary: true }],
      username: 'frank',
      name: 'Frank K.',
    })
  })

  it('does without an address', () => {
    const profile = { ocs: { data: { id: 'frank', email: null } } }
    assert.deepEqual(nextcloud.readProfile(profile, {}).emails, [])
  })

  it('refuses a profile without an id', () => {
    assert.throws(() => nextcloud.readProfile({ ocs: { data: [] } }, {}), /id/)
  })

  it('has the addresses of the server that the settings name, and needs one', () => {
    const { authorization } = nextcloud.endpoints({ server: 'https://cloud.example.org/' })
    assert.equal(authorization, 'https://cloud.example.org/index.php/apps/oauth2/authorize')
    assert.equal(nextcloud.checkOptions?.({ server: 'https://cloud.example.org' }), undefined)
    assert.equal(nextcloud.checkOptions?.({}), 'server: expected an address')
  })

  it('asks with the header that Nextcloud wants', async () => {
    const endpoints = nextcloud.endpoints({ server: 'https://cloud.example.org' })
    const { api, asked } = fakeProvider({ 'https://cloud.example.org/ocs/v2.php/cloud/user': {} })
    await nextcloud.fetchProfile?.(api, endpoints)
    assert.deepEqual(asked[0]?.headers, { 'ocs-apirequest': 'true' })
  })
})

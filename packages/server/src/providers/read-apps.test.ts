import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { loadSettings } from '../settings/load.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { catalogue } from './catalogue.ts'
import { readApps } from './read-apps.ts'

function idsOf(providers: object): string[] {
  const overrides = {
    SECRET_KEY: 'a secret that only the tests know, long enough',
    SOCIALACCOUNT_PROVIDERS: providers,
  }
  return readApps(loadSettings({ overrides }).settings, catalogue).map(({ id }) => id)
}

function appAt(provider_id: string, client_id: string, server_url: string) {
  return { provider_id, client_id, settings: { server_url } }
}

describe('the apps of the settings', () => {
  it('may be several at one issuer', () => {
    const APPS = ['web', 'ios'].map((it) => appAt('idp', it, 'https://idp.example.org'))
    assert.deepEqual(idsOf({ openid_connect: { APPS } }), ['idp', 'idp'])
  })

  it('have an id for each issuer, since accounts are kept by it', () => {
    const APPS = [
      appAt('idp', 'web', 'https://idp.example.org'),
      appAt('idp', 'ios', 'https://other.example.org'),
    ]
    assert.throws(() => idsOf({ openid_connect: { APPS } }), SettingsError)
    const google = { APP: { client_id: 'web' } }
    const named = { APPS: [appAt('google', 'other', 'https://idp.example.org')] }
    assert.throws(() => idsOf({ google, openid_connect: named }), SettingsError)
  })
})

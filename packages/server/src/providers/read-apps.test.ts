import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { loadSettings } from '../settings/load.ts'
import { SettingsError } from '../settings/settings-error.ts'
import type { App } from './app.ts'
import { catalogue } from './catalogue.ts'
import { readApps } from './read-apps.ts'

const issuer = { server_url: 'https://id.example.org' }
const acme = { provider_id: 'acme', client_id: 'a', settings: issuer }
const google = { client_id: 'g' }

function read(providers: object, others: object = {}): App[] {
  const overrides = { SECRET_KEY: 'x'.repeat(40), SOCIALACCOUNT_PROVIDERS: providers, ...others }
  return readApps(loadSettings({ overrides }).settings, catalogue)
}

/** What is wrong with the setting, without its name. */
function problemsOf(providers: object): string[] {
  try {
    read(providers)
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    return error.problems.map((it) => it.replace(/^SOCIALACCOUNT_PROVIDERS[.:]\s*/, ''))
  }
  return []
}

function readOne(providers: object, others: object = {}): App {
  const [app, ...more] = read(providers, others)
  assert.ok(app)
  assert.deepEqual(more, [])
  return app
}

describe('a mistake in SOCIALACCOUNT_PROVIDERS', () => {
  it.each([
    ['an unknown provider', { gogle: { APP: google } }, 'there is no provider "gogle"'],
    ['no object', { google: [google] }, 'google: expected an object'],
    ['no list of apps', { google: { APPS: google } }, 'google.APPS: expected a list'],
    [
      'no list of servers',
      { openid_connect: { SERVERS: {} } },
      'openid_connect.SERVERS: expected a list',
    ],
    [
      'no client_id',
      { google: { APPS: [google, {}] } },
      'google.APPS[1].client_id: expected what the provider calls this application',
    ],
    [
      'a secret that is no text',
      { google: { APP: { ...google, secret: {} } } },
      'google.APP.secret: expected text',
    ],
    [
      'no provider_id',
      { openid_connect: { APPS: [{ ...acme, provider_id: undefined }] } },
      'openid_connect.APPS[0].provider_id: expected letters, digits, dots or dashes',
    ],
    [
      'a provider_id that no path takes',
      { openid_connect: { APPS: [{ ...acme, provider_id: '../acme' }] } },
      'openid_connect.APPS[0].provider_id: expected letters, digits, dots or dashes',
    ],
    [
      'no server_url',
      { openid_connect: { APPS: [{ ...acme, settings: {} }] } },
      'openid_connect.APPS[0]: server_url: expected an address',
    ],
    [
      'a server_url that is no address',
      { openid_connect: { APPS: [{ ...acme, settings: { server_url: 'acme' } }] } },
      'openid_connect.APPS[0]: server_url: expected an address',
    ],
    [
      'an unknown way to authenticate',
      {
        openid_connect: { APPS: [{ ...acme, settings: { ...issuer, token_auth_method: 'tls' } }] },
      },
      'openid_connect.APPS[0]: token_auth_method: expected client_secret_post or client_secret_basic',
    ],
    [
      'a scope that is none',
      { google: { SCOPE: 5, APP: google } },
      'google.APP: scope: expected a list of texts',
    ],
    [
      'scopes that are none',
      { google: { SCOPE: [5], APP: google } },
      'google.APP: scope: expected a list of texts',
    ],
    [
      'params that are none',
      { google: { AUTH_PARAMS: 'a', APP: google } },
      'google.APP: auth_params: expected an object',
    ],
    [
      'params that no address takes',
      { google: { AUTH_PARAMS: { claims: {} }, APP: google } },
      'google.APP: auth_params: expected texts',
    ],
    [
      'a switch that is neither on nor off',
      { google: { EMAIL_AUTHENTICATION: 'false', APP: google } },
      'google.APP: email_authentication: expected true or false',
    ],
    [
      'domains that are none',
      { google: { VERIFIED_EMAIL: 5, APP: google } },
      'google.APP: verified_email: expected a list of texts',
    ],
    [
      'two apps in one',
      { google: { APP: google, APPS: [google] } },
      'two apps of "google" have the same client_id',
    ],
    [
      'two apps that share one of their ids',
      { apple: { APPS: [{ client_id: 'a,b' }, { client_id: 'b' }] } },
      'two apps of "apple" have the same client_id',
    ],
    [
      'two issuers with one name',
      {
        openid_connect: {
          APPS: [
            acme,
            { ...acme, client_id: 'b', settings: { server_url: 'https://other.example.org' } },
          ],
        },
      },
      'two providers are called "acme"',
    ],
    [
      'an issuer with the name of a provider',
      { google: { APP: google }, openid_connect: { APP: { ...acme, provider_id: 'google' } } },
      'two providers are called "google"',
    ],
    [
      'two servers of one kind',
      {
        gitlab: {
          APPS: [google, { client_id: 'h', settings: { gitlab_url: 'https://git.example.org' } }],
        },
      },
      'two providers are called "gitlab"',
    ],
  ])('%s is named', (_, providers, problem) => {
    assert.deepEqual(problemsOf(providers), [problem])
  })

  it('is named with all others', () => {
    assert.deepEqual(problemsOf({ gogle: {}, google: { APPS: [{}, null] }, github: 5 }), [
      'there is no provider "gogle"',
      'google.APPS[0].client_id: expected what the provider calls this application',
      'google.APPS[1]: expected an object',
      'google.APPS[1].client_id: expected what the provider calls this application',
      'github: expected an object',
    ])
  })

  it.each([
    ['an app that is none', 'g', 'google.APP: expected an object'],
    ['a client_id that is no text', { client_id: 5 }, 'google.APP.client_id: expected text'],
  ])('%s is named, and that there is no client_id', (_, APP, problem) => {
    const missing = 'google.APP.client_id: expected what the provider calls this application'
    assert.deepEqual(problemsOf({ google: { APP } }), [problem, missing])
  })

  it('names no secret', () => {
    const secrets = { secret: ['hidden'], key: { hidden: 1 } }
    const problems = problemsOf({ google: { APP: { ...google, ...secrets } } })
    assert.equal(problems.length, 2)
    assert.doesNotMatch(problems.join(), /hidden/)
  })
})

describe('the apps of SOCIALACCOUNT_PROVIDERS', () => {
  it('come in their order, APP before APPS', () => {
    const apps = read({
      github: { APPS: [{ client_id: '1' }, { client_id: '2' }] },
      google: { APP: { client_id: '3' }, APPS: [{ client_id: '4' }] },
    })
    assert.deepEqual(
      apps.map(({ id, clientId }) => `${id} ${clientId}`),
      ['github 1', 'github 2', 'google 3', 'google 4'],
    )
  })

  it('are none where a provider has none', () => {
    assert.deepEqual(read({}), [])
    assert.deepEqual(read({ google: { SCOPE: ['email'] } }), [])
  })

  it('have what is said of them', () => {
    const app = readOne({ google: { APP: { client_id: ' g ', secret: ' s ', key: 'k' } } })
    const { id, name, clientId, secret, key, audiences, isHidden, usesPkce } = app
    assert.deepEqual(
      { id, name, clientId, secret, key, audiences, isHidden, usesPkce },
      {
        id: 'google',
        name: 'Google',
        clientId: 'g',
        secret: 's',
        key: 'k',
        audiences: ['g'],
        isHidden: false,
        usesPkce: true,
      },
    )
  })

  it('have names of their own where any issuer will do', () => {
    const named = { ...acme, name: 'Acme Inc.' }
    assert.equal(readOne({ openid_connect: { APPS: [named] } }).name, 'Acme Inc.')
    const unnamed = readOne({ openid_connect: { APPS: [acme] } })
    assert.deepEqual([unnamed.id, unnamed.name], ['acme', 'acme'])
  })

  it('can be several of one issuer', () => {
    const apps = read({ openid_connect: { APPS: [acme, { ...acme, client_id: 'b' }] } })
    assert.deepEqual(
      apps.map(({ clientId }) => clientId),
      ['a', 'b'],
    )
  })

  it('can be listed as SERVERS', () => {
    const server = { id: 'acme', name: 'Acme', ...issuer, token_auth_method: 'client_secret_basic' }
    const APP = { client_id: 'a', secret: 's' }
    const app = readOne({ openid_connect: { SERVERS: [{ ...server, APP }] } })
    assert.deepEqual([app.id, app.name, app.clientId, app.secret], ['acme', 'Acme', 'a', 's'])
    assert.equal(app.options.server_url, issuer.server_url)
    assert.equal(app.options.token_auth_method, 'client_secret_basic')
    assert.deepEqual(problemsOf({ openid_connect: { SERVERS: [server] } }), [
      'openid_connect.SERVERS[0].client_id: expected what the provider calls this application',
    ])
  })

  it('have several client ids where one has several platforms', () => {
    const app = readOne({ apple: { APP: { client_id: 'web, ,app,' } } })
    assert.equal(app.clientId, 'web')
    assert.deepEqual(app.audiences, ['web', 'app'])
    assert.deepEqual(readOne({ google: { APP: { client_id: 'a,b' } } }).audiences, ['a,b'])
  })
})

describe('an option of SOCIALACCOUNT_PROVIDERS', () => {
  it('is that of the app before that of the provider', () => {
    const settings = { scope: ['own'], gitlab_url: 'https://own.example.org' }
    const shared = { SCOPE: ['shared'], GITLAB_URL: 'https://shared.example.org', OTHER: 1 }
    const { scope, options } = readOne({ gitlab: { ...shared, APP: { client_id: 'g', settings } } })
    assert.deepEqual(scope, ['own'])
    assert.equal(options.gitlab_url, 'https://own.example.org')
    assert.equal(options.other, 1)
    assert.equal(options.app, undefined)
  })

  it('replaces scopes, by a list or by text', () => {
    const scopeOf = (SCOPE: unknown) => readOne({ google: { SCOPE, APP: google } }).scope
    assert.deepEqual(scopeOf(['openid', 'a b']), ['openid', 'a b'])
    assert.deepEqual(scopeOf('openid email,other'), ['openid', 'email', 'other'])
    assert.deepEqual(scopeOf([]), [])
  })

  it('adds parameters, as text', () => {
    const AUTH_PARAMS = { hd: 'example.org', max_age: 60, include: true }
    const { authParams } = readOne({ google: { AUTH_PARAMS, APP: google } })
    assert.deepEqual(authParams, { hd: 'example.org', max_age: '60', include: 'true' })
  })

  it('switches PKCE off, hides an app, and trusts addresses', () => {
    const settings = { oauth_pkce_enabled: false, hidden: true }
    const app = readOne({ google: { VERIFIED_EMAIL: true, APP: { ...google, settings } } })
    assert.equal(app.usesPkce, false)
    assert.equal(app.isHidden, true)
    assert.equal(app.verifiedEmail, true)
    const some = readOne({ google: { VERIFIED_EMAIL: ['example.org'], APP: google } })
    assert.deepEqual(some.verifiedEmail, ['example.org'])
    assert.equal(readOne({ google: { VERIFIED_EMAIL: false, APP: google } }).verifiedEmail, false)
  })

  it('goes before the setting for all providers', () => {
    const all = { SOCIALACCOUNT_EMAIL_AUTHENTICATION: true }
    const isOn = (own: object) => readOne({ google: { ...own, APP: google } }, all)
    assert.equal(isOn({}).emailAuthentication, true)
    assert.equal(isOn({ EMAIL_AUTHENTICATION: false }).emailAuthentication, false)
    assert.equal(readOne({ google: { APP: google } }).emailAuthentication, false)
  })
})

describe('SOCIALACCOUNT_QUERY_EMAIL', () => {
  it('asks for the address where that is a scope of its own', () => {
    const scopeOf = (isOn: boolean, own: object = {}) =>
      readOne({ github: { ...own, APP: google } }, { SOCIALACCOUNT_QUERY_EMAIL: isOn }).scope
    const [extra, ...others] = scopeOf(true).filter((it) => !scopeOf(false).includes(it))
    assert.equal(extra, 'user:email')
    assert.deepEqual(others, [])
    assert.deepEqual(scopeOf(true, { SCOPE: ['repo'] }), ['repo'])
  })
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, it } from 'vitest'
import { routes } from '../app.ts'
import { routeTable } from '../http/route.ts'
import { loadSettings } from '../settings/load.ts'
import { conditions } from './conditions.ts'
import { parseContract } from './contract.ts'
import { codes } from './error-codes.ts'
import { type JsonObject, listAt, objectAt, rebuild, textAt } from './json.ts'
import { narrow } from './narrow.ts'
import { operationsOf } from './operations.ts'
import { rewrites } from './rewrites.ts'
import { patternOf, sentences } from './sentences.ts'

let whole: JsonObject

beforeAll(async () => {
  whole = await parseContract()
})

function under(overrides: object): JsonObject {
  const { settings } = loadSettings({ overrides })
  return narrow(whole, { settings, api: routeTable(routes, settings) })
}

function schema(document: JsonObject, name: string): JsonObject {
  return objectAt(objectAt(objectAt(document, 'components'), 'schemas'), name)
}

function members(document: JsonObject, name: string): string[] {
  return Object.keys(objectAt(schema(document, name), 'properties'))
}

function withProviders(ids: readonly string[]): object {
  const apps = ids.map((id) => [id, { APP: { client_id: 'latchkey-web' } }])
  return { SOCIALACCOUNT_PROVIDERS: Object.fromEntries(apps) }
}

function codesOf(document: JsonObject): readonly unknown[] {
  const error = objectAt(schema(document, 'ApiError'), 'properties')
  return listAt(objectAt(error, 'code'), 'examples')
}

function names(document: JsonObject): string[] {
  return operationsOf(document).map(({ operation }) => textAt(operation, 'operationId'))
}

describe('the contract under settings', () => {
  it('lacks the operations of what is off, and their tags', () => {
    const document = under({ INSTALLED_APPS: [] })
    const tags = listAt(document, 'tags').map((tag) => textAt(tag, 'name'))
    for (const tag of ['Authenticators', 'Second factor', 'Passkeys', 'Sessions', 'Providers']) {
      assert.equal(tags.includes(tag), false, tag)
    }
    assert.equal(names(document).includes('logIn'), true)
    assert.equal(names(document).includes('listAuthenticators'), false)
    assert.deepEqual(members(document, 'Configuration'), ['account'])
  })

  it('has both kinds of client in one path, or the one that is left', () => {
    const both = Object.keys(objectAt(under({}), 'paths'))
    assert.ok(both.includes('/_allauth/{client}/v1/config'))
    const app = under({ HEADLESS_CLIENTS: ['app'], MFA_TRUST_ENABLED: true })
    assert.ok(
      Object.keys(objectAt(app, 'paths')).every((it) =>
        /^\/_(allauth|latchkey)\/app\/v1\//.test(it),
      ),
    )
    assert.equal(names(app).includes('trustBrowser'), false)
    assert.equal(JSON.stringify(app).includes('X-Session-Token'), true)
    assert.doesNotMatch(textAt(objectAt(app, 'info'), 'description'), /CSRF|Origin|browser/)
    const browser = under({ HEADLESS_CLIENTS: ['browser'], MFA_TRUST_ENABLED: true })
    assert.ok(names(browser).includes('trustBrowser'))
    assert.doesNotMatch(JSON.stringify(browser), /X-Session-Token|session_token|"410"/)
    assert.match(textAt(objectAt(browser, 'info'), 'description'), /CSRF/)
  })

  it('asks at login for what users log in by', () => {
    const byEmail = schema(under({}), 'Login')
    assert.deepEqual(Object.keys(objectAt(byEmail, 'properties')), ['password', 'email'])
    assert.deepEqual(byEmail.required, ['password', 'email'])
    const byTwo = under({ ACCOUNT_LOGIN_METHODS: ['username', 'phone'] })
    const [, alternatives] = listAt(schema(byTwo, 'Login'), 'allOf')
    const required = listAt(alternatives, 'anyOf').map((it) => listAt(it, 'required'))
    assert.deepEqual(required, [['username'], ['phone']])
    assert.deepEqual(schema(byTwo, 'LoginMethod').enum, ['phone', 'username'])
  })

  it('asks at signup for what the settings ask for', () => {
    const document = under({
      ACCOUNT_SIGNUP_FIELDS: ['email*', 'email2*', 'username', 'password1'],
    })
    assert.deepEqual(members(document, 'SignupFields'), ['email', 'username'])
    assert.deepEqual(schema(document, 'SignupFields').required, ['email'])
    const [, own] = listAt(schema(document, 'Signup'), 'allOf')
    assert.deepEqual(Object.keys(objectAt(own as JsonObject, 'properties')), ['email2', 'password'])
    assert.deepEqual(listAt(own, 'required'), ['email2'])
  })

  it('asks for an address or a number for a code, as login does', () => {
    const table: [string[], string[]][] = [
      [['email'], ['email']],
      [['username'], ['email']],
      [['phone'], ['phone']],
    ]
    for (const [methods, expected] of table) {
      const document = under({
        ACCOUNT_LOGIN_METHODS: methods,
        ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
      })
      assert.deepEqual(members(document, 'RequestLoginCode'), expected)
    }
    const settings = {
      ACCOUNT_LOGIN_METHODS: ['email', 'phone'],
      ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
    }
    assert.equal(listAt(schema(under(settings), 'RequestLoginCode'), 'anyOf').length, 2)
  })

  it('lists the flows and factors that can occur', () => {
    const plain = under({ INSTALLED_APPS: [], HOOK_SIGNUP_OPEN: false })
    assert.deepEqual(schema(plain, 'FlowId').enum, ['login', 'login_by_code', 'reauthenticate'])
    const document = under({
      MFA_SUPPORTED_TYPES: ['webauthn'],
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
    })
    assert.deepEqual(schema(document, 'AuthenticatorType').enum, ['webauthn'])
    assert.ok(listAt(schema(document, 'FlowId'), 'enum').includes('verify_email'))
    assert.equal(members(document, 'TotpAuthenticator').length, 0)
  })

  it('lists the ways to providers that the apps of the settings have', () => {
    const table: [string[], string[]][] = [
      [[], []],
      [['github'], ['provider_redirect', 'provider_signup']],
      [['google'], ['provider_redirect', 'provider_signup', 'provider_token']],
    ]
    for (const [ids, expected] of table) {
      const flows = listAt(schema(under(withProviders(ids)), 'FlowId'), 'enum')
      assert.deepEqual(
        flows.filter((it) => String(it).startsWith('provider_')),
        expected,
      )
    }
    const app = under({ ...withProviders(['google']), HEADLESS_CLIENTS: ['app'] })
    assert.equal(listAt(schema(app, 'FlowId'), 'enum').includes('provider_redirect'), false)
    assert.equal(names(app).includes('redirectToProvider'), false)
    assert.ok(names(app).includes('redeemProviderCode'))
    const hidden = { client_id: 'c', settings: { hidden: true } }
    const alone = under({ SOCIALACCOUNT_PROVIDERS: { google: { APP: hidden } } })
    assert.ok(listAt(schema(alone, 'FlowId'), 'enum').includes('provider_token'))
  })

  it('says what is wrong with an address and a number where a code can go to both', () => {
    const canBe = (settings: object) => codesOf(under(settings)).includes('select_only_one')
    const ACCOUNT_SIGNUP_FIELDS = ['email', 'phone', 'password1*']
    const byBoth = { ACCOUNT_SIGNUP_FIELDS, ACCOUNT_LOGIN_METHODS: ['email', 'phone'] }
    assert.equal(canBe({ ...byBoth, ACCOUNT_LOGIN_BY_CODE_ENABLED: true }), true)
    assert.equal(canBe(byBoth), false)
    assert.equal(canBe({ ACCOUNT_LOGIN_BY_CODE_ENABLED: true }), false)
  })

  it('says one thing of the last account where providers are the only way in', () => {
    const ofLast = (settings: object) =>
      ['disconnect_last', 'no_password'].filter((it) =>
        codesOf(under({ ...withProviders(['google']), ...settings })).includes(it),
      )
    assert.deepEqual(ofLast({}), ['no_password'])
    const only = { SOCIALACCOUNT_ONLY: true, ACCOUNT_EMAIL_VERIFICATION: 'none' }
    assert.deepEqual(ofLast(only), ['disconnect_last'])
  })

  it('has the codes of refused tokens where the apps of the settings take any', () => {
    const codesUnder = (ids: string[]) => codesOf(under(withProviders(ids)))
    assert.ok(codesUnder(['google']).includes('token_required'))
    assert.equal(codesUnder(['google']).includes('token_authentication_not_supported'), false)
    assert.ok(codesUnder(['github']).includes('token_authentication_not_supported'))
    assert.equal(codesUnder(['github']).includes('token_required'), false)
    assert.ok(codesUnder([]).includes('invalid_token'))
  })

  it('asks who comes from a provider for what the settings ask for, and no password', () => {
    const optional = { SOCIALACCOUNT_EMAIL_REQUIRED: false }
    const fields = { ACCOUNT_SIGNUP_FIELDS: ['username*', 'password1*'] }
    assert.deepEqual(schema(under(withProviders(['github'])), 'ProviderSignup').required, ['email'])
    const document = under({ ...withProviders(['github']), ...optional, ...fields })
    assert.deepEqual(members(document, 'ProviderSignup'), ['email', 'username'])
    assert.deepEqual(schema(document, 'ProviderSignup').required, ['username'])
  })

  it('speaks of proving presence again at a provider where that is on', () => {
    const off = under(withProviders(['google']))
    assert.deepEqual(schema(off, 'RedirectProcess').enum, ['login', 'connect'])
    assert.equal(members(off, 'ProviderMethod').includes('reauthenticated'), false)
    const on = under({
      ...withProviders(['google']),
      SOCIALACCOUNT_REAUTHENTICATION_ENABLED: true,
    })
    assert.ok(listAt(schema(on, 'RedirectProcess'), 'enum').includes('reauthenticate'))
    assert.ok(members(on, 'ProviderMethod').includes('reauthenticated'))
  })

  it('tells of each operation who may call it', () => {
    const audiences = operationsOf(under({})).map(({ operation }) => [
      operation.operationId,
      operation['x-latchkey-audience'],
    ])
    const byName = Object.fromEntries(audiences)
    assert.equal(byName.logIn, 'anyone')
    assert.equal(byName.listEmailAddresses, 'user')
  })

  it('reveals no address, key, name or number of the settings', () => {
    const document = under({
      SECRET_KEY: 'the-secret-key-of-this-server-0123456789',
      PUBLIC_URL: 'https://auth.internal.test',
      HEADLESS_FRONTEND_URLS: { account_signup: 'https://app.internal.test/signup' },
      SMTP_URL: 'smtp://mail.internal.test',
      SITE_NAME: 'Internal Site',
      SESSION_COOKIE_NAME: 'internal-cookie',
      MFA_WEBAUTHN_RP_ID: 'internal.test',
    })
    assert.doesNotMatch(JSON.stringify(document), /internal|the-secret/i)
  })

  it('stays as it was itself', () => {
    const before = JSON.stringify(whole)
    under({ HEADLESS_CLIENTS: ['app'] })
    assert.equal(JSON.stringify(whole), before)
  })
})

// A rule for what the contract calls otherwise by now would do nothing, and nobody would notice.
describe('the rules', () => {
  it('name parts that the contract has', () => {
    const places = new Set<string>()
    rebuild(whole, (part, place) => {
      places.add(place)
      return part
    })
    const parts = conditions.flatMap((it) => it.parts.map((part) => `/components/${part}`))
    const rewritten = Object.keys(rewrites).map((name) => `/components/schemas/${name}`)
    assert.deepEqual(
      [...parts, ...rewritten].filter((place) => !places.has(place)),
      [],
    )
  })

  it('name operations that the contract has', () => {
    const source = ['facts', 'flows', 'conditions', 'error-codes'].map((file) =>
      readFileSync(new URL(`${file}.ts`, import.meta.url), 'utf8'),
    )
    const named = source.flatMap((text) => [...text.matchAll(/serves\('(\w+)'\)/g)])
    assert.ok(named.length > 10)
    const known = names(whole)
    assert.deepEqual(
      named.map(([, name = '']) => name).filter((name) => !known.includes(name)),
      [],
    )
  })

  it('name codes of errors that the contract has', () => {
    const code = objectAt(objectAt(schema(whole, 'ApiError'), 'properties'), 'code')
    const known = listAt(code, 'examples')
    assert.deepEqual(
      Object.keys(codes).filter((it) => !known.includes(it)),
      [],
    )
  })

  it('name sentences that the contract has', () => {
    const text = JSON.stringify(whole).replaceAll('\\n', ' ')
    for (const { text: words } of sentences) assert.match(text, patternOf(words))
  })
})

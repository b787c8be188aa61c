import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { beforeAll, describe, it } from 'vitest'
import { routes } from '../app.ts'
import { routeTable } from '../http/route.ts'
import { loadSettings } from '../settings/load.ts'
import type { Settings } from '../settings/settings.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { parseContract } from './contract.ts'
import { isJsonObject, type Json, type JsonObject, listAt, objectAt, textAt } from './json.ts'
import { narrow } from './narrow.ts'
import { operationsOf } from './operations.ts'
import { referencePage } from './page/page.ts'
import { referencesIn, resolve } from './unused.ts'

let whole: JsonObject

beforeAll(async () => {
  whole = await parseContract()
})

const field = (name: string) => fc.constantFrom(null, name, `${name}*`)

const anySettings = fc.record(
  {
    HEADLESS_CLIENTS: fc.constantFrom(['app'], ['browser'], ['app', 'browser']),
    INSTALLED_APPS: fc.subarray(['allauth.socialaccount', 'allauth.mfa', 'allauth.usersessions']),
    SOCIALACCOUNT_ONLY: fc.boolean(),
    SOCIALACCOUNT_EMAIL_REQUIRED: fc.boolean(),
    SOCIALACCOUNT_PROVIDERS: fc
      .subarray(['github', 'google'])
      .map((ids) => Object.fromEntries(ids.map((id) => [id, { APP: { client_id: 'c' } }]))),
    SOCIALACCOUNT_REAUTHENTICATION_ENABLED: fc.boolean(),
    HOOK_SIGNUP_OPEN: fc.boolean(),
    ACCOUNT_LOGIN_METHODS: fc.subarray(['email', 'username', 'phone'], { minLength: 1 }),
    ACCOUNT_SIGNUP_FIELDS: fc
      .tuple(...['email', 'email2', 'username', 'phone', 'password1'].map(field))
      .map((fields) => fields.filter((it) => it !== null)),
    ACCOUNT_USER_MODEL_USERNAME_FIELD: fc.constantFrom(null, 'username'),
    ACCOUNT_EMAIL_VERIFICATION: fc.constantFrom('mandatory', 'optional', 'none'),
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: fc.boolean(),
    ACCOUNT_LOGIN_BY_CODE_ENABLED: fc.boolean(),
    ACCOUNT_LOGIN_BY_CODE_REQUIRED: fc.boolean(),
    ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED: fc.boolean(),
    ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: fc.boolean(),
    ACCOUNT_PHONE_VERIFICATION_ENABLED: fc.boolean(),
    MFA_SUPPORTED_TYPES: fc.subarray(['totp', 'recovery_codes', 'webauthn']),
    MFA_PASSKEY_LOGIN_ENABLED: fc.boolean(),
    MFA_PASSKEY_SIGNUP_ENABLED: fc.boolean(),
    MFA_TRUST_ENABLED: fc.boolean(),
    USERSESSIONS_TRACK_ACTIVITY: fc.boolean(),
  },
  { requiredKeys: [] },
)

/** What a server is like under settings that can be started with; null under any others. */
function shapeOf(
  overrides: object,
): { settings: Settings; api: ReturnType<typeof routeTable> } | null {
  try {
    const { settings } = loadSettings({ overrides })
    return { settings, api: routeTable(routes, settings) }
  } catch (error) {
    if (error instanceof SettingsError) return null
    throw error
  }
}

function checkAll(
  check: (document: JsonObject, shape: NonNullable<ReturnType<typeof shapeOf>>) => void,
  numRuns = 25,
): void {
  const property = fc.property(anySettings, (overrides) => {
    const shape = shapeOf(overrides)
    fc.pre(shape !== null)
    check(narrow(whole, shape), shape)
  })
  fc.assert(property, { numRuns })
}

describe('the contract narrowed to any settings', () => {
  it('has what is served and nothing else', () => {
    checkAll((document, { settings, api }) => {
      const served = [...api].flatMap(([path, { byMethod }]) =>
        [...byMethod.keys()].filter((it) => it !== 'HEAD').map((method) => `${method} ${path}`),
      )
      const described = operationsOf(document).flatMap(({ path, method }) =>
        settings.headless.clients
          .filter((client) => path.includes('{client}') || path.includes(`/${client}/`))
          .map((client) => `${method.toUpperCase()} ${path.replace('{client}', client)}`),
      )
      // Answers 409 instead of 405, as the API has it; no operation of the contract.
      const expected = served.filter((it) => !/^GET .*auth\/code\/confirm$/.test(it))
      assert.deepEqual(described.sort(), expected.sort())
    })
  })

  it('refers to all that it has and has all that it refers to', () => {
    checkAll((document) => {
      const used = new Set(referencesIn(document))
      for (const reference of used) assert.ok(resolve(document, reference), reference)
      const components = Object.entries(objectAt(document, 'components')).flatMap(
        ([kind, members]) =>
          Object.keys(isJsonObject(members) ? members : {}).map(
            (name) => `#/components/${kind}/${name}`,
          ),
      )
      assert.deepEqual(
        components.filter((it) => !used.has(it)),
        [],
      )
      const tags = listAt(document, 'tags').map((tag) => textAt(tag, 'name'))
      const usedTags = operationsOf(document).flatMap(({ operation }) => listAt(operation, 'tags'))
      assert.deepEqual([...new Set(usedTags)].sort(), [...tags].sort())
    })
  })

  it('has schemas that are valid, and examples that fit them', () => {
    checkAll((document) => {
      const ajv = new Ajv2020({ allowUnionTypes: true, strictRequired: true })
      addFormats.default(ajv)
      ajv.addVocabulary(Object.keys(document))
      ajv.addSchema(document, 'openapi')
      for (const name of Object.keys(objectAt(objectAt(document, 'components'), 'schemas'))) {
        ajv.compile({ $ref: `openapi#/components/schemas/${name}` })
      }
      const responses = objectAt(objectAt(document, 'components'), 'responses')
      for (const [name, response] of Object.entries(responses)) {
        const content = objectAt(objectAt(response, 'content'), 'application/json')
        const pointer = `openapi#/components/responses/${name}/content/application~1json/schema`
        for (const example of Object.values(objectAt(content, 'examples'))) {
          const validate = ajv.compile({ $ref: pointer })
          const isFitting = validate(isJsonObject(example) ? example.value : undefined)
          assert.ok(isFitting, `${name}: ${JSON.stringify(validate.errors)}`)
        }
      }
    }, 8)
  })

  it('says nothing that is empty, planned or of a client that may not call', () => {
    checkAll((document, { settings }) => {
      assert.deepEqual(emptyParts(document), [])
      const text = JSON.stringify(document)
      assert.equal(text.includes('planned'), false)
      const { clients } = settings.headless
      if (clients.length === 1) assert.equal(text.includes('{client}'), false)
      if (!clients.includes('app')) assert.doesNotMatch(text, /session[-_]token|\/app\/|410/i)
      if (!clients.includes('browser')) assert.doesNotMatch(text, /csrf|\/browser\/|cookie\b/i)
    })
  })

  it('becomes a page with every operation and without a link that leads nowhere', () => {
    checkAll((document) => {
      const page = referencePage(document)
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
      assert.equal(new Set(ids).size, ids.length)
      const targets = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id)
      assert.deepEqual(
        targets.filter((it) => !ids.includes(it)),
        [],
      )
      for (const { operation } of operationsOf(document)) {
        assert.ok(ids.includes(textAt(operation, 'operationId')))
      }
    }, 8)
  })
})

/** The places of lists, objects and texts that have nothing in them. */
function emptyParts(value: Json, place = ''): string[] {
  if (value === '') return [place]
  if (typeof value !== 'object' || value === null) return []
  const members = Object.entries(value)
  if (members.length === 0) return [place]
  return members.flatMap(([name, it]) => emptyParts(it, `${place}/${name}`))
}

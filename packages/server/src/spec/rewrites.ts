import type { FieldUse } from '../settings/signup-fields.ts'
import { authenticatorTypes } from './conditions.ts'
import { isPossibleCode } from './error-codes.ts'
import type { Facts } from './facts.ts'
import { possibleFlows } from './flows.ts'
import { isJsonObject, type Json, type JsonObject, listAt, objectAt } from './json.ts'

/** What the settings make of a schema. */
type Rewrite = (schema: JsonObject, facts: Facts) => JsonObject

/** The schemas that follow the settings, by name. */
export const rewrites: Readonly<Record<string, Rewrite>> = {
  FlowId: (schema, facts) => withEnum(schema, possibleFlows(facts)),
  LoginMethod: (schema, { settings }) => withEnum(schema, settings.account.loginMethods),
  AuthenticatorType: (schema, facts) => withEnum(schema, authenticatorTypes(facts)),

  ApiError(schema, facts) {
    const properties = objectAt(schema, 'properties')
    const code = objectAt(properties, 'code')
    const examples = listAt(code, 'examples').filter((it) => isPossibleCode(String(it), facts))
    return { ...schema, properties: { ...properties, code: { ...code, examples } } }
  },

  SignupFields(schema, { settings }) {
    const { email, phone, username } = settings.account.signupFields
    return withFields(schema, { email, phone, username })
  },

  Signup(schema, { settings }) {
    const { email2, password1 } = settings.account.signupFields
    const uses = { email2, password: password1 }
    const parts = listAt(schema, 'allOf')
    return { ...schema, allOf: parts.map((it) => (hasMembers(it) ? withFields(it, uses) : it)) }
  },

  ProviderSignup(schema, { settings: { account, socialaccount } }) {
    const { email2, phone, username } = account.signupFields
    const email = socialaccount.emailRequired ? 'required' : 'optional'
    return withFields(schema, { email, email2, phone, username })
  },

  RedirectProcess(schema, { settings }) {
    const { reauthenticationEnabled } = settings.socialaccount
    return withEnum(schema, [
      'login',
      'connect',
      ...(reauthenticationEnabled ? ['reauthenticate'] : []),
    ])
  },

  Login(schema, { settings }) {
    const parts = listAt(schema, 'allOf').filter(isJsonObject)
    const methods = settings.account.loginMethods
    return { ...schema, allOf: parts.map((it) => withAlternatives(it, methods)) }
  },

  RequestLoginCode(schema, { settings }) {
    const { loginMethods } = settings.account
    // By phone only where people log in by phone, by mail wherever they log in by anything else.
    const ways = loginMethods.map((method) => (method === 'phone' ? 'phone' : 'email'))
    return withAlternatives(schema, ways)
  },
}

/** A schema with the values that remain, in its order. */
function withEnum(schema: JsonObject, values: readonly string[]): JsonObject {
  return {
    ...schema,
    enum: listAt(schema, 'enum').filter((it) => values.some((value) => value === it)),
  }
}

function hasMembers(schema: Json): schema is JsonObject {
  return isJsonObject(schema) && isJsonObject(schema.properties)
}

/** An object schema with the members that are asked for. */
function withFields(schema: JsonObject, uses: Readonly<Record<string, FieldUse>>): JsonObject {
  const properties = Object.entries(objectAt(schema, 'properties'))
  const asked = properties.filter(([name]) => uses[name] !== 'absent')
  const required = asked.map(([name]) => name).filter((name) => uses[name] === 'required')
  return {
    ...schema,
    properties: Object.fromEntries(asked),
    ...(required.length > 0 && { required }),
  }
}

/** A schema with those alternatives that ask for one of the members. */
function withAlternatives(schema: JsonObject, names: readonly string[]): JsonObject {
  if (!Array.isArray(schema.anyOf)) return schema
  const anyOf = listAt(schema, 'anyOf').filter((it) =>
    listAt(it, 'required').some((name) => names.some((wanted) => wanted === name)),
  )
  return { ...schema, anyOf }
}

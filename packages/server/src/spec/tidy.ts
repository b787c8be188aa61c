import { isJsonObject, type Json, type JsonObject, listAt, objectAt, without } from './json.ts'

/** Writes a part as simply as can be, once others are gone from it. */
export function tidy(part: Json): Json {
  if (!isJsonObject(part)) return part
  return [withoutMissing, unwrapAlternatives, mergeParts, withoutEmpty].reduce(
    (schema, step) => step(schema),
    part,
  )
}

/** Nothing can be required that is not described. */
function withoutMissing(schema: JsonObject): JsonObject {
  if (!Array.isArray(schema.required) || !isJsonObject(schema.properties)) return schema
  const names = Object.keys(schema.properties)
  const required = listAt(schema, 'required').filter((it) => names.some((name) => name === it))
  return required.length > 0 ? { ...schema, required } : without(schema, ['required'])
}

/** One alternative is none. */
function unwrapAlternatives(schema: JsonObject): JsonObject {
  for (const word of ['oneOf', 'anyOf']) {
    const [only, ...others] = listAt(schema, word)
    if (isJsonObject(only) && others.length === 0) return inPlace(only, without(schema, [word]))
  }
  return schema
}

/** Parts of a schema that stand in it, rather than elsewhere, become one. */
function mergeParts(schema: JsonObject): JsonObject {
  if (!Array.isArray(schema.allOf)) return schema
  const parts = listAt(schema, 'allOf').filter(isJsonObject)
  const own = parts.filter(isPlainObject).reduce(mergeObjects, {})
  const first = parts.find(isPlainObject)
  const isEmpty = Object.keys(own).length === 0
  const allOf = parts.flatMap((it) => {
    if (!isPlainObject(it)) return [it]
    return it === first && !isEmpty ? [own] : []
  })
  const [only, ...others] = allOf
  const rest = without(schema, ['allOf'])
  return only && others.length === 0 ? inPlace(only, rest) : { ...rest, allOf }
}

/** What is said around a part comes first, and wins. */
function inPlace(part: JsonObject, around: JsonObject): JsonObject {
  return { ...around, ...part, ...around }
}

function isPlainObject(schema: JsonObject): boolean {
  return Object.keys(schema).every((word) => ['type', 'properties', 'required'].includes(word))
}

function mergeObjects(one: JsonObject, other: JsonObject): JsonObject {
  const properties = { ...objectAt(one, 'properties'), ...objectAt(other, 'properties') }
  if (Object.keys(properties).length === 0) return one
  const required = [...listAt(one, 'required'), ...listAt(other, 'required')]
  return { type: 'object', properties, ...(required.length > 0 && { required }) }
}

const mayBeEmpty = ['properties', 'examples', 'content', 'description']

/** Words that say nothing any more. */
function withoutEmpty(schema: JsonObject): JsonObject {
  const empty = mayBeEmpty.filter((word) => {
    const value = schema[word]
    return value === '' || (isJsonObject(value) && Object.keys(value).length === 0)
  })
  return empty.length > 0 ? without(schema, empty) : schema
}

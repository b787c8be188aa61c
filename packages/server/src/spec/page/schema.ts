import {
  isJsonObject,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
  without,
} from '../json.ts'
import { resolve } from '../unused.ts'

/** A schema with what it refers to and is put together of in it. */
export interface FlatSchema {
  /** The name of the component that it is, if it is one. */
  name: string
  words: JsonObject
}

/** Follows references and joins the parts of a schema. */
export function flatten(document: JsonObject, schema: JsonObject): FlatSchema {
  const reference = textAt(schema, '$ref')
  if (reference !== '') {
    const target = flatten(document, resolve(document, reference) ?? {})
    const name = reference.slice(reference.lastIndexOf('/') + 1)
    return { name, words: { ...target.words, ...without(schema, ['$ref']) } }
  }
  const parts = listAt(schema, 'allOf').filter(isJsonObject)
  if (parts.length === 0) return { name: '', words: schema }
  const joined = parts.map((part) => flatten(document, part).words).reduce(join, {})
  return { name: '', words: join(joined, without(schema, ['allOf'])) }
}

function join(one: JsonObject, other: JsonObject): JsonObject {
  const properties = { ...objectAt(one, 'properties'), ...objectAt(other, 'properties') }
  const required = [...listAt(one, 'required'), ...listAt(other, 'required')]
  return { ...one, ...other, properties, required }
}

/** The alternatives of a schema. */
export function alternativesOf(words: JsonObject): JsonObject[] {
  return [...listAt(words, 'oneOf'), ...listAt(words, 'anyOf')].filter(isJsonObject)
}

/** What a value is, in a few words. */
export function typeOf(document: JsonObject, schema: JsonObject): string {
  const { words } = flatten(document, schema)
  if (words.const !== undefined) return `always ${JSON.stringify(words.const)}`
  const { items } = words
  if (words.type === 'array') {
    return isJsonObject(items) ? `array of ${typeOf(document, items)}` : 'array'
  }
  const alternatives = alternativesOf(words)
  if (words.type === undefined && alternatives.length > 0) {
    return [...new Set(alternatives.map((it) => typeOf(document, it)))].join(' or ')
  }
  const types = Array.isArray(words.type) ? listAt(words, 'type') : [words.type ?? 'any']
  return types.join(' or ')
}

/** A value that fits a schema: what has to be there, or everything if nothing has to. */
export function sampleOf(document: JsonObject, schema: JsonObject): Json {
  const { words } = flatten(document, schema)
  const [example] = [...listAt(words, 'examples'), ...listAt(words, 'enum')]
  if (example !== undefined) return example
  if (words.const !== undefined) return words.const
  const { items } = words
  if (words.type === 'array') return isJsonObject(items) ? [sampleOf(document, items)] : []
  if (isJsonObject(words.properties)) return sampleObject(document, words)
  const [first] = alternativesOf(words)
  return first ? sampleOf(document, first) : (simple[String(words.type)] ?? {})
}

function sampleObject(document: JsonObject, words: JsonObject): JsonObject {
  const [alternative] = alternativesOf(words)
  const all = alternative ? join(words, flatten(document, alternative).words) : words
  const required = listAt(all, 'required')
  const members = Object.entries(objectAt(all, 'properties')).flatMap(([name, member]) => {
    const isShown = required.length === 0 || required.includes(name)
    return isShown && isJsonObject(member) ? [[name, sampleOf(document, member)] as const] : []
  })
  return Object.fromEntries(members)
}

const simple: Readonly<Record<string, Json>> = {
  string: '…',
  integer: 1,
  number: 1,
  boolean: true,
}

import { anchorOf } from '../../docs/.vitepress/anchors.ts'
import {
  isJsonObject,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
} from '../../packages/server/src/spec/json.ts'
import { alternativesOf, flatten, typeOf } from '../../packages/server/src/spec/page/schema.ts'
import { joined, table } from './text.ts'

// The contract has no ring among things without a name; a document that had one would still end.
const deepest = 8

const head = ['Field', 'Type', 'About']

/** The members of a schema as a table; below it, what can take the place of one another. */
export function fieldTables(document: JsonObject, schema: JsonObject): string {
  const { words } = flatten(document, schema)
  const others = alternativesOf(words).filter((it) => isObject(document, it))
  return joined([
    table(head, fieldRows(document, words, '')),
    ...(others.length > 0 ? ['One of these:'] : []),
    ...alternativeParts(document, others),
  ])
}

/** The schemas with a name that the tables of a schema link to. */
export function linkedSchemas(document: JsonObject, schema: JsonObject, depth = 0): string[] {
  if (depth > deepest) return []
  const { words } = flatten(document, schema)
  const { items } = words
  const inner = [
    ...Object.values(objectAt(words, 'properties')),
    ...alternativesOf(words),
    ...(isJsonObject(items) ? [items] : []),
  ].filter(isJsonObject)
  return inner.flatMap((it) => {
    const name = nameOf(document, it)
    return name === '' ? linkedSchemas(document, it, depth + 1) : [name]
  })
}

/** Those with a name as a list, those of a single field as the rows of one table, the others each as one. */
function alternativeParts(document: JsonObject, schemas: readonly JsonObject[]): string[] {
  const named = schemas.filter((it) => nameOf(document, it) !== '')
  const others = schemas.filter((it) => nameOf(document, it) === '')
  const rows = others.map((it) => fieldRows(document, it, ''))
  const areSingle = rows.every((it) => it.length === 1)
  return [
    named.map((it) => listLine(document, it)).join('\n'),
    ...(areSingle ? [table(head, rows.flat())] : rows.map((it) => table(head, it))),
  ]
}

function listLine(document: JsonObject, schema: JsonObject): string {
  const about = textAt(flatten(document, schema).words, 'description')
  return `- ${linkTo(nameOf(document, schema))}${about === '' ? '' : `: ${about}`}`
}

function fieldRows(document: JsonObject, schema: JsonObject, prefix: string): string[][] {
  const { words } = flatten(document, schema)
  const required = listAt(words, 'required')
  return Object.entries(objectAt(words, 'properties')).flatMap(([name, member]) => {
    if (!isJsonObject(member)) return []
    const isRequired = required.includes(name)
    const path = `${prefix}${name}`
    const row = [
      `\`${path}\``,
      `${typeText(document, member)}${isRequired ? '' : ', optional'}`,
      aboutText(document, member),
    ]
    return [row, ...nestedRows(document, member, path)]
  })
}

/** The members of a thing that has no name, and so no place of its own. */
function nestedRows(document: JsonObject, schema: JsonObject, path: string): string[][] {
  if (nameOf(document, schema) !== '' || path.split('.').length > deepest) return []
  const { items } = flatten(document, schema).words
  if (isJsonObject(items)) return nestedRows(document, items, `${path}[]`)
  return fieldRows(document, schema, `${path}.`)
}

/** What a value is; a thing with a name leads to where it is described. */
function typeText(document: JsonObject, schema: JsonObject): string {
  const name = nameOf(document, schema)
  if (name !== '') return linkTo(name)
  const { words } = flatten(document, schema)
  const { items } = words
  if (words.type === 'array' && isJsonObject(items)) return `array of ${typeText(document, items)}`
  const alternatives = alternativesOf(words)
  if (words.type === undefined && alternatives.length > 0) {
    return [...new Set(alternatives.map((it) => typeText(document, it)))].join(' or ')
  }
  return typeOf(document, schema)
}

function aboutText(document: JsonObject, schema: JsonObject): string {
  const { words } = flatten(document, schema)
  const { items } = words
  const listed = isJsonObject(items) ? flatten(document, items).words : words
  const values = listAt(listed, 'enum')
  const examples = values.length > 0 ? [] : listAt(words, 'examples')
  return [
    textAt(words, 'description'),
    values.length > 0 ? `One of ${codes(values)}.` : '',
    examples.length > 1 ? `Known values: ${codes(examples)}.` : '',
    examples.length === 1 ? `Example: ${codes(examples)}` : '',
  ]
    .filter((it) => it !== '')
    .join(' ')
}

function codes(values: readonly unknown[]): string {
  return values.map((it) => `\`${it}\``).join(', ')
}

/** The name of a schema whose members are described in a place of their own; else empty. */
function nameOf(document: JsonObject, schema: JsonObject): string {
  const { name } = flatten(document, schema)
  return name !== '' && isObject(document, schema) ? name : ''
}

function isObject(document: JsonObject, schema: JsonObject): boolean {
  const { words } = flatten(document, schema)
  if (Object.keys(objectAt(words, 'properties')).length > 0) return true
  return alternativesOf(words).some((it) => isObject(document, it))
}

function linkTo(name: string): string {
  return `[${name}](objects.md#${anchorOf(name)})`
}

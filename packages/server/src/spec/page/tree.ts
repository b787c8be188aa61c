import { isJsonObject, type JsonObject, listAt, objectAt, textAt } from '../json.ts'
import { type Html, html, nothing, when } from './html.ts'
import { inline } from './markdown.ts'
import { alternativesOf, flatten, typeOf } from './schema.ts'

// The contract has no ring; a document that had one would still end.
const deepest = 10
const openUpTo = 2

/** The members of a schema as a tree, or what it is where it has none. */
export function schemaTree(document: JsonObject, schema: JsonObject, depth = 0): Html {
  const { words } = flatten(document, schema)
  if (depth > deepest) return nothing
  const { items } = words
  if (isJsonObject(items)) return schemaTree(document, items, depth)
  const members = Object.entries(objectAt(words, 'properties'))
  const alternatives = alternativesOf(words).filter((it) => isStructured(document, it))
  return html`${when(members.length > 0, () => memberList(document, words, depth))}${when(
    alternatives.length > 0,
    () => alternativeList(document, alternatives, depth),
  )}`
}

function memberList(document: JsonObject, words: JsonObject, depth: number): Html {
  const required = listAt(words, 'required')
  const members = Object.entries(objectAt(words, 'properties'))
  return html`<ul class="tree">${members.map(([name, schema]) =>
    isJsonObject(schema)
      ? member(document, { name, schema, isRequired: required.includes(name), depth })
      : nothing,
  )}</ul>`
}

interface Member {
  name: string
  schema: JsonObject
  isRequired: boolean
  depth: number
}

function member(document: JsonObject, { name, schema, isRequired, depth }: Member): Html {
  return html`<li><code class="name">${name}</code> ${typeMark(document, schema)}${when(
    isRequired,
    () => html` <span class="required">required</span>`,
  )}${about(document, schema)}${nested(document, schema, depth)}</li>
`
}

/** The type, as it stands beside a name. */
export function typeMark(document: JsonObject, schema: JsonObject): Html {
  return html`<span class="type">${typeOf(document, schema)}</span>`
}

/** What is said of a value, its choices and an example. */
export function about(document: JsonObject, schema: JsonObject): Html {
  const { words } = flatten(document, schema)
  const { items } = words
  const values = listAt(isJsonObject(items) ? flatten(document, items).words : words, 'enum')
  const examples = listAt(words, 'examples')
  return html`${when(textAt(words, 'description'), (text) => html`<p>${inline(text)}</p>`)}${when(
    values.length > 0,
    () => html`<p class="values">One of ${choices(values.map(String))}</p>`,
  )}${exampleLine(examples.map(String))}`
}

function exampleLine(examples: readonly string[]): Html {
  const [first, ...others] = examples
  if (first === undefined) return nothing
  if (others.length === 0) return html`<p class="values">Example <code>${first}</code></p>`
  return html`<details><summary>Known values</summary><p class="values">${choices(examples)}</p></details>`
}

function choices(values: readonly string[]): Html {
  return html`${values.map((value) => html`<code>${value}</code> `)}`
}

function nested(document: JsonObject, schema: JsonObject, depth: number): Html {
  if (!isStructured(document, schema)) return nothing
  const tree = schemaTree(document, schema, depth + 1)
  if (tree.markup === '') return nothing
  const open = depth + 1 < openUpTo ? ({ markup: ' open' } satisfies Html) : nothing
  const name = labelOf(document, schema)
  return html`<details${open}><summary>Members${when(name, (it) => html` of <b>${it}</b>`)}</summary>${tree}</details>`
}

function alternativeList(
  document: JsonObject,
  alternatives: readonly JsonObject[],
  depth: number,
): Html {
  const shown = alternatives.map((it) => {
    const { name, words } = flatten(document, it)
    const title = name || Object.keys(objectAt(words, 'properties')).join(', ')
    const text = textAt(words, 'description')
    return html`<li><details><summary><b>${title}</b>${when(text, (about) => html` ${inline(about)}`)}</summary>${schemaTree(document, it, depth + 1)}</details></li>
`
  })
  return html`<p class="values">One of these:</p><ul class="tree">${shown}</ul>`
}

/** The name of what a member holds, or of what each of its items is. */
function labelOf(document: JsonObject, schema: JsonObject): string {
  const { name, words } = flatten(document, schema)
  const { items } = words
  return isJsonObject(items) ? labelOf(document, items) : name
}

function isStructured(document: JsonObject, schema: JsonObject): boolean {
  const { words } = flatten(document, schema)
  const { items } = words
  if (isJsonObject(items)) return isStructured(document, items)
  if (Object.keys(objectAt(words, 'properties')).length > 0) return true
  return alternativesOf(words).some((it) => isStructured(document, it))
}

import {
  isJsonObject,
  type Json,
  type JsonObject,
  objectAt,
  textAt,
} from '../../packages/server/src/spec/json.ts'
import { flatten, sampleOf } from '../../packages/server/src/spec/page/schema.ts'
import { resolve } from '../../packages/server/src/spec/unused.ts'
import { fieldTables } from './fields.ts'
import { joined, jsonBlock } from './text.ts'

/** A part that a document may keep among its components. */
export function resolved(document: JsonObject, part: JsonObject): JsonObject {
  return resolve(document, textAt(part, '$ref')) ?? part
}

/** What an operation answers: a folded part for each status. */
export function answerParts(document: JsonObject, operation: JsonObject): string[] {
  return Object.entries(objectAt(operation, 'responses')).flatMap(([status, answer]) =>
    isJsonObject(answer) ? [answerPart(document, status, resolved(document, answer))] : [],
  )
}

/** The schemas of what an operation answers. */
export function answerSchemas(document: JsonObject, operation: JsonObject): JsonObject[] {
  return Object.values(objectAt(operation, 'responses'))
    .filter(isJsonObject)
    .flatMap((answer) => schemasOf(resolved(document, answer)))
}

/** The schemas of a body, by type of content. */
export function schemasOf(body: JsonObject): JsonObject[] {
  return Object.values(objectAt(body, 'content')).map((content) => objectAt(content, 'schema'))
}

function answerPart(document: JsonObject, status: string, answer: JsonObject): string {
  const about = textAt(answer, 'description').trim().replaceAll('\n', ' ')
  const headers = Object.entries(objectAt(answer, 'headers')).map(
    ([name, header]) => `Header \`${name}\`: ${textAt(header, 'description')}`,
  )
  const bodies = Object.values(objectAt(answer, 'content')).filter(isJsonObject)
  const shown = bodies.flatMap((content) => [
    fieldTables(document, objectAt(content, 'schema')),
    ...examplesOf(document, content),
  ])
  return joined([`::: details **${status}** ${about}`, ...headers, ...shown, ':::'])
}

/** The examples of the contract; where it has none, one that is made of the schema. */
function examplesOf(document: JsonObject, content: JsonObject): string[] {
  const named = Object.values(objectAt(content, 'examples')).filter(isJsonObject)
  if (named.length > 0) {
    return named.map((it) => joined([`${textAt(it, 'summary')}:`, jsonBlock(it.value ?? null)]))
  }
  return [jsonBlock(exampleOf(document, objectAt(content, 'schema')))]
}

function exampleOf(document: JsonObject, schema: JsonObject): Json {
  return sampleOf(document, flatten(document, schema).words)
}

import { routes } from '../../packages/server/src/app.ts'
import type { Route } from '../../packages/server/src/http/route.ts'
import { type JsonObject, listAt, objectAt, textAt } from '../../packages/server/src/spec/json.ts'
import type { NamedOperation } from '../../packages/server/src/spec/operations.ts'
import { parametersOf } from '../../packages/server/src/spec/page/operation.ts'
import { flatten, sampleOf, typeOf } from '../../packages/server/src/spec/page/schema.ts'
import { answerParts, resolved, schemasOf } from './answers.ts'
import { fieldTables } from './fields.ts'
import { joined, jsonBlock, table } from './text.ts'

/** One operation: how it is called, by whom, with what, and what it answers. */
export function operationPart(document: JsonObject, named: NamedOperation): string {
  const { path, method, operation } = named
  return joined([
    `## ${textAt(operation, 'summary')}`,
    `<b class="method ${method}">${method.toUpperCase()}</b> \`${path}\``,
    textAt(operation, 'description'),
    callerLines(named).join('\n'),
    ...parameterParts(document, named),
    ...inputParts(document, operation),
    '**Answers**',
    ...answerParts(document, operation),
  ])
}

/** Who may call an operation, as its route has it. */
function callerLines({ path, method, operation }: NamedOperation): string[] {
  const route = routeOf(path, method)
  const limit = route?.limit
  return [
    `- Who may call it: ${audienceText(route)}`,
    `- Clients: ${clientText(path)}`,
    `- Name: \`${textAt(operation, 'operationId')}\``,
    ...(limit ? [`- Limit: \`${limit}\`, see [Limits](../limits.md)`] : []),
  ]
}

function routeOf(path: string, method: string): Route | undefined {
  const [, top = '', client = '', rest = ''] = /^\/(\w+)\/([^/]+)\/v1\/(.+)$/.exec(path) ?? []
  return routes.find(
    (route) =>
      (route.root ?? '_allauth') === top &&
      route.path === rest &&
      route.method === method.toUpperCase() &&
      (client === '{client}' || (route.clients ?? [client]).some((it) => it === client)),
  )
}

function audienceText(route: Route | undefined): string {
  if (!route) throw new Error('the contract has an operation that the server has not')
  if (route.stage) return `Whoever has the step \`${route.stage}\` to take; anybody else gets 401.`
  return route.audience === 'user'
    ? 'Somebody who is signed in; anybody else gets 401.'
    : 'Anybody.'
}

function clientText(path: string): string {
  if (path.includes('/{client}/')) return '`{client}` is `browser` or `app`'
  return path.includes('/app/v1/') ? 'Apps alone' : 'Browsers alone'
}

function parameterParts(document: JsonObject, { path, operation }: NamedOperation): string[] {
  const shared = parametersOf(document, objectAt(objectAt(document, 'paths'), path))
  const own = [...shared, ...parametersOf(document, operation)]
  const rows = own
    .filter((it) => textAt(it, 'name') !== 'client')
    .map((it) => [
      `\`${textAt(it, 'name')}\``,
      `${typeOf(document, objectAt(it, 'schema'))} in the ${textAt(it, 'in')}${it.required === true ? '' : ', optional'}`,
      textAt(it, 'description') ||
        textAt(flatten(document, objectAt(it, 'schema')).words, 'description'),
    ])
  return rows.length > 0 ? ['**Parameters**', table(['Name', 'Type', 'About'], rows)] : []
}

function inputParts(document: JsonObject, operation: JsonObject): string[] {
  const body = resolved(document, objectAt(operation, 'requestBody'))
  const types = Object.keys(objectAt(body, 'content'))
  return schemasOf(body).flatMap((schema, index) => [
    `**Input** (\`${types[index]}\`)`,
    textAt(flatten(document, schema).words, 'description'),
    fieldTables(document, schema),
    jsonBlock(sampleOf(document, schema)),
  ])
}

/** The schemas of what an operation takes. */
export function inputSchemas(document: JsonObject, operation: JsonObject): JsonObject[] {
  return schemasOf(resolved(document, objectAt(operation, 'requestBody')))
}

/** Whether an operation is of a tag. */
export function hasTag({ operation }: NamedOperation, tag: string): boolean {
  return listAt(operation, 'tags').includes(tag)
}

import { isJsonObject, type JsonObject, listAt, objectAt, textAt } from '../json.ts'
import type { NamedOperation } from '../operations.ts'
import { resolve } from '../unused.ts'
import { answerList, exampleBlock, type ListedAnswer } from './answers.ts'
import { type Html, html, nothing, when } from './html.ts'
import { markdown } from './markdown.ts'
import { sampleOf } from './schema.ts'
import { about, schemaTree, typeMark } from './tree.ts'

/** One operation: how to call it and what it answers. */
export function operationSection(
  document: JsonObject,
  { path, method, operation }: NamedOperation,
  common: readonly ListedAnswer[],
): Html {
  const id = textAt(operation, 'operationId')
  return html`<section class="operation" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title"><a href="#${id}">${textAt(operation, 'summary')}</a></h3>
<p class="call">${methodMark(method)} <code>${breakable(path)}</code></p>
${when(
  textAt(operation, 'x-latchkey-audience') === 'user',
  () => html`<p class="audience">For somebody who is signed in; anybody else gets 401.</p>`,
)}${markdown(textAt(operation, 'description'))}
${parameterLists(document, path, operation)}${requestBody(document, operation)}${answerList(document, operation, common)}
</section>
`
}

/** A path that may be broken after each slash. */
function breakable(path: string): Html {
  return html`${path.split(/(?<=\/)/).map((part) => html`${part}<wbr>`)}`
}

export function methodMark(method: string): Html {
  return html`<span class="method ${method}">${method.toUpperCase()}</span>`
}

/** Its own parameters in full; those of every operation of the path by name. */
function parameterLists(document: JsonObject, path: string, operation: JsonObject): Html {
  const own = parametersOf(document, operation)
  const shared = parametersOf(document, objectAt(objectAt(document, 'paths'), path))
  const names = shared.map(
    (it) =>
      html` <a href="#parameter-${textAt(it, 'name')}"><code>${textAt(it, 'name')}</code></a> (${textAt(it, 'in')})`,
  )
  if (own.length + names.length === 0) return nothing
  return html`<h4>Parameters</h4>${when(own.length > 0, () => parameterTree(document, own))}${when(
    names.length > 0,
    () => html`<p class="values">${own.length > 0 ? 'Also' : 'As everywhere'}:${names}</p>`,
  )}`
}

/** The parameters of an operation, or of a path. */
export function parametersOf(document: JsonObject, owner: JsonObject): JsonObject[] {
  return listAt(owner, 'parameters').flatMap((it) => {
    if (!isJsonObject(it)) return []
    const reference = textAt(it, '$ref')
    return [reference === '' ? it : (resolve(document, reference) ?? {})]
  })
}

/** Parameters with their types; `prefix` makes anchors of their names. */
export function parameterTree(
  document: JsonObject,
  parameters: readonly JsonObject[],
  prefix = '',
): Html {
  const items = parameters.map((it) => {
    const name = textAt(it, 'name')
    const anchor = prefix === '' ? nothing : html` id="${prefix}${name}"`
    const schema = objectAt(it, 'schema')
    const described = { ...schema, description: textAt(it, 'description') }
    return html`<li${anchor}><code class="name">${name}</code> <span class="type">${textAt(it, 'in')}</span> ${typeMark(document, schema)}${when(
      it.required === true,
      () => html` <span class="required">required</span>`,
    )}${about(document, described)}</li>
`
  })
  return html`<ul class="tree">${items}</ul>`
}

function requestBody(document: JsonObject, operation: JsonObject): Html {
  const body = objectAt(operation, 'requestBody')
  const words = resolve(document, textAt(body, '$ref')) ?? body
  const contents = Object.entries(objectAt(words, 'content'))
  return html`${contents.map(([type, content]) => {
    const schema = objectAt(content, 'schema')
    return html`<h4>Body <span class="type">${type}</span></h4>${about(document, schema)}${schemaTree(document, schema)}${exampleBlock(sampleOf(document, schema))}`
  })}`
}

import { isJsonObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts'
import { operationsOf } from '../operations.ts'
import { resolve } from '../unused.ts'
import { type Html, html, nothing, when } from './html.ts'
import { inline } from './markdown.ts'
import { schemaTree } from './tree.ts'

/** One answer of an operation. */
export interface ListedAnswer {
  status: string
  /** The name of its component. */
  name: string
  words: JsonObject
}

/** The answers of an operation, by status. */
function answersOf(document: JsonObject, operation: JsonObject): ListedAnswer[] {
  return Object.entries(objectAt(operation, 'responses')).flatMap(([status, answer]) => {
    if (!isJsonObject(answer)) return []
    const reference = textAt(answer, '$ref')
    const words = reference === '' ? answer : (resolve(document, reference) ?? {})
    return [{ status, name: reference.slice(reference.lastIndexOf('/') + 1), words }]
  })
}

/** The answers that operations of several tags have, which are described once. */
export function commonAnswers(document: JsonObject): ListedAnswer[] {
  const tags = new Map<string, Set<unknown>>()
  const answers = new Map<string, ListedAnswer>()
  for (const { operation } of operationsOf(document)) {
    for (const answer of answersOf(document, operation)) {
      const seen = tags.get(answer.name) ?? new Set()
      tags.set(answer.name, new Set([...seen, ...listAt(operation, 'tags')]))
      answers.set(answer.name, answer)
    }
  }
  const common = [...answers.values()].filter(({ name }) => (tags.get(name)?.size ?? 0) > 1)
  return common.sort((a, b) => a.status.localeCompare(b.status))
}

/** The answers of an operation; those that are described elsewhere as links. */
export function answerList(
  document: JsonObject,
  operation: JsonObject,
  common: readonly ListedAnswer[],
): Html {
  const rows = answersOf(document, operation).map((answer) => {
    const isCommon = common.some(({ name }) => name === answer.name)
    return isCommon ? linkTo(answer) : folded(document, answer)
  })
  return html`<h4>Answers</h4><div class="answers">${rows}</div>`
}

function linkTo({ status, name, words }: ListedAnswer): Html {
  return html`<p class="answer">${statusMark(status)} <a href="#answer-${name}">${name}</a> <span>${inline(textAt(words, 'description'))}</span></p>
`
}

function folded(document: JsonObject, { status, words }: ListedAnswer): Html {
  const body = answerBody(document, words)
  const title = html`${statusMark(status)} <span>${inline(textAt(words, 'description'))}</span>`
  if (body.markup === '') return html`<p class="answer">${title}</p>`
  return html`<details class="answer"><summary>${title}</summary>${body}</details>
`
}

/** A status with its kind in words, for who does not see the colour. */
export function statusMark(status: string): Html {
  return html`<code class="status s${status.slice(0, 1)}">${status}</code>`
}

/** The body of an answer, its headers and its examples. */
export function answerBody(document: JsonObject, words: JsonObject): Html {
  const headers = Object.entries(objectAt(words, 'headers'))
  const contents = Object.values(objectAt(words, 'content')).filter(isJsonObject)
  return html`${headers.map(
    ([name, header]) =>
      html`<p>Header <code>${name}</code> ${inline(textAt(header, 'description'))}</p>`,
  )}${contents.map(
    (content) =>
      html`${schemaTree(document, objectAt(content, 'schema'))}${examples(objectAt(content, 'examples'))}`,
  )}`
}

function examples(named: JsonObject): Html {
  return html`${Object.values(named).map((example) =>
    isJsonObject(example)
      ? exampleBlock(example.value ?? null, textAt(example, 'summary'))
      : nothing,
  )}`
}

/** A value as JSON, with its title. */
export function exampleBlock(value: Json, title = ''): Html {
  return html`<figure><figcaption>Example${when(title, (it) => html`: ${it}`)}</figcaption><pre tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre></figure>`
}

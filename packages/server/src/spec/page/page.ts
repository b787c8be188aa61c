import { createHash } from 'node:crypto'
import { isJsonObject, type JsonObject, listAt, objectAt, textAt } from '../json.ts'
import { type NamedOperation, operationsOf } from '../operations.ts'
import { answerBody, commonAnswers, type ListedAnswer, statusMark } from './answers.ts'
import { type Html, html, nothing, when } from './html.ts'
import { inline, markdown } from './markdown.ts'
import { methodMark, operationSection, parametersOf, parameterTree } from './operation.ts'
import { styles } from './styles.ts'

const styleHash = createHash('sha256').update(styles).digest('base64')

/** The `Content-Security-Policy` of the page: one style sheet, known by its hash, and nothing else. */
export const referencePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** Where the contents do not stand beside the text. */
const upLink = html`<p class="up"><a href="#contents">Contents</a></p>`

interface TagGroup {
  id: string
  name: string
  description: string
  operations: NamedOperation[]
}

/** A document for people: what it says, without a script. */
export function referencePage(document: JsonObject): string {
  const title = `${textAt(objectAt(document, 'info'), 'title')} API`
  const groups = groupsOf(document)
  const common = commonAnswers(document)
  // Text becomes markup by `html` alone, and the style sheet is none.
  const style: Html = { markup: styles }
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${contents(title, groups, common)}
<main id="main">
${introduction(document, title)}
${groups.map((group) => tagSection(document, group, common))}
${commonSection(document, common)}
</main>
</body>
</html>
`.markup
}

function groupsOf(document: JsonObject): TagGroup[] {
  const operations = operationsOf(document)
  return listAt(document, 'tags').map((tag) => {
    const name = textAt(tag, 'name')
    return {
      id: `tag-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
      name,
      description: textAt(tag, 'description'),
      operations: operations.filter(({ operation }) => listAt(operation, 'tags').includes(name)),
    }
  })
}

function contents(title: string, groups: readonly TagGroup[], common: readonly ListedAnswer[]) {
  const items = groups.map(
    ({ id, name, operations }) => html`<li><a href="#${id}">${name}</a><ul>${operations.map(
      ({ method, operation }) =>
        html`<li><a href="#${textAt(operation, 'operationId')}">${methodMark(method)}<span>${textAt(operation, 'summary')}</span></a></li>`,
    )}</ul></li>
`,
  )
  return html`<nav id="contents" aria-label="Contents">
<p class="home"><a href="#main">${title}</a></p>
<ul><li><a href="#every-request">Every request</a></li>
${items}${when(common.length > 0, () => html`<li><a href="#common-answers">Common answers</a></li>`)}</ul>
</nav>`
}

function introduction(document: JsonObject, title: string): Html {
  return html`<header>
<h1>${title}</h1>
<p>What this server serves under its settings. For programs:
<a href="openapi.yaml">openapi.yaml</a>, <a href="openapi.json">openapi.json</a>.</p>
</header>
<section id="every-request" aria-labelledby="every-request-title">
<h2 id="every-request-title">Every request</h2>
${markdown(textAt(objectAt(document, 'info'), 'description'))}
${sharedParameters(document)}
</section>`
}

/** The parameters that paths have for all their operations. */
function sharedParameters(document: JsonObject): Html {
  const items = Object.values(objectAt(document, 'paths')).filter(isJsonObject)
  const all = items.flatMap((item) => parametersOf(document, item))
  const byName = new Map(all.map((it) => [textAt(it, 'name'), it]))
  if (byName.size === 0) return nothing
  return html`<h3>Parameters of all paths</h3>${parameterTree(document, [...byName.values()], 'parameter-')}`
}

function tagSection(
  document: JsonObject,
  { id, name, description, operations }: TagGroup,
  common: readonly ListedAnswer[],
): Html {
  return html`<section class="tag" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${name}</h2>
${upLink}
${markdown(description)}
${operations.map((it) => operationSection(document, it, common))}</section>
`
}

function commonSection(document: JsonObject, common: readonly ListedAnswer[]): Html {
  const answers = common.map(
    ({
      name,
      status,
      words,
    }) => html`<section class="operation" id="answer-${name}" aria-labelledby="answer-${name}-title">
<h3 id="answer-${name}-title">${statusMark(status)} <a href="#answer-${name}">${name}</a></h3>
<p>${inline(textAt(words, 'description'))}</p>
${answerBody(document, words)}
</section>
`,
  )
  if (answers.length === 0) return nothing
  return html`<section class="tag" id="common-answers" aria-labelledby="common-answers-title">
<h2 id="common-answers-title">Common answers</h2>
${upLink}
<p>Operations of several parts answer these.</p>
${answers}</section>`
}

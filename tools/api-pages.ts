// Writes the pages of the API for the site of the documentation, below docs/api, from the contract: one
// for each of its tags, and one for what answers are made of. Git ignores them.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { anchorOf } from '../docs/.vitepress/anchors.ts'
import { parseContract } from '../packages/server/src/spec/contract.ts'
import { type JsonObject, listAt, objectAt, textAt } from '../packages/server/src/spec/json.ts'
import { operationsOf } from '../packages/server/src/spec/operations.ts'
import { answerSchemas } from './api-pages/answers.ts'
import { fieldTables, linkedSchemas } from './api-pages/fields.ts'
import { hasTag, inputSchemas, operationPart } from './api-pages/operation.ts'
import { joined, slugOf, table } from './api-pages/text.ts'

const root = join(import.meta.dirname, '..')
const marker = '<!-- Written by tools/api-pages.ts. Do not edit. -->'

/** A page: its name below docs/api, without `.md`. */
export interface ApiPage {
  name: string
  title: string
  text: string
}

/** All pages, in the order in which the site lists them. */
export function apiPages(document: JsonObject): ApiPage[] {
  const tagged = listAt(document, 'tags').map((tag) =>
    tagPage(document, textAt(tag, 'name'), textAt(tag, 'description')),
  )
  const text = joined([marker, '# Objects', objectParts(document)])
  return [indexPage(document, tagged), ...tagged, { name: 'objects', title: 'Objects', text }]
}

function tagPage(document: JsonObject, title: string, about: string): ApiPage {
  const operations = operationsOf(document).filter((it) => hasTag(it, title))
  const parts = operations.map((it) => operationPart(document, it))
  return { name: slugOf(title), title, text: joined([marker, `# ${title}`, about, ...parts]) }
}

function indexPage(document: JsonObject, tagged: readonly ApiPage[]): ApiPage {
  const title = 'Every operation'
  const about = `Everything that a server can do. What one serves depends on its [settings](../settings.md); it can
[describe that itself](../api-reference.md).`
  const text = joined([
    marker,
    `# ${title}`,
    about,
    textAt(objectAt(document, 'info'), 'description'),
    table(['Operation', '', 'Path'], operationRows(document, tagged)),
  ])
  return { name: 'index', title, text }
}

function operationRows(document: JsonObject, tagged: readonly ApiPage[]): string[][] {
  return operationsOf(document).map(({ path, method, operation }) => {
    const page = tagged.find(({ title }) => listAt(operation, 'tags').includes(title))
    const summary = textAt(operation, 'summary')
    return [
      `[${summary}](${page?.name}.md#${anchorOf(summary)})`,
      `<b class="method ${method}">${method.toUpperCase()}</b>`,
      `\`${path.replace(/^\/_allauth\/(\{client\}\/v1\/)?/, '…/')}\``,
    ]
  })
}

/** Every thing with a name that the operations take or answer. */
function objectParts(document: JsonObject): string {
  const schemas = objectAt(objectAt(document, 'components'), 'schemas')
  const open = operationsOf(document).flatMap(({ operation }) =>
    [...inputSchemas(document, operation), ...answerSchemas(document, operation)].flatMap((it) =>
      linkedSchemas(document, it),
    ),
  )
  const found = new Set<string>()
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    found.add(name)
    open.push(...linkedSchemas(document, objectAt(schemas, name)))
  }
  return joined(
    [...found].toSorted().map((name) => {
      const schema = objectAt(schemas, name)
      const title = `## ${name}`
      return joined([title, textAt(schema, 'description'), fieldTables(document, schema)])
    }),
  )
}

if (import.meta.main) {
  const folder = join(root, 'docs/api')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const pages = apiPages(await parseContract())
  for (const { name, text } of pages) writeFileSync(join(folder, `${name}.md`), text)
  const listed = pages.map(({ name, title }) => ({ name, title }))
  writeFileSync(join(folder, 'pages.json'), `${JSON.stringify(listed, null, 2)}\n`)
}

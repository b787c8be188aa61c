import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { anchorOf } from '../docs/.vitepress/anchors.ts'
import { parseContract } from '../packages/server/src/spec/contract.ts'
import { listAt, objectAt, textAt } from '../packages/server/src/spec/json.ts'
import { operationsOf } from '../packages/server/src/spec/operations.ts'
import { apiPages } from './api-pages.ts'

const document = await parseContract()
const pages = apiPages(document)
const operations = operationsOf(document)

function textOf(name: string): string {
  return pages.find((page) => page.name === name)?.text ?? assert.fail(`no page ${name}`)
}

function sectionOf(page: string, title: string): string {
  const sections = textOf(page).split(/^(?=## )/m)
  return sections.find((it) => it.startsWith(`## ${title}\n`)) ?? assert.fail(`no ${title}`)
}

describe('the pages of the API', () => {
  it('are one for each tag, between all operations and all objects', () => {
    const tags = listAt(document, 'tags').map((tag) => textAt(tag, 'name'))
    const titles = pages.map(({ title }) => title)
    assert.deepEqual(titles, ['Every operation', ...tags, 'Objects'])
    assert.equal(new Set(pages.map(({ name }) => name)).size, pages.length)
  })

  it('have each operation once, with its method, path, caller and every status', () => {
    for (const { path, method, operation } of operations) {
      const [tag] = listAt(operation, 'tags')
      const page = pages.find(({ title }) => title === tag)?.name ?? ''
      const text = sectionOf(page, textAt(operation, 'summary'))
      assert.ok(text.includes(`>${method.toUpperCase()}</b> \`${path}\``), path)
      assert.ok(text.includes(`- Name: \`${textAt(operation, 'operationId')}\``), path)
      assert.match(text, /^- Who may call it: \S/m)
      const statuses = [...text.matchAll(/^::: details \*\*(\d+)\*\*/gm)].map(([, it]) => it)
      const expected = Object.keys(objectAt(operation, 'responses'))
      assert.deepEqual(statuses, expected, path)
    }
  })

  it('tell who may call an operation, and how often', () => {
    const login = sectionOf('login', 'Sign in with a password')
    assert.match(login, /^- Who may call it: Anybody\.$/m)
    assert.match(login, /^- Limit: `login`/m)
    const list = sectionOf('email-addresses', "List the user's addresses")
    assert.match(list, /^- Who may call it: Somebody who is signed in; anybody else gets 401\.$/m)
    const account = sectionOf('account', 'Delete the account')
    assert.match(account, /^- Who may call it: Somebody who is signed in/m)
    const trust = sectionOf(
      'second-factor',
      'Decide whether this browser may skip the second step next time',
    )
    assert.match(trust, /^- Who may call it: Whoever has the step `mfa_trust` to take/m)
    assert.match(trust, /^- Clients: Browsers alone$/m)
  })

  it('show fields with types, and an example of input and of each answer that has a body', () => {
    const verify = sectionOf('email-verification', 'Verify an email address')
    assert.match(verify, /^\| `key` \| string \| The key from the link, or the code\./m)
    const answers = verify.split('**Answers**')[1] ?? ''
    for (const answer of answers.split('::: details').slice(1)) assert.match(answer, /```json\n\{/)
    const user = sectionOf('objects', 'User')
    assert.match(user, /^\| `display` \| string \| A name to show\. \|$/m)
    assert.match(user, /^\| `email` \| string, optional \| The primary address\. Absent/m)
  })

  it('have links that lead somewhere', () => {
    const anchors = new Map(
      pages.map(({ name, text }) => [
        name,
        [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => anchorOf(title)),
      ]),
    )
    for (const { name, text } of pages) {
      for (const [, page = '', anchor] of text.matchAll(/\]\(([\w-]+)\.md(?:#([\w-]+))?\)/g)) {
        const found = anchors.get(page)
        assert.ok(found, `${name}: ${page}`)
        assert.ok(anchor === undefined || found.includes(anchor), `${name}: ${page}#${anchor}`)
      }
    }
  })

  it('break no table: each row has as many cells as its head', () => {
    for (const { name, text } of pages) {
      let width = 0
      for (const line of text.split('\n')) {
        const cells = line.startsWith('|') ? line.split(/(?<!\\)\|/).length : 0
        if (width > 0 && cells > 0) assert.equal(cells, width, `${name}: ${line}`)
        width = cells
      }
    }
  })
})

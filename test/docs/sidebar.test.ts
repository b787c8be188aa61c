import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { linkOnSite, outerPages, placeOf } from '../../docs/.vitepress/places.ts'
import { groups, pagesOf } from '../../docs/.vitepress/sidebar.ts'
import { listPages, readLinks, whereIs } from './markdown.ts'

const inDocs = listPages().filter((page) => page.startsWith('docs/'))

describe('the site of the documentation', () => {
  it('lists every page of docs/ exactly once, and no other', () => {
    const listed = groups.flatMap(pagesOf).map(({ page }) => `docs/${page}.md`)
    assert.deepEqual(listed.sort(), inDocs.toSorted())
  })

  it('has no two pages in one place', () => {
    const places = [...inDocs, ...outerPages].map(placeOf)
    assert.equal(new Set(places).size, places.length)
  })

  it('has a place for whatever pages link to, but for folders', () => {
    const hidden = [...inDocs, ...outerPages].flatMap((page) =>
      readLinks(page)
        .filter(({ target }) => linkOnSite(page, target) === null)
        .map(({ line, target }) => `${whereIs({ page, line })}: ${target}`),
    )
    assert.deepEqual(
      hidden.filter((it) => !it.endsWith(': ../deploy')),
      [],
    )
  })

  it('has pages and files of the repository where their links lead', () => {
    const from = (page: string, link: string) => linkOnSite(page, link)
    assert.equal(from('docs/guides/mobile.md', '../clients.md#flows'), '/clients.md#flows')
    assert.equal(from('docs/index.md', '../README.md#layout'), '/readme.md#layout')
    assert.equal(from('README.md', 'docs/index.md'), '/index.md')
    assert.equal(from('docs/index.md', '../examples/README.md'), '/examples/index.md')
    const contract = '/source/packages/contract/openapi.yaml.txt'
    assert.equal(from('docs/index.md', '../packages/contract/openapi.yaml'), contract)
    assert.equal(from('docs/deployment.md', '../deploy'), null)
    assert.equal(from('docs/index.md', '../no/such/file'), null)
  })
})

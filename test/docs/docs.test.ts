import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { refusals } from '../../packages/server/src/errors.ts'
import { takesTokens } from '../../packages/server/src/providers/app.ts'
import { catalogue } from '../../packages/server/src/providers/catalogue.ts'
import { eventTypes } from '../../packages/server/src/settings/event-types.ts'
import { defaultRateTexts } from '../../packages/server/src/settings/rate-limits.ts'
import { compileProblems } from './compile.ts'
import {
  brokenLinks,
  listPages,
  readBlocks,
  readPage,
  readRows,
  root,
  whereIs,
} from './markdown.ts'

const pages = listPages()

describe('the pages', () => {
  it('have no relative link that leads nowhere', () => {
    assert.deepEqual(pages.flatMap(brokenLinks), [])
  })

  it('can all be reached from docs/index.md', () => {
    const listed = [...readPage('docs/index.md').matchAll(/\]\(([\w/-]+\.md)/g)].map(([, it]) => it)
    const others = pages.filter((it) => it.startsWith('docs/') && it !== 'docs/index.md')
    assert.deepEqual(
      others.filter((page) => !listed.includes(page.replace('docs/', ''))),
      [],
    )
  })

  it('have JSON that can be read', () => {
    for (const block of pages.flatMap(readBlocks)) {
      if (block.language === 'json') {
        assert.doesNotThrow(() => JSON.parse(block.text), whereIs(block))
      }
    }
  })

  it('have TypeScript that compiles', { timeout: 120_000 }, () => {
    // Files of the examples are compiled where they are.
    const blocks = pages
      .flatMap(readBlocks)
      .filter(({ language, note }) => /^tsx?$/.test(language) && !note.startsWith('examples/'))
    assert.ok(blocks.length > 0)
    assert.deepEqual(compileProblems(blocks), [])
  })

  it('show files of the examples as they are', () => {
    const shown = pages.flatMap(readBlocks).filter(({ note }) => note.startsWith('examples/'))
    assert.ok(shown.length > 0)
    for (const block of shown) {
      const file = readFileSync(join(root, block.note), 'utf8').trimEnd()
      assert.equal(block.text, file, whereIs(block))
    }
  })

  it('name a language for each block, so that a test can tell what it is', () => {
    const bare = pages.flatMap(readBlocks).filter(({ language }) => language === '')
    assert.deepEqual(bare.map(whereIs), [])
  })
})

describe('docs/errors.md', () => {
  it('lists every refusal with its status and its text', () => {
    const expected = Object.entries(refusals).map(([name, refusal]) => {
      const { status, text, wire = name }: { status: number; text: string; wire?: string } = refusal
      const code = wire === '' ? '(empty)' : `\`${wire}\``
      return `${status === 400 ? code : 'none'} ${status} ${text}`
    })
    const rows = readRows('docs/errors.md').filter(([, status = '']) => /^\d+$/.test(status))
    const listed = rows.map((cells) => cells.slice(0, 3).join(' '))
    assert.deepEqual(listed.sort(), expected.sort())
  })
})

describe('docs/limits.md', () => {
  it('lists every action with its default', () => {
    const expected = Object.entries(defaultRateTexts).map((entry) => entry.join(' '))
    const cells = readRows('docs/limits.md').map((row) => row.map((it) => it.replaceAll('`', '')))
    const rows = cells.filter(([, rate = '']) => /^\d+\//.test(rate))
    const listed = rows.map((row) => row.slice(0, 2).join(' '))
    assert.deepEqual(listed.sort(), expected.sort())
  })
})

describe('docs/audit.md', () => {
  it('lists every type of event, and no other', () => {
    const section = readPage('docs/audit.md')
      .split('\n## ')
      .find((it) => it.startsWith('Types'))
    const listed = [...(section ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, type]) => type)
    assert.deepEqual(listed.sort(), eventTypes.toSorted())
  })
})

describe('docs/social-login.md', () => {
  it('lists every provider of the catalogue, and the kind of token that it takes', () => {
    const expected = catalogue.map((provider) => {
      const isOpenId = provider.protocol === 'oidc'
      const both = !isOpenId && provider.idTokens ? '`access_token`, `id_token`' : '`access_token`'
      const token = isOpenId ? '`id_token`' : both
      return [`\`${provider.id}\``, provider.name, takesTokens(provider) ? token : ''].join(' ')
    })
    const section = readPage('docs/social-login.md')
      .split('\n## ')
      .find((it) => it.startsWith('Every provider'))
    const rows = [...(section ?? '').matchAll(/^\| (`\w+`) +\| ([^|]*?) +\| ([^|]*?) *\|/gm)]
    assert.deepEqual(
      rows.map(([, ...cells]) => cells.join(' ')),
      expected,
    )
  })
})

describe('docs/dependencies.md', () => {
  it('lists every dependency of every package, and no other', () => {
    const packages = globSync('packages/*/package.json', { cwd: root })
    const files = ['package.json', 'docs/.vitepress/package.json', ...packages]
    const declared = files.flatMap((file) => dependenciesOf(join(root, file)))
    const names = readRows('docs/dependencies.md').map(([name = '']) => name)
    const listed = names.flatMap((name) => name.match(/(?<=`)[^`, ]+(?=`)/g) ?? [])
    assert.deepEqual([...new Set(listed)].sort(), [...new Set(declared)].sort())
  })
})

function dependenciesOf(path: string): string[] {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(path, 'utf8'),
  )
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
}

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { type Block, listPages, readBlocks, readPage, whereIs } from './markdown.ts'
import { Site } from './site.ts'

const pages = listPages().filter((page) => readBlocks(page).some(isRequest))

const explained = [
  'accounts',
  'clients',
  'email-addresses',
  'email-verification',
  'limits',
  'login-by-code',
  'notifications',
  'passkeys',
  'passwords',
  'phone-numbers',
  'protecting-routes',
  'reauthentication',
  'social-login',
  'tokens',
  'sessions',
  'two-factor',
]

describe('the requests of the pages', () => {
  it('are found where flows are explained', () => {
    for (const name of explained) assert.ok(pages.includes(`docs/${name}.md`), name)
  })

  for (const [page, section, blocks] of sections()) {
    it(`${page}, "${section}": get the answers that are shown`, () => play(blocks))
  }
})

/** The sections with requests: each has a server of its own. */
function sections(): [page: string, section: string, blocks: Block[]][] {
  return pages.flatMap((page) => {
    const bySection = Map.groupBy(readBlocks(page), (block) => block.section)
    return [...bySection]
      .filter(([, blocks]) => blocks.some(isRequest))
      .map(([section, blocks]) => [page, section, blocks] as [string, string, Block[]])
  })
}

async function play(blocks: readonly Block[]): Promise<void> {
  let site: Site | undefined
  let isAnswered = true
  try {
    for (const block of blocks) {
      if (block.note === 'settings') {
        await site?.close()
        site = await Site.start(JSON.parse(block.text))
        continue
      }
      if (isRequest(block)) {
        assert.ok(isAnswered, `${whereIs(block)}: the request before has no answer`)
        site ??= await Site.start({})
        await prepare(site, commentAbove(block))
        await site.send(block.text)
        isAnswered = false
        continue
      }
      const problems = site ? await compare(site, block) : []
      assert.deepEqual(problems, [], whereIs(block))
      isAnswered ||= isAnswer(block)
    }
    assert.ok(isAnswered, `${blocks[0]?.page}: the last request has no answer`)
  } finally {
    await site?.close()
  }
}

async function compare(site: Site, block: Block): Promise<string[]> {
  if (block.note === 'message') return site.compareMessage(block.text)
  if (!isAnswer(block)) return []
  return block.language === 'json' ? site.compareJson(block.text) : site.compareHttp(block.text)
}

function isRequest({ language, text }: Block): boolean {
  return language === 'http' && !text.startsWith('HTTP/')
}

function isAnswer(block: Block): boolean {
  return block.language === 'json' || (block.language === 'http' && !isRequest(block))
}

/**
 * What a comment before a request has happen: `<!-- 180 seconds later -->` moves the clock,
 * `<!-- Ann has an account -->` makes it, `is signed in` and `has an authenticator app` say more of her.
 */
async function prepare(site: Site, comment: string): Promise<void> {
  const [, seconds = 0] = /^(\d+) seconds later$/.exec(comment) ?? []
  site.wait(Number(seconds))
  if (!comment.startsWith('Ann ')) return
  const isSignedIn = comment.includes('is signed in')
  const hasApp = comment.includes('has an authenticator app')
  assert.ok(isSignedIn || hasApp || comment === 'Ann has an account', comment)
  await site.addAnn({ isSignedIn, hasApp })
}

function commentAbove({ page, line }: Block): string {
  const above = readPage(page)
    .split('\n')
    .slice(0, line - 2)
  const last = above.findLast((it) => it.trim() !== '') ?? ''
  return /^<!-- (.+) -->$/.exec(last)?.[1] ?? ''
}

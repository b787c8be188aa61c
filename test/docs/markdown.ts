import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { anchorOf } from '../../docs/.vitepress/anchors.ts'
import { targetOf } from '../../docs/.vitepress/places.ts'

/** The folder of the repository. */
export const root = join(import.meta.dirname, '../..')

/** A fenced block of a page. */
export interface Block {
  page: string
  /** Where its text begins, counted from 1. */
  line: number
  /** The first word after the fence. */
  language: string
  /** What follows that word, such as `settings`. */
  note: string
  text: string
  /** The nearest heading of the second level above it. */
  section: string
}

interface Link {
  line: number
  target: string
}

/** The pages that people read, from the folder of the repository. */
export function listPages(): string[] {
  const atTop = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'AGENTS.md']
  // Those of the API are written for the site, and not kept.
  const inDocs = globSync('docs/{*,guides/*}.md', { cwd: root }).sort()
  return [...atTop, ...inDocs, 'packages/client/README.md']
}

export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

/** All fenced blocks of a page, in order. */
export function readBlocks(page: string): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  let section = ''
  for (const [index, line] of readPage(page).split('\n').entries()) {
    const [, language, note = ''] = /^```(\w*) ?(.*)$/.exec(line) ?? []
    if (open && line === '```') {
      blocks.push({ ...open, text: open.text.replace(/\n$/, '') })
      open = undefined
    } else if (open) {
      open = { ...open, text: `${open.text}${line}\n` }
    } else if (language !== undefined) {
      open = { page, line: index + 2, language, note, text: '', section }
    } else if (line.startsWith('## ')) {
      section = line.slice(3)
    }
  }
  if (open) throw new Error(`${whereIs(open)}: the block is not closed`)
  return blocks
}

/** The cells of every row of the tables of a page. */
export function readRows(page: string): string[][] {
  const rows = readPage(page).match(/^\|.*\|$/gm) ?? []
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

/** What is wrong with the relative links of a page: no such file, or no such heading in it. */
export function brokenLinks(page: string): string[] {
  return readLinks(page).flatMap(({ line, target }) => {
    const { file, anchor } = targetOf(page, target)
    const where = `${page}:${line}: ${target}`
    if (!existsSync(join(root, file))) return [`${where}: there is no ${file}`]
    if (anchor === '' || anchorsOf(file).has(anchor.slice(1))) return []
    return [`${where}: ${file} has no heading for ${anchor}`]
  })
}

/** For messages: page and line. */
export function whereIs({ page, line }: Pick<Block, 'page' | 'line'>): string {
  return `${page}:${line}`
}

/** The links that lead to files of the repository; those inside of code are none. */
export function readLinks(page: string): Link[] {
  const inBlocks = new Set(readBlocks(page).flatMap(linesOf))
  return readPage(page)
    .split('\n')
    .flatMap((text, index) => {
      const line = index + 1
      if (inBlocks.has(line)) return []
      const found = text.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)
      return [...found].map(([, target = '']) => ({ line, target }))
    })
    .filter(({ target }) => !/^[a-z]+:/.test(target))
}

function linesOf({ line, text }: Block): number[] {
  return text.split('\n').map((_, index) => line + index)
}

/** The anchors that a page's headings get where it is shown. */
function anchorsOf(page: string): Set<string> {
  const headings = readPage(page).matchAll(/^#+ (.+)$/gm)
  return new Set([...headings].map(([, heading = '']) => anchorOf(heading)))
}

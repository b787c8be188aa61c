import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** The folder of the repository. */
export const root = join(import.meta.dirname, '../..')

/** Pages that are not in docs. */
export const outerPages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'examples/README.md',
  'bench/README.md',
]

/** Where the site has files of the repository that are no pages. */
const source = '/source/'

/** Where the site has a page: docs/ is its top, and a README the index of its folder. */
export function placeOf(page: string): string {
  if (page === 'README.md') return 'readme.md'
  return page
    .replace(/^docs\//, '')
    .replace(/README\.md$/, 'index.md')
    .replace(/^[A-Z]+\.md$/, (name) => name.toLowerCase())
}

/** The file that a link of a page leads to, from the folder of the repository. */
export function targetOf(page: string, link: string): { file: string; anchor: string } {
  const [path = '', anchor] = link.split('#')
  const file = path === '' ? page : relative(root, join(root, dirname(page), path))
  return { file, anchor: anchor === undefined ? '' : `#${anchor}` }
}

/** Where a relative link of a page leads on the site; null where that is only in the repository. */
export function linkOnSite(page: string, link: string): string | null {
  const { file, anchor } = targetOf(page, link)
  if (isPage(file)) return `/${placeOf(file)}${anchor}`
  if (!existsSync(join(root, file)) || statSync(join(root, file)).isDirectory()) return null
  return source + textName(file)
}

/** A file of the repository is shown as text, whatever a web server takes its name for. */
export function textName(file: string): string {
  return `${file}.txt`
}

function isPage(file: string): boolean {
  return outerPages.includes(file) || (file.startsWith('docs/') && file.endsWith('.md'))
}

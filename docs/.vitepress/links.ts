import { relative } from 'node:path'
import { linkOnSite, root } from './places.ts'

/** What is used of a token of markdown-it. */
interface Token {
  type: string
  children: Token[] | null
  attrGet(name: string): string | null
  attrSet(name: string, value: string): void
}

/** Where a page is: `realPath` where the site has it under another name. */
interface Page {
  path?: string
  realPath?: string
}

interface Markdown {
  core: {
    ruler: {
      push(name: string, rule: (state: { tokens: Token[]; env: Page }) => void): void
    }
  }
}

/** Has the links between files of the repository lead to the same things on the site. */
export function siteLinks(markdown: Markdown, { base }: { base: string }): void {
  markdown.core.ruler.push('site_links', ({ tokens, env }) => {
    const page = relative(root, env.realPath ?? env.path ?? '')
    for (const token of tokens) changeLinks(token.children ?? [], page, base)
  })
}

function changeLinks(tokens: Token[], page: string, base: string): void {
  for (const token of tokens) {
    const href = token.type === 'link_open' ? token.attrGet('href') : null
    if (href === null || /^([a-z]+:|#)/.test(href)) continue
    const place = linkOnSite(page, href)
    if (place === null) {
      hideLink(tokens, token)
    } else if (/\.md(#|$)/.test(place)) {
      token.attrSet('href', place)
    } else {
      token.attrSet('href', base + place.slice(1))
      // Not a page of the site, so the browser itself goes there.
      token.attrSet('target', '_blank')
    }
  }
}

/** Leaves the words of a link that leads nowhere on the site. */
function hideLink(tokens: Token[], open: Token): void {
  const start = tokens.indexOf(open)
  const end = tokens.findIndex((it, index) => index > start && it.type === 'link_close')
  for (const token of [open, tokens[end]]) {
    if (token) Object.assign(token, { type: 'text', content: '', tag: '' })
  }
}

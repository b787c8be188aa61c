import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { type DefaultTheme, defineConfig } from 'vitepress'
import { anchorOf } from './anchors.ts'
import { siteLinks } from './links.ts'
import { outerPages, placeOf, root } from './places.ts'
import { type Group, groups, pagesOf } from './sidebar.ts'

const base = process.env.DOCS_BASE ?? '/'

/**
 * Pages above this folder do not find what is installed in it. The built ones, which are in it, do; while
 * serving, the path is told.
 */
const fromHere: Plugin = {
  name: 'from-here',
  enforce: 'pre',
  resolveId: (id, _importer, { ssr }) =>
    ssr && /^vue(\/server-renderer)?$/.test(id) ? { id, external: true } : undefined,
  configResolved({ optimizeDeps }) {
    optimizeDeps.include = optimizeDeps.include?.map((id) =>
      join(import.meta.dirname, 'node_modules', id.replace('vitepress > ', '')),
    )
  },
}

const pages = [...outerPages, ...globSync('docs/{*,guides/*,api/*}.md', { cwd: root })]
const apiPages = 'docs/api/pages.json'
const key = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="none" stroke="#b45309" stroke-width="3"><circle cx="11" cy="16" r="7"/><path d="M18 16h12v6M25 16v4"/></g></svg>`

export default defineConfig({
  title: 'Latchkey',
  description: 'An authentication server that you run yourself',
  lang: 'en',
  base,
  // The pages are where they are in the repository, so that they read well there too.
  srcDir: '..',
  srcExclude: ['AGENTS.md', 'packages/**', 'apps/**', 'docs/.vitepress/**'],
  rewrites: Object.fromEntries(pages.map((page) => [page, placeOf(page)])),
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(key)}` }]],
  // Those between pages are checked by test/docs; the others lead to what a reader has started.
  ignoreDeadLinks: 'localhostLinks',
  markdown: {
    anchor: { slugify: anchorOf },
    headers: { slugify: anchorOf },
    toc: { slugify: anchorOf },
    // A brace in a sentence is one.
    attrs: { disable: true },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config: (markdown) => siteLinks(markdown, { base }),
  },
  vite: {
    plugins: [fromHere],
    publicDir: join(import.meta.dirname, 'cache/public'),
    build: { chunkSizeWarningLimit: 4000 },
  },
  transformPageData(page) {
    // Every setting, and not the groups alone.
    if (page.relativePath === 'settings.md') page.frontmatter.outline = [2, 4]
  },
  themeConfig: {
    nav: [
      { text: 'Start', link: '/getting-started' },
      { text: 'Settings', link: '/settings' },
      { text: 'API', link: '/api/' },
      { text: 'Changes', link: '/changelog' },
    ],
    sidebar: [...groups.map(sidebarGroup), apiGroup(), projectGroup()],
    outline: { level: [2, 3] },
    search: { provider: 'local', options: { detailedView: true } },
    docFooter: { prev: 'Before', next: 'Next' },
  },
})

function sidebarGroup(group: Group): DefaultTheme.SidebarItem {
  const items = pagesOf(group).map(({ page, title }) => ({
    text: title ?? titleOf(`docs/${page}.md`),
    link: `/${page === 'index' ? '' : page}`,
  }))
  return { text: group.text, items, collapsed: false }
}

/** What tools/api-pages.ts has written before. */
function apiGroup(): DefaultTheme.SidebarItem {
  if (!existsSync(join(root, apiPages)))
    throw new Error(`${apiPages}: run tools/api-pages.ts first`)
  const listed: { name: string; title: string }[] = JSON.parse(
    readFileSync(join(root, apiPages), 'utf8'),
  )
  const items = listed.map(({ name, title }) => ({
    text: title,
    link: `/api/${name === 'index' ? '' : name}`,
  }))
  return { text: 'API operations', items, collapsed: true }
}

function projectGroup(): DefaultTheme.SidebarItem {
  const items = [
    { text: 'What it is, and a tour', link: '/readme' },
    { text: 'Examples', link: '/examples/' },
    { text: 'Changes', link: '/changelog' },
    { text: 'How to contribute', link: '/contributing' },
    { text: 'Measurements', link: '/bench/' },
  ]
  return { text: 'The project', items, collapsed: true }
}

function titleOf(page: string): string {
  const [, title = page] = /^# (.+)$/m.exec(readFileSync(join(root, page), 'utf8')) ?? []
  return title
}

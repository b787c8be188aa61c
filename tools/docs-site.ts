// Serves the site of the documentation (`npm run docs`) or builds it (`npm run docs:build`). What it is
// built with is installed at the first use, beside it, and is no part of the workspace.
import { spawnSync } from 'node:child_process'
import { copyFileSync, globSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { linkOnSite, outerPages, root, targetOf } from '../docs/.vitepress/places.ts'
import { readLinks } from '../test/docs/markdown.ts'
import { installBeside } from './npm.ts'

const folder = join(root, 'docs/.vitepress')
const [command = 'dev', ...rest] = process.argv.slice(2)

installBeside(folder)
run(process.execPath, [join(root, 'tools/api-pages.ts')], root)
copySources(join(folder, 'cache/public'))
const vitepress = join(folder, 'node_modules/vitepress/bin/vitepress.js')
run(process.execPath, [vitepress, command, join(root, 'docs'), ...rest], folder)

/** Puts the files that pages link to, and that are no pages, where the site has them. */
function copySources(publicFolder: string): void {
  rmSync(publicFolder, { recursive: true, force: true })
  for (const page of [...outerPages, ...globSync('docs/{*,guides/*}.md', { cwd: root })]) {
    for (const { target } of readLinks(page)) {
      const place = linkOnSite(page, target)
      if (!place?.startsWith('/source/')) continue
      const copy = join(publicFolder, place)
      mkdirSync(dirname(copy), { recursive: true })
      copyFileSync(join(root, targetOf(page, target).file), copy)
    }
  }
}

function run(program: string, words: readonly string[], cwd: string): void {
  const { status } = spawnSync(program, words, { cwd, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

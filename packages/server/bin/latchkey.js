#!/usr/bin/env node
// Plain JavaScript that every Node can read: it has to be able to say that this one is too old.
import fs from 'node:fs'
import module from 'node:module'
import os from 'node:os'
import { fileURLToPath } from 'node:url'

const leastMajor = 24
const major = Number(process.versions.node.split('.')[0])
if (major < leastMajor) {
  console.error(
    `latchkey needs Node ${leastMajor} or later; this is Node ${process.versions.node}.`,
  )
  console.error(
    'In a checkout, `npm ci` brings one along: run it by `npm start` or `npx latchkey`.',
  )
  process.exit(1)
}

// Hashing must not take all threads away from files and name look-ups.
process.env.UV_THREADPOOL_SIZE ??= String(os.availableParallelism() + 4)
module.enableCompileCache()

const built = new URL('../dist/main.js', import.meta.url)
const source = new URL('../src/cli/main.ts', import.meta.url)
const { main } = await import((isBuildCurrent() ? built : source).href)
await main(process.argv.slice(2))

/** An installed package has only the build; a checkout whose source is newer runs the source. */
function isBuildCurrent() {
  if (!fs.existsSync(source)) return true
  if (!fs.existsSync(built)) return false
  const builtAt = fs.statSync(built).mtimeMs
  const folder = fileURLToPath(new URL('../src', import.meta.url))
  // Folders count too: they are newer where a file was removed or renamed.
  return fs
    .readdirSync(folder, { recursive: true })
    .every(
      (path) => path.endsWith('.test.ts') || fs.statSync(`${folder}/${path}`).mtimeMs <= builtAt,
    )
}

// Builds the hosted pages, and packs what is worth it, so that no server has to do that.
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('../', import.meta.url))
const portal = join(root, 'apps/portal')

/** Packed, it has to be shorter than this part of what it was. */
const leastGain = 0.9

const packers = { br: brotliCompressSync, gz: gzipSync }

/** Writes the pages into a folder that is not there yet. */
export function buildPortal(folder: string): void {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: portal,
    stdio: 'inherit',
  })
  cpSync(join(portal, 'dist'), folder, { recursive: true })
  packFiles(folder)
}

/** Puts packed forms beside the files of a folder that get smaller by it. */
export function packFiles(folder: string): void {
  for (const name of globSync('**/*.{css,js,json,svg,txt,webmanifest}', { cwd: folder })) {
    const path = join(folder, name)
    const body = readFileSync(path)
    for (const [extension, pack] of Object.entries(packers)) {
      const packed = pack(body)
      if (packed.length < body.length * leastGain) writeFileSync(`${path}.${extension}`, packed)
    }
  }
}

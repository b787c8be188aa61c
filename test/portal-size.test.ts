import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'vitest'

const dist = fileURLToPath(new URL('../apps/portal/dist', import.meta.url))
const mostBytes = 120_000

describe('the built pages of the portal', () => {
  it(`load no more than ${mostBytes / 1000} kB of JavaScript, packed, before they show anything`, () => {
    const index = join(dist, 'index.html')
    assert.ok(existsSync(index), 'expected a build, found none: npm run build')
    const html = readFileSync(index, 'utf8')
    const entries = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path = '']) =>
      join(dist, path),
    )
    assert.ok(entries.length > 0)
    const files = withImports(entries)
    const sizes = files.map((file) => gzipSync(readFileSync(file)).length)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    assert.ok(total <= mostBytes, `expected ${mostBytes} bytes at most, found ${total}`)
  })

  it('have neither scripts nor styles in their HTML, which the policy would refuse', () => {
    const html = readFileSync(join(dist, 'index.html'), 'utf8')
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i)
  })
})

/** The files, and what they import at once. */
function withImports(files: readonly string[]): string[] {
  const found = new Set<string>()
  const waiting = [...files]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    const code = readFileSync(file, 'utf8')
    for (const [, path = ''] of code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g)) {
      waiting.push(join(dirname(file), path))
    }
  }
  return [...found]
}

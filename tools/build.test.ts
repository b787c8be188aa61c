import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { readFiles } from '../packages/server/src/portal/files.ts'
import { copyPortal } from './build.ts'

let base: string

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'latchkey-build-'))
})

afterEach(() => rmSync(base, { recursive: true, force: true }))

describe('copying the pages', () => {
  it('packs what gets smaller by it, for the server to send', async () => {
    const script = 'console.log(1)\n'.repeat(200)
    const from = join(base, 'from')
    mkdirSync(join(from, 'assets'), { recursive: true })
    writeFileSync(join(from, 'index.html'), '<!doctype html>')
    writeFileSync(join(from, 'assets/main-1.js'), script)
    writeFileSync(join(from, 'assets/tiny-2.js'), '1')
    const to = join(base, 'to')
    assert.equal(copyPortal(from, to), true)
    assert.equal(
      String(brotliDecompressSync(readFileSync(join(to, 'assets/main-1.js.br')))),
      script,
    )
    assert.equal(String(gunzipSync(readFileSync(join(to, 'assets/main-1.js.gz')))), script)
    const files = await readFiles(to)
    assert.deepEqual([...files.keys()].sort(), [
      'assets/main-1.js',
      'assets/tiny-2.js',
      'index.html',
    ])
    assert.ok(files.get('assets/main-1.js')?.br)
    assert.equal(files.get('assets/tiny-2.js')?.gzip, undefined)
  })

  it('copies nothing where they were not built', async () => {
    assert.equal(copyPortal(join(base, 'nowhere'), join(base, 'to')), false)
    assert.equal((await readFiles(join(base, 'to'))).size, 0)
  })
})

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { it } from 'vitest'
import { readFiles } from '../packages/server/src/portal/files.ts'
import { packFiles } from './build-portal.ts'

it('packs the pages that get smaller by it, as the server reads them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-build-'))
  try {
    const script = 'console.log(1)\n'.repeat(200)
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html>')
    writeFileSync(join(folder, 'assets/main-1.js'), script)
    writeFileSync(join(folder, 'assets/tiny-2.js'), '1')
    packFiles(folder)
    assert.equal(
      String(brotliDecompressSync(readFileSync(join(folder, 'assets/main-1.js.br')))),
      script,
    )
    assert.equal(String(gunzipSync(readFileSync(join(folder, 'assets/main-1.js.gz')))), script)
    const files = await readFiles(folder)
    assert.deepEqual([...files.keys()].sort(), [
      'assets/main-1.js',
      'assets/tiny-2.js',
      'index.html',
    ])
    assert.ok(files.get('assets/main-1.js')?.br)
    assert.equal(files.get('assets/tiny-2.js')?.gzip, undefined)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { loadSettings } from './load.ts'

const folder = join(import.meta.dirname, '../../../../../shared/conformance')
const isThere = existsSync(folder)

const readJson = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))

describe.skipIf(!isThere)('the settings of recorded traces', () => {
  it('load without warnings as they are in the base profile', () => {
    const SETTINGS = JSON.stringify(readJson('base-profile.json'))
    assert.deepEqual(loadSettings({ environment: { SETTINGS } }).warnings, [])
  })

  it('load, all of them', () => {
    const files = globSync('traces/**/*.json', { cwd: folder })
    assert.ok(files.length > 0)
    const base = readJson('base-profile.json')
    for (const file of files) {
      const SETTINGS = JSON.stringify({ ...base, ...readJson(file).settings }).replaceAll(
        '<rsa-private-key>',
        '-----BEGIN PRIVATE KEY-----',
      )
      assert.doesNotThrow(() => loadSettings({ environment: { SETTINGS } }), file)
    }
  })
})

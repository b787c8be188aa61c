import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, it } from 'vitest'
import { clientShape, serverShape } from './shapes.ts'
import { problems } from './structure.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'structure-'))
  folders.push(root)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

function check(files: Record<string, string>): string[] {
  return problems({
    root: tree(files),
    layers: [['base'], ['slices/a', 'slices/b']],
    slices: ['slices/a', 'slices/b'],
    importers: { kysely: /^base\// },
    maxLines: 3,
  })
}

describe('the structure of the server', () => {
  it('is as the design has it', () => {
    assert.deepEqual(problems(serverShape), [])
  })
})

describe('the structure of the client', () => {
  it('is as it was meant', () => {
    assert.deepEqual(problems(clientShape), [])
  })
})

describe('problems', () => {
  it('finds nothing where imports point down', () => {
    const files = { 'base/x.ts': '', 'slices/a/y.ts': "import { x } from '../../base/x.ts'" }
    assert.deepEqual(check(files), [])
  })

  it('finds an import that points up', () => {
    const files = { 'base/x.ts': "import type { Y } from '../slices/a/y.ts'", 'slices/a/y.ts': '' }
    assert.match(
      check(files).join(),
      /base\/x\.ts: must not import slices\/a\/y\.ts, which is above/,
    )
  })

  it('finds an import from another slice', () => {
    const files = { 'slices/a/x.ts': '', 'slices/b/y.ts': "export * from '../a/x.ts'" }
    assert.match(check(files).join(), /which is of another slice/)
  })

  it('finds a ring', () => {
    const files = { 'base/x.ts': "import './y.ts'", 'base/y.ts': "import './x.ts'" }
    assert.match(check(files).join(), /import ring: base\/x\.ts -> base\/y\.ts -> base\/x\.ts/)
  })

  it('finds a package where it does not belong', () => {
    assert.match(check({ 'slices/a/x.ts': "import { sql } from 'kysely'" }).join(), /kysely/)
  })

  it('finds a long file, and one that belongs nowhere', () => {
    const found = check({ 'base/x.ts': '\n\n\n\n', 'other/y.ts': '' }).join()
    assert.match(found, /base\/x\.ts: 5 lines/)
    assert.match(found, /other\/y\.ts: belongs to no layer/)
  })
})

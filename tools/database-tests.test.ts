import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, it } from 'vitest'
import { allTests, databaseTests } from './database-tests.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** Whether a test is chosen that imports by this line, beside files that import each other. */
function isChosen(line: string): boolean {
  const files = {
    'packages/p/src/door.ts': "import { a } from './a.ts'",
    'packages/p/src/near.ts': "export { door } from './door.ts'",
    'packages/p/src/a.ts': "import { b } from './b.ts'",
    'packages/p/src/b.ts': "import { a } from './a.ts'",
    'packages/p/src/types.ts': "import type { Door } from './door.ts'",
    'packages/p/src/x.test.ts': line,
  }
  const root = mkdtempSync(join(tmpdir(), 'latchkey-imports-'))
  folders.push(root)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return databaseTests(root, ['packages/p/src/door.ts']).includes('packages/p/src/x.test.ts')
}

describe('the tests that touch a database', () => {
  it.each([
    ["import { door } from './door.ts'"],
    ["import {\n  door,\n} from './near.ts'"],
    ["const { door } = await import('./near.ts')"],
    ["new Worker(new URL('./near.ts', import.meta.url))"],
    ["import type { A } from './a.ts'\nimport { door } from '../src/door.ts'"],
  ])('are those that get at it: %s', (line) => {
    assert.equal(isChosen(line), true)
  })

  it.each([
    ["import { a } from './a.ts'"],
    ["import type { Door } from './door.ts'"],
    ["import type {\n  Door,\n} from './door.ts'"],
    ["import { Type } from './types.ts'"],
    ["import { door } from 'door.ts'"],
  ])('are not those that do not: %s', (line) => {
    assert.equal(isChosen(line), false)
  })

  it('cannot be told where a door is gone', () => {
    assert.throws(() => databaseTests(undefined, ['packages/server/src/gone.ts']), /gone\.ts/)
  })

  it('are a part of all', () => {
    const chosen = new Set(databaseTests())
    const others = allTests().filter((file) => !chosen.has(file))
    assert.ok(chosen.has('packages/server/src/account/login/login.test.ts'))
    assert.ok(chosen.has('packages/server/test/concurrency.test.ts'))
    assert.ok(others.includes('packages/server/src/crypto/crypto.test.ts'))
    assert.ok(others.includes('tools/database-tests.test.ts'))
  })
})

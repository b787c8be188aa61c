import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import * as core from '../../packages/client/src/index.ts'
import * as hooks from '../../packages/client/src/react/index.ts'
import { type Listening, listen } from '../../packages/server/src/node/serve.ts'
import { createTestAuth, type TestAuth } from '../../packages/server/src/testing/auth.ts'
import { readBlocks, readPage, root } from './markdown.ts'
import { startNode } from './started.ts'

const page = 'docs/client.md'
const folder = mkdtempSync(join(tmpdir(), 'latchkey-client-page-'))
let auth: TestAuth
let server: Listening

beforeAll(async () => {
  auth = await createTestAuth()
  server = await listen(auth, { port: 0, host: '127.0.0.1' })
})

afterAll(async () => {
  await server?.stop(1)
  await auth?.database.close()
  rmSync(folder, { recursive: true, force: true })
})

describe(page, () => {
  it('has an app that works', async () => {
    const block = readBlocks(page).find(({ note }) => note === 'app')
    assert.ok(block)
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    writeFileSync(join(folder, 'app.ts'), block.text)
    const started = await startNode(['app.ts'], {
      cwd: folder,
      env: { LATCHKEY_URL: server.url },
      until: /^(.*signed-out\n)/s,
    })
    assert.equal(started.found, '200 signed-in\n1\nsigned-out\n')
    await started.stop()
  })

  it('names all that can be imported', () => {
    const text = readPage(page)
    const names = [...Object.keys(core), ...Object.keys(hooks)]
    assert.ok(names.length > 15)
    assert.deepEqual(
      names.filter((name) => !text.includes(name)),
      [],
    )
  })

  it('lists every code of an error', () => {
    const codes = {
      network: true,
      timeout: true,
      aborted: true,
      unavailable: true,
      forbidden: true,
      declined: true,
      unexpected: true,
    } satisfies Record<core.LatchkeyErrorCode, true>
    const section = readPage(page)
      .split('\n## ')
      .find((it) => it.startsWith('Answers'))
    const listed = [...(section ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code)
    assert.deepEqual(listed.sort(), Object.keys(codes).sort())
  })
})

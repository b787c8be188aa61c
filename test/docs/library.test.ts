import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { readBlocks, root } from './markdown.ts'
import { type Started, startNode } from './started.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-library-'))
let server: Started | undefined
let url = ''

beforeAll(async () => {
  const block = readBlocks('docs/library.md').find(({ note }) => note === 'server')
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'server.ts'), block?.text ?? '')
  server = await startNode(['server.ts'], {
    cwd: folder,
    env: { PORT: '0', SECRET_KEY: 'a secret that only the tests know, long enough' },
    until: /port: (\d+)/,
  })
  url = `http://localhost:${server.found}`
})

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the server of docs/library.md', () => {
  it('serves the API below its path', async () => {
    const signup = await post({ email: 'ann@example.org', password: 'correct horse battery' })
    assert.equal(signup.status, 200)
    const { data, meta } = await signup.json()
    assert.equal(data.user.email, 'ann@example.org')
    assert.equal(typeof meta.session_token, 'string')
  })

  it('refuses a body that is too long without reading it all', async () => {
    const answer = await post({ email: 'x'.repeat(100_000) })
    assert.equal(answer.status, 400)
  })

  it('leaves every other path to the program', async () => {
    const answer = await fetch(url)
    assert.equal(await answer.text(), 'My own page.\n')
  })
})

function post(body: object): Promise<Response> {
  const init = { method: 'POST', body: JSON.stringify(body) }
  return fetch(`${url}/_allauth/app/v1/auth/signup`, init)
}

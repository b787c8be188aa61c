import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'vitest'

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('expected a port')
  return address.port
}

/** The cookies that an answer sets, as a browser sends them back. */
function cookiesOf(answer: Response): Map<string, string> {
  const pairs = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair]))
}

describe('examples/node-http', () => {
  it('lets nobody but people who are signed in see its page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-example-'))
    const port = await freePort()
    const child = spawn(process.execPath, ['examples/node-http/server.ts'], {
      env: {
        ...process.env,
        PORT: String(port),
        SECRET_KEY: 'a secret that only this test knows, long enough',
        DATABASE_PATH: join(folder, 'example.sqlite3'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      await once(child.stdout, 'data')
      const url = `http://127.0.0.1:${port}`
      assert.equal((await fetch(url)).status, 401)
      const config = await fetch(`${url}/_allauth/browser/v1/config`)
      const csrf = cookiesOf(config).get('csrftoken') ?? ''
      const signedUp = await fetch(`${url}/_allauth/browser/v1/auth/signup`, {
        method: 'POST',
        headers: { cookie: csrf, 'x-csrftoken': csrf.slice('csrftoken='.length) },
        body: JSON.stringify({ email: 'ann@example.org', password: 'correct horse battery' }),
      })
      assert.equal(signedUp.status, 200)
      const cookie = cookiesOf(signedUp).get('sessionid') ?? ''
      const page = await fetch(url, { headers: { cookie } })
      assert.equal(await page.text(), 'Hello, ann.\n')
    } finally {
      child.kill()
      await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

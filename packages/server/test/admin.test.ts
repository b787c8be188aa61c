import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, it } from 'vitest'
import { cleanUp, latchkey, makeFolder, startServer, testSecret, until } from './processes.ts'

afterEach(cleanUp)

/** Has a process print which of the two packages it loads. */
function watchLoading(cwd: string): { NODE_OPTIONS: string } {
  const hook = join(cwd, 'watch.mjs')
  writeFileSync(
    hook,
    `import { registerHooks } from 'node:module'
registerHooks({
  load(url, context, next) {
    const found = /node_modules\\/(prom-client|@opentelemetry\\/api)\\//.exec(url)
    if (found) process.stderr.write('loaded ' + found[1] + '\\n')
    return next(url, context)
  },
})`,
  )
  return { NODE_OPTIONS: `--import=${hook}` }
}

async function startWithAdmin(env: Record<string, string> = {}) {
  const cwd = makeFolder()
  const given = { SECRET_KEY: testSecret, ADMIN_PORT: '0', ...watchLoading(cwd), ...env }
  const server = await startServer({ cwd, env: given })
  const admin = await until(
    'the admin port',
    () => /"adminUrl":"([^"]+)"/.exec(server.said.stdout)?.[1],
  )
  return { server, admin }
}

describe('ADMIN_PORT', () => {
  it('tells metrics and health, and nothing else', async () => {
    const { server, admin } = await startWithAdmin()
    assert.match(admin, /^http:\/\/127\.0\.0\.1:\d+$/)
    await fetch(`${server.url}/_allauth/app/v1/auth/session`)
    const metrics = await fetch(`${admin}/metrics`)
    assert.equal(metrics.status, 200)
    assert.match(metrics.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)
    const text = await metrics.text()
    assert.match(text, /route="\/_allauth\/app\/v1\/auth\/session",status="4xx"\} 1$/m)
    assert.match(text, /^process_resident_memory_bytes \d+$/m)
    assert.match(text, /^nodejs_eventloop_lag_p99_seconds /m)
    for (const path of ['/health/live', '/health/ready']) {
      assert.equal((await fetch(admin + path)).status, 200)
    }
    assert.equal((await fetch(`${admin}/_allauth/app/v1/config`)).status, 404)
    assert.equal((await fetch(`${admin}/metrics`, { method: 'POST' })).status, 405)
    assert.equal((await fetch(`${server.url}/metrics`)).status, 404)
    const { code } = await server.stop()
    assert.equal(code, 0)
    await assert.rejects(fetch(`${admin}/health/live`))
  })

  it('has the package for metrics loaded, which is not loaded without it', async () => {
    const { server } = await startWithAdmin()
    assert.match((await server.stop()).stderr, /loaded prom-client/)
    const cwd = makeFolder()
    const without = await startServer({
      cwd,
      env: { SECRET_KEY: testSecret, ...watchLoading(cwd) },
    })
    await fetch(`${without.url}/_allauth/app/v1/auth/session`)
    const { stdout, stderr } = await without.stop()
    assert.equal(stderr, '')
    assert.doesNotMatch(stdout, /adminUrl/)
  })

  it('ends with a message where the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await until('the other server', () => other.listening)
    const { port } = other.address() as AddressInfo
    const env = { SECRET_KEY: testSecret, PORT: '0', ADMIN_PORT: String(port) }
    const { code, stderr } = await latchkey(['serve'], { cwd: makeFolder(), env })
    other.close()
    assert.equal(code, 1)
    assert.match(stderr, new RegExp(`ADMIN_PORT: cannot listen on 127.0.0.1, port ${port}`))
  })
})

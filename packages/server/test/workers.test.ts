// `latchkey serve --workers`: several processes that share a port, and the one that looks after them.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, it } from 'vitest'
import { request, tally } from './http-client.ts'
import {
  cleanUp,
  latchkey,
  makeFolder,
  type RunningServer,
  startServer,
  testSecret,
  until,
} from './processes.ts'

const password = 'correct horse battery'
const env = { SECRET_KEY: testSecret, ACCOUNT_EMAIL_VERIFICATION: 'none' }

afterEach(cleanUp)

describe('latchkey serve --workers 3', () => {
  const start = (cwd = makeFolder()) => startServer({ cwd, env, words: ['--workers', '3'] })

  it('has three processes serve one SQLite database, says so once, and counts limits once', {
    timeout: 60_000,
  }, async () => {
    const cwd = makeFolder()
    const server = await start(cwd)
    assert.equal(workersOf(server).length, 3)
    const credentials = (n: number) => ({ email: `user${n}@example.org`, password })
    const signups = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        request(server.url, 'POST', 'auth/signup', { json: credentials(n) }),
      ),
    )
    assert.deepEqual(tally(signups), { '200': 6 })
    const wrong = { ...credentials(0), password: 'wrong horse' }
    const guesses = await Promise.all(
      Array.from({ length: 20 }, () => request(server.url, 'POST', 'auth/login', { json: wrong })),
    )
    assert.deepEqual(tally(guesses), {
      '400 email_password_mismatch': 5,
      '400 too_many_login_attempts': 15,
    })
    const { code, stdout, stderr } = await server.stop()
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
    assert.equal(stdout.match(/"msg":"listening"/g)?.length, 1)
    const db = new DatabaseSync(join(cwd, 'latchkey.sqlite3'))
    assert.equal(db.prepare('select count(*) as count from users').get()?.count, 6)
    db.close()
  })

  it('says once what is wrong with the settings', { timeout: 60_000 }, async () => {
    const server = await startServer({
      cwd: makeFolder(),
      env: { ...env, SESSION_COOKIE_DOMAIN: 'localhost' },
      words: ['--workers', '3'],
    })
    const told = () => server.said.stdout.match(/no hosts below localhost/g)?.length ?? 0
    await until('it is told', () => told() > 0)
    await server.stop()
    assert.equal(told(), 1)
  })

  it('starts another one where one dies', { timeout: 60_000 }, async () => {
    const server = await start()
    const before = workersOf(server)
    const [victim] = before
    assert.ok(victim)
    process.kill(victim, 'SIGKILL')
    await until('the worker is gone', () => !workersOf(server).includes(victim))
    await until('there are three again', () => workersOf(server).length === 3)
    assert.equal((await fetch(`${server.url}/health/ready`)).status, 200)
    await until('it is told', () =>
      /"signal":"SIGKILL","msg":"a worker ended"/.test(server.said.stdout),
    )
    assert.equal((await server.stop()).code, 0)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'lets running requests end at %s, also where every process gets it at once',
    async (signal) => {
      const server = await start()
      const json = { email: 'nobody@example.org', password }
      const running = Array.from({ length: 6 }, () =>
        request(server.url, 'POST', 'auth/login', { json, ip: '203.0.113.1' }),
      )
      await Promise.race(running)
      const workers = workersOf(server)
      // As a terminal and systemd do.
      for (const pid of [...workers, Number(server.child.pid)]) process.kill(pid, signal)
      for (const { status } of await Promise.all(running)) assert.ok(status < 500)
      assert.deepEqual({ ...(await server.ended), stdout: '' }, { code: 0, stdout: '', stderr: '' })
      assert.deepEqual(workers.filter(isAlive), [])
    },
  )

  it('tells the metrics of all of them on the admin port, and what they say of their state', async () => {
    const server = await startServer({
      cwd: makeFolder(),
      env: { ...env, ADMIN_PORT: '0' },
      words: ['--workers', '3'],
    })
    const admin = /"adminUrl":"([^"]+)"/.exec(server.said.stdout)?.[1]
    for (let n = 0; n < 9; n += 1) {
      // Each over a connection of its own, so that every worker gets some.
      await request(server.url, 'GET', 'auth/session', { headers: { Connection: 'close' } })
    }
    const text = await (await fetch(`${admin}/metrics`)).text()
    assert.match(text, /route="\/_allauth\/app\/v1\/auth\/session",status="4xx"\} 9$/m)
    const ready = await fetch(`${admin}/health/ready`)
    assert.deepEqual([ready.status, await ready.json()], [200, { status: 'ok' }])
    assert.equal((await server.stop()).code, 0)
  })

  it('leaves no worker behind where the process that looks after them is killed', async () => {
    const server = await start()
    const workers = workersOf(server)
    await server.kill()
    await until('the workers are gone', () => workers.filter(isAlive).length === 0)
  })

  it('ends where no worker stays, and says so', { timeout: 60_000 }, async () => {
    const server = await start()
    // Whatever is started from now on finds nothing to start.
    const killing = setInterval(() => {
      for (const pid of workersOf(server)) process.kill(pid, 'SIGKILL')
    }, 50)
    const { code, stderr } = await server.ended.finally(() => clearInterval(killing))
    assert.equal(code, 1)
    assert.match(stderr, /^latchkey serve: the workers end as soon as they are started/)
  })
})

describe('latchkey serve --workers', () => {
  it('ends with what the first worker ends with, which says why, once', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const words = ['serve', '--workers', '3', '--port', String(port)]
    const { code, stderr } = await latchkey(words, { cwd: makeFolder(), env })
    other.close()
    assert.equal(code, 1)
    assert.equal(stderr, `latchkey serve: port ${port} is in use; choose another with --port\n`)
  })

  it('takes the number from WORKERS too', async () => {
    const server = await startServer({ cwd: makeFolder(), env: { ...env, WORKERS: '2' } })
    assert.equal(workersOf(server).length, 2)
    assert.equal((await server.stop()).code, 0)
  })

  it('ends with 3 without a secret', async () => {
    const { code, stderr } = await latchkey(['serve', '--workers', '2'], { cwd: makeFolder() })
    assert.equal(code, 3)
    assert.match(stderr, /^A setting is wrong:\n.*SECRET_KEY: expected a secret.*\n$/)
  })

  it.each(['0', '257', 'many'])('ends with 2 for %s', async (count) => {
    const { code, stderr } = await latchkey(['serve', '--workers', count], {
      cwd: makeFolder(),
      env,
    })
    assert.equal(code, 2)
    assert.match(stderr, /--workers: expected a number from 1 to 256/)
  })

  it('is refused with --dev, whose mailbox is in one process; WORKERS does not count there', async () => {
    const cwd = makeFolder()
    const refused = await latchkey(['serve', '--dev', '--workers', '2'], { cwd, env })
    assert.equal(refused.code, 2)
    assert.match(refused.stderr, /--workers: --dev keeps its mailbox in one process/)
    const server = await startServer({ cwd, env: { ...env, WORKERS: '2' }, words: ['--dev'] })
    assert.deepEqual(workersOf(server), [])
  })
})

/** The processes that the server has started. */
function workersOf({ child }: RunningServer): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'ppid=,pid=,args='], { encoding: 'utf8' })
  return lines
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([parent, , ...args]) => Number(parent) === child.pid && args.includes('serve'))
    .map(([, pid]) => Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

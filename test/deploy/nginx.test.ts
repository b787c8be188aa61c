import assert from 'node:assert/strict'
import { join } from 'node:path'
import { afterEach, describe, it } from 'vitest'
import {
  cleanUp,
  makeFolder,
  type RunningServer,
  startServer,
  testSecret,
  until,
} from '../../packages/server/test/processes.ts'
import { hasNginx, type Nginx, startNginx } from './nginx.ts'

const api = '/_allauth/app/v1'
const password = 'correct horse battery'
let nginx: Nginx | undefined

afterEach(async () => {
  await nginx?.stop()
  nginx = undefined
  await cleanUp()
})

async function startBehindNginx(settings: Record<string, string> = {}) {
  const folder = makeFolder()
  const env = {
    SECRET_KEY: testSecret,
    DATABASE_PATH: join(folder, 'test.sqlite3'),
    PUBLIC_URL: 'https://auth.example.com',
    ALLAUTH_TRUSTED_PROXY_COUNT: '1',
    ...settings,
  }
  const nodes: RunningServer[] = []
  for (let node = 0; node < 2; node += 1) nodes.push(await startServer({ cwd: folder, env }))
  const started = await startNginx(
    folder,
    nodes.map(({ url }) => new URL(url).host),
  )
  nginx = started
  await until('nginx answers', () =>
    started.ask(`${api}/config`).then(
      ({ status }) => status === 200,
      () => false,
    ),
  )
  return { nodes, nginx: started }
}

function logIn(proxy: Nginx, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ email: 'ann@example.org', password })
  return proxy.ask(`${api}/auth/login`, { method: 'POST', headers, body })
}

describe.skipIf(!hasNginx)('deploy/nginx.conf', () => {
  it('serves the API by https, with cookies for https alone, and nothing by http', async () => {
    const { nginx: proxy } = await startBehindNginx()
    const answer = await proxy.ask('/_allauth/browser/v1/config')
    assert.equal(answer.status, 200)
    assert.match(String(answer.headers['set-cookie']), /csrftoken=.*; Secure/)
    assert.match(String(answer.headers['strict-transport-security']), /max-age=/)
    assert.equal((await proxy.ask('/health/ready')).status, 404)
    const plain = await fetch(`http://127.0.0.1:${proxy.httpPort}${api}/config?a=b`, {
      redirect: 'manual',
    })
    assert.equal(plain.status, 308)
    assert.equal(plain.headers.get('location'), `https://127.0.0.1${api}/config?a=b`)
  })

  it('lets no client choose the address that limits count by', async () => {
    const limits = JSON.stringify({ login: '2/m/ip', login_failed: '9/m/ip' })
    const { nginx: proxy } = await startBehindNginx({ ACCOUNT_RATE_LIMITS: limits })
    const statuses: number[] = []
    for (const last of [1, 2, 3]) {
      const headers = { 'X-Forwarded-For': `203.0.113.${last}`, Forwarded: `for=203.0.113.${last}` }
      statuses.push((await logIn(proxy, headers)).status)
    }
    assert.deepEqual(statuses, [400, 400, 429])
  })

  it('goes on with the node that is left', async () => {
    const { nodes, nginx: proxy } = await startBehindNginx()
    await nodes[0]?.kill()
    for (let request = 0; request < 6; request += 1) {
      assert.equal((await proxy.ask(`${api}/config`)).status, 200)
    }
  })
})

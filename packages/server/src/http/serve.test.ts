import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import type { TestAnswer } from '../testing/client.ts'
import { serve } from './serve.ts'

const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const app = '/_allauth/app/v1'
const noStore = 'max-age=0, no-cache, no-store, must-revalidate, private'

interface RawRequest {
  method?: string
  target?: string
  headers?: Record<string, string>
}

/** A request exactly as given, which no client would send. */
async function send({ server, served }: TestAuth, request: RawRequest) {
  const { method = 'GET', target = `${app}/config`, headers = {} } = request
  const all: Record<string, string> = { host: 'localhost', ...headers }
  const answered = await serve(server, served, {
    method,
    target,
    isEncrypted: false,
    remoteAddress: '192.0.2.1',
    header: (name) => all[name],
    readBody: async () => new Uint8Array(),
  })
  return { ...answered, body: String(answered.body), headers: new Headers(answered.headers) }
}

describe('a path', () => {
  it('is answered with 404 that is not JSON where it is unknown or only nearly right', async () => {
    await using auth = await createTestAuth()
    for (const path of [
      '',
      '/_allauth',
      `${app}/nope`,
      `${app}//config`,
      `${app}/config/`,
      `${app}/config//`,
      `${app}/./config`,
      `${app}/../v1/config`,
      `${app}/Config`,
      '/_ALLAUTH/app/v1/config',
      `${app}/config%2F`,
      `${app}%2Fauth%2F%2Fsession`,
      `${app}/config%00`,
      `${app}/config;x=1`,
      `${app}/auth/session%20`,
      `${app}/%E0%A4%A`,
      '/_allauth/web/v1/config',
      '/_allauth/app/v2/config',
      '//localhost/_allauth/app/v1/config',
      '*',
      'http://',
      '/__proto__',
      '/constructor',
    ]) {
      const { status, headers } = await send(auth, { target: path })
      assert.equal(status, 404, path)
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
    }
  })

  it('may be written with escapes, absolute, and with any query', async () => {
    await using auth = await createTestAuth()
    for (const target of [
      `${app}/%63onfig`,
      `${app}/config?x=1&x=2&%00=%ff`,
      `${app}/config?`,
      `${app}/config#x`,
      `http://localhost${app}/config`,
      `http://elsewhere.example${app}/config?x`,
    ]) {
      assert.equal((await send(auth, { target })).status, 200, target)
    }
  })

  it('does not take input from the query', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const query = new URLSearchParams(ann)
    const answer = await auth.client('app').post(`auth/login?${query}`, {})
    assert.equal(answer.status, 400)
  })

  it('exists for the kinds of client of the settings alone', async () => {
    await using auth = await createTestAuth({ settings: { HEADLESS_CLIENTS: ['app'] } })
    assert.equal((await auth.client('app').get('config')).status, 200)
    assert.equal((await auth.client('browser').get('config')).status, 404)
  })
})

describe('a method', () => {
  it('is answered with 405 and those that there are where the path has no such', async () => {
    await using auth = await createTestAuth()
    const table: [string, string, string][] = [
      ['PUT', 'config', 'GET, HEAD, OPTIONS'],
      ['PATCH', 'config', 'GET, HEAD, OPTIONS'],
      ['TRACE', 'config', 'GET, HEAD, OPTIONS'],
      ['PROPFIND', 'config', 'GET, HEAD, OPTIONS'],
      ['get', 'config', 'GET, HEAD, OPTIONS'],
      ['__proto__', 'config', 'GET, HEAD, OPTIONS'],
      ['PUT', 'auth/session', 'DELETE, GET, HEAD, OPTIONS'],
      ['GET', 'auth/login', 'OPTIONS, POST'],
      ['DELETE', 'auth/email/verify', 'GET, HEAD, OPTIONS, POST'],
    ]
    for (const [method, path, allow] of table) {
      const { status, headers } = await send(auth, { method, target: `${app}/${path}` })
      assert.equal(status, 405, `${method} ${path}`)
      assert.equal(headers.get('allow'), allow)
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
    }
  })

  it('OPTIONS tells those that there are', async () => {
    await using auth = await createTestAuth()
    for (const [path, allow] of [
      ['config', 'GET, HEAD, OPTIONS'],
      ['auth/session', 'DELETE, GET, HEAD, OPTIONS'],
      ['auth/signup', 'OPTIONS, POST'],
      ['auth/email/verify/resend', 'OPTIONS, POST'],
    ]) {
      const { status, headers, body } = await send(auth, {
        method: 'OPTIONS',
        target: `${app}/${path}`,
      })
      assert.equal(status, 200)
      assert.equal(headers.get('allow'), allow)
      assert.equal(body, '')
    }
  })

  it('HEAD answers as GET does, without the body', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = auth.client('app')
    await client.post('auth/login', ann)
    const known = { 'x-session-token': String(client.token) }
    for (const [path, headers] of [
      ['config', {}],
      ['auth/session', {}],
      ['auth/session', known],
      ['auth/email/verify', {}],
    ] as const) {
      const get = await send(auth, { target: `${app}/${path}`, headers })
      const head = await send(auth, { method: 'HEAD', target: `${app}/${path}`, headers })
      assert.equal(head.status, get.status, path)
      assert.equal(head.body, '')
      assert.equal(head.headers.get('content-type'), get.headers.get('content-type'))
      assert.equal(head.headers.get('cache-control'), get.headers.get('cache-control'))
    }
    const { status } = await send(auth, { method: 'HEAD', target: `${app}/auth/login` })
    assert.equal(status, 400)
  })

  it('can not be overridden by a header or a parameter', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    for (const kind of ['app', 'browser'] as const) {
      const client = auth.client(kind)
      await client.post('auth/login', ann)
      for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
        const headers = { [name]: 'DELETE' }
        const answer = await client.get('auth/session?_method=DELETE', { headers })
        assert.equal(answer.status, 200, name)
      }
      assert.equal((await client.get('auth/session')).status, 200)
    }
  })
})

describe('the headers of an answer', () => {
  it('forbid to keep it, whatever its status', async () => {
    await using auth = await createTestAuth({
      settings: { ACCOUNT_RATE_LIMITS: { signup: '1/m/ip' } },
      users: [ann],
    })
    const answers: TestAnswer[] = []
    for (const kind of ['app', 'browser'] as const) {
      const client = auth.client(kind)
      answers.push(await client.get('config'))
      answers.push(await client.get('auth/session'))
      answers.push(await client.post('auth/login', {}))
      answers.push(await client.request('POST', 'auth/login', undefined, { raw: '{' }))
      answers.push(await client.post('auth/email/verify/resend'))
      answers.push(await client.post('auth/signup', {}))
      answers.push(await client.get('nope'))
      answers.push(await client.put('config', {}))
      answers.push(await client.post('auth/login', ann))
      answers.push(await client.post('auth/login', ann))
    }
    const gone = auth.client('app')
    gone.token = 'unknown'
    answers.push(await gone.get('auth/session'))
    answers.push(await auth.client('browser').post('auth/login', {}, { csrf: false }))
    const statuses = new Set(answers.map(({ status }) => status))
    assert.deepEqual([...statuses].sort(), [200, 400, 401, 403, 404, 405, 409, 410, 429])
    for (const { status, headers } of answers) {
      assert.equal(headers.get('cache-control'), noStore, String(status))
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
    }
  })

  it('do not depend on what the client accepts', async () => {
    await using auth = await createTestAuth()
    for (const accept of ['text/html', 'image/png;q=1', 'application/xml', '']) {
      const { status, headers } = await send(auth, {
        headers: { accept, 'accept-encoding': 'br, gzip', 'accept-language': 'xx-YY' },
      })
      assert.equal(status, 200)
      assert.equal(headers.get('content-type'), 'application/json')
      assert.equal(headers.get('content-encoding'), null)
    }
  })

  it('let no other origin in', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    for (const kind of ['app', 'browser']) {
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await send(auth, {
          method,
          target: `/_allauth/${kind}/v1/config`,
          headers: {
            origin: 'https://evil.example',
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'x-session-token',
          },
        })
        const cors = [...headers.keys()].filter((name) => name.startsWith('access-control'))
        assert.deepEqual(cors, [])
      }
    }
  })

  it('name every request by an id of its own', async () => {
    await using auth = await createTestAuth()
    const ids = new Set<string | null>()
    for (let n = 0; n < 5; n += 1) {
      const { headers } = await send(auth, { headers: { 'x-request-id': 'chosen' } })
      ids.add(headers.get('x-request-id'))
    }
    assert.equal(ids.size, 5)
    assert.equal(ids.has('chosen'), false)
  })

  it('repeat nothing that the request said', async () => {
    await using auth = await createTestAuth()
    const evil = '<script>alert(1)</script>'
    for (const target of [
      `/${evil}`,
      `${app}/${encodeURIComponent(evil)}`,
      `${app}/config?${evil}`,
    ]) {
      const { body, headers } = await send(auth, { target, headers: { host: evil, origin: evil } })
      assert.equal(body.includes('script'), false)
      assert.equal(JSON.stringify([...headers]).includes('script'), false)
    }
  })
})

describe('a host', () => {
  const status = async (auth: TestAuth, host: string) =>
    (await send(auth, { headers: { host } })).status

  it('is this machine where the settings name none', async () => {
    await using auth = await createTestAuth()
    for (const host of [
      'localhost',
      'localhost:8000',
      'app.localhost',
      '127.0.0.1:1',
      '[::1]:8000',
    ]) {
      assert.equal(await status(auth, host), 200, host)
    }
    for (const host of ['', 'example.org', 'localhost.evil.example', '127.0.0.1.evil.example']) {
      assert.equal(await status(auth, host), 400, host)
    }
  })

  it('has to be one of ALLOWED_HOSTS', async () => {
    const settings = { ALLOWED_HOSTS: ['127.0.0.1', '.example.org'] }
    await using auth = await createTestAuth({ settings })
    for (const host of [
      'example.org',
      'api.example.org',
      'a.b.example.org:8443',
      'API.EXAMPLE.ORG',
    ]) {
      assert.equal(await status(auth, host), 200, host)
    }
    for (const host of [
      'localhost',
      'evilexample.org',
      'example.org.evil.example',
      'example.org@evil.example',
      'example.org:80:80',
      'example.org/',
      '*',
    ]) {
      assert.equal(await status(auth, host), 400, host)
    }
  })

  it('may be that of PUBLIC_URL, and any where the settings say so', async () => {
    await using named = await createTestAuth({
      settings: { PUBLIC_URL: 'https://auth.example.org' },
    })
    assert.equal(await status(named, 'auth.example.org'), 200)
    assert.equal(await status(named, 'other.example.org'), 400)
    await using any = await createTestAuth({ settings: { ALLOWED_HOSTS: ['*'] } })
    assert.equal(await status(any, 'whatever.example'), 200)
  })

  it('never gets into a mail, nor does what a proxy would add', async () => {
    const settings = { ALLOWED_HOSTS: ['*'], ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
    await using auth = await createTestAuth({ settings })
    const headers = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    }
    await auth.client('app').post('auth/signup', ann, { headers })
    assert.doesNotMatch(await auth.mailTo(ann.email), /evil/)
  })

  it('does not matter for the health of the server', async () => {
    await using auth = await createTestAuth()
    for (const target of ['/health/live', '/health/ready']) {
      assert.equal((await send(auth, { target, headers: { host: '10.0.0.1' } })).status, 200)
    }
  })
})

describe('a user agent', () => {
  it('may be missing, empty or long, and is kept in part', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    for (const agent of [undefined, '', 'u'.repeat(5000), 'a\u0000b\r\nc', '👩'.repeat(300)]) {
      const headers = { 'user-agent': agent }
      assert.equal((await auth.client('app').post('auth/login', ann, { headers })).status, 200)
    }
    const rows = await auth.server.db.selectFrom('sessions').select('user_agent').execute()
    assert.equal(Math.max(...rows.map((it) => it.user_agent.length)), 200)
  })
})

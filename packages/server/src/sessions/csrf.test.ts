import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { routes } from '../app.ts'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import type { TestClient } from '../testing/client.ts'

const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const unlimited = { ACCOUNT_RATE_LIMITS: false }
const behindProxy = {
  ...unlimited,
  ALLOWED_HOSTS: ['auth.example.org'],
  CSRF_TRUSTED_ORIGINS: ['https://app.example.org'],
  SECURE_PROXY_SSL_HEADER: ['HTTP_X_FORWARDED_PROTO', 'https'],
}

async function browser(auth: TestAuth): Promise<TestClient> {
  const client = auth.client('browser')
  await client.get('/_allauth/browser/v1/config', { headers: { host: hostOf(auth) } })
  return client
}

function hostOf(auth: TestAuth): string {
  return auth.server.settings.server.allowedHosts[0] ?? 'localhost'
}

/** What a login with nothing in it answers: 403 if it is refused as forged, else 400. */
async function statusWith(auth: TestAuth, headers: Record<string, string | undefined>) {
  const client = await browser(auth)
  const all = { host: hostOf(auth), ...headers }
  return (await client.post('auth/login', {}, { headers: all })).status
}

describe('the token against forged requests', () => {
  it('is needed in cookie and header, which have to agree', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const { cookies } = await browser(auth)
    const token = String(cookies.get('csrftoken'))
    const foreign = String((await browser(auth)).cookies.get('csrftoken'))
    assert.notEqual(token, foreign)
    const table: [string | undefined, string | undefined, number][] = [
      [token, token, 400],
      [undefined, token, 403],
      [token, undefined, 403],
      [undefined, undefined, 403],
      [token, foreign, 403],
      [token, '', 403],
      [token, `${token}x`, 403],
      [token, token.toUpperCase(), 403],
      ['', '', 403],
      ['x', 'x', 403],
      ['undefined', 'undefined', 403],
      ['a'.repeat(31), 'a'.repeat(31), 403],
      ['a'.repeat(65), 'a'.repeat(65), 403],
      ['<>'.repeat(20), '<>'.repeat(20), 403],
    ]
    for (const [cookie, header, status] of table) {
      const headers = {
        cookie: cookie === undefined ? undefined : `csrftoken=${cookie}`,
        'x-csrftoken': header,
      }
      const answer = await auth.client('browser').post('auth/login', {}, { csrf: false, headers })
      assert.equal(answer.status, status, `${cookie} ${header}`)
    }
  })

  it('counts neither in the body nor in the query', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const client = await browser(auth)
    const token = client.cookies.get('csrftoken')
    const path = `auth/login?csrfmiddlewaretoken=${token}&csrftoken=${token}`
    const body = { csrfmiddlewaretoken: token, csrftoken: token }
    assert.equal((await client.post(path, body, { csrf: false })).status, 403)
    const raw = `csrfmiddlewaretoken=${token}`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    assert.equal((await client.post(path, {}, { csrf: false, raw, headers })).status, 403)
  })

  it('is needed for every unsafe method on every path of the browser', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = auth.client('browser')
    await client.post('auth/login', ann)
    for (const { method, path, clients } of routes) {
      if (method === 'GET' || (clients && !clients.includes('browser'))) continue
      const { status } = await client.request(method, path, {}, { csrf: false })
      assert.ok(status === 403 || status === 404, `${method} ${path}: ${status}`)
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'post', 'get']) {
      const { status } = await client.request(method, 'auth/session', undefined, { csrf: false })
      assert.equal(status, 403, method)
    }
    assert.equal((await client.get('auth/session')).status, 200)
  })

  it('is looked at before body, method, limit and session', async () => {
    await using auth = await createTestAuth({
      settings: { ACCOUNT_RATE_LIMITS: { login: '1/m/ip' } },
    })
    const client = await browser(auth)
    for (let n = 0; n < 3; n += 1) {
      const forged = { csrf: false, raw: '{{{' }
      const { status, headers } = await client.request('POST', 'auth/login', undefined, forged)
      assert.equal(status, 403)
      assert.equal(headers.get('content-type'), 'text/html; charset=utf-8')
      assert.deepEqual(headers.getSetCookie(), [])
    }
    assert.equal((await client.post('auth/login', {})).status, 400)
  })

  it('does not matter where nothing is changed', async () => {
    await using auth = await createTestAuth()
    const client = auth.client('browser')
    const headers = {
      'x-csrftoken': 'nonsense',
      origin: 'https://evil.example',
      cookie: 'csrftoken=short',
    }
    assert.equal((await client.get('config', { headers })).status, 200)
    assert.equal((await client.get('auth/session', { headers })).status, 401)
    for (const method of ['HEAD', 'OPTIONS']) {
      assert.notEqual((await client.request(method, 'config', undefined, { headers })).status, 403)
    }
  })

  it('is renewed at login, and the pair from before still agrees with itself', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await browser(auth)
    const before = String(client.cookies.get('csrftoken'))
    await client.post('auth/login', ann)
    const after = String(client.cookies.get('csrftoken'))
    assert.notEqual(after, before)
    const session = `sessionid=${client.cookies.get('sessionid')}`
    const signOut = (cookie: string, header: string) =>
      client.delete('auth/session', undefined, {
        csrf: false,
        headers: { cookie: `${session}; csrftoken=${cookie}`, 'x-csrftoken': header },
      })
    assert.equal((await signOut(after, before)).status, 403)
    assert.equal((await signOut(before, before)).status, 401)
  })

  it('is kept between logins', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const client = await browser(auth)
    const before = client.cookies.get('csrftoken')
    await client.get('auth/session')
    await client.post('auth/login', {})
    assert.equal(client.cookies.get('csrftoken'), before)
  })

  it('is read from the header and the cookie that the settings name', async () => {
    const settings = {
      ...unlimited,
      CSRF_HEADER_NAME: 'HTTP_X_XSRF_TOKEN',
      CSRF_COOKIE_NAME: 'xsrf',
    }
    await using auth = await createTestAuth({ settings })
    const client = await browser(auth)
    const token = client.cookies.get('xsrf')
    const headers = { cookie: `xsrf=${token}` }
    const wrong = await client.post(
      'auth/login',
      {},
      {
        csrf: false,
        headers: { ...headers, 'x-csrftoken': token },
      },
    )
    assert.equal(wrong.status, 403)
    const right = await client.post(
      'auth/login',
      {},
      {
        csrf: false,
        headers: { ...headers, 'x-xsrf-token': token },
      },
    )
    assert.equal(right.status, 400)
  })

  it('is not asked of an app, whatever its origin', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const headers = {
      origin: 'https://evil.example',
      referer: 'https://evil.example/',
      'x-csrftoken': 'nonsense',
      cookie: 'csrftoken=x',
    }
    assert.equal((await auth.client('app').post('auth/login', {}, { headers })).status, 400)
  })
})

describe('the Origin of a browser', () => {
  it('has to be the own one', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    assert.equal(await statusWith(auth, { origin: undefined }), 400)
    assert.equal(await statusWith(auth, { origin: 'http://localhost' }), 400)
    for (const origin of [
      'null',
      '',
      'garbage',
      'https://localhost',
      'http://localhost:1',
      'http://localhost.evil.example',
      'http://evil.example',
      'http://localhost@evil.example',
      'http://localhost/',
      'localhost',
      'http://localhost http://evil.example',
    ]) {
      assert.equal(await statusWith(auth, { origin }), 403, origin)
    }
  })

  it('may be one that the settings trust, scheme, port and all', async () => {
    const settings = {
      ...unlimited,
      CSRF_TRUSTED_ORIGINS: [
        'https://app.example.org',
        'https://*.apps.example.org',
        'http://localhost:3000',
      ],
    }
    await using auth = await createTestAuth({ settings })
    for (const origin of [
      'https://app.example.org',
      'https://one.apps.example.org',
      'https://a.b.apps.example.org',
      'https://apps.example.org',
      'http://localhost:3000',
    ]) {
      assert.equal(await statusWith(auth, { origin }), 400, origin)
    }
    for (const origin of [
      'http://app.example.org',
      'https://app.example.org:444',
      'https://APP.example.org',
      'https://app.example.org/path',
      'https://app.example.org.evil.example',
      'https://xapp.example.org',
      'https://x-apps.example.org',
      'https://one.apps.example.org:444',
      'http://one.apps.example.org',
      'https://.apps.example.org.evil.example',
      'http://localhost:3001',
      'null',
    ]) {
      assert.equal(await statusWith(auth, { origin }), 403, origin)
    }
  })

  it('is that of PUBLIC_URL behind a proxy that says nothing', async () => {
    const settings = { ...unlimited, PUBLIC_URL: 'https://auth.example.org' }
    await using auth = await createTestAuth({ settings })
    const host = 'auth.example.org'
    assert.equal(await statusWith(auth, { host, origin: 'https://auth.example.org' }), 400)
    assert.equal(await statusWith(auth, { host, origin: 'http://auth.example.org' }), 403)
  })
})

describe('the Referer of a browser over TLS without Origin', () => {
  it('has to be of the own or a trusted origin', async () => {
    await using auth = await createTestAuth({ settings: behindProxy })
    const https = { 'x-forwarded-proto': 'https' }
    const table: [Record<string, string>, number][] = [
      [{ referer: 'https://auth.example.org/login' }, 400],
      [{ referer: 'https://app.example.org/x' }, 400],
      [{}, 403],
      [{ referer: '' }, 403],
      [{ referer: 'garbage' }, 403],
      [{ referer: 'https://evil.example/' }, 403],
      [{ referer: 'http://app.example.org/x' }, 403],
      [{ referer: 'https://evil.example/https://app.example.org' }, 403],
      [{ referer: 'https://app.example.org@evil.example/' }, 403],
      [{ origin: 'https://app.example.org' }, 400],
      [{ origin: 'https://app.example.org', referer: 'https://evil.example/' }, 400],
      [{ origin: 'https://evil.example', referer: 'https://app.example.org/' }, 403],
      [{ origin: 'http://app.example.org' }, 403],
    ]
    for (const [headers, status] of table) {
      assert.equal(
        await statusWith(auth, { ...https, ...headers }),
        status,
        JSON.stringify(headers),
      )
    }
  })

  it('does not matter without TLS', async () => {
    await using auth = await createTestAuth({ settings: behindProxy })
    for (const proto of [undefined, 'http', 'HTTPS, http']) {
      const headers = { 'x-forwarded-proto': proto, referer: 'https://evil.example/' }
      assert.equal(await statusWith(auth, headers), 400)
    }
  })

  it('is asked for where the connection itself is encrypted', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const client = await browser(auth)
    const over = (referer: string | undefined) =>
      client.post('auth/login', {}, { isEncrypted: true, headers: { referer } })
    assert.equal((await over(undefined)).status, 403)
    assert.equal((await over('https://localhost/login')).status, 400)
  })
})

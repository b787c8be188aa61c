import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { settleActivity } from '../sessions/activity.ts'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import type { TestClient } from '../testing/client.ts'
import { logInWithTokens } from '../tokens/testing/signed-in.ts'
import { createGuard } from './api.ts'
import { CsrfError } from './csrf-error.ts'

const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const users = [ann]

async function signIn(auth: TestAuth, kind: 'app' | 'browser'): Promise<TestClient> {
  const client = auth.client(kind)
  await client.post('auth/login', { email: ann.email, password })
  return client
}

function headersOf(client: TestClient): Record<string, string> {
  if (client.kind === 'app') return { 'x-session-token': client.token ?? '' }
  const cookie = [...client.cookies].map((pair) => pair.join('=')).join('; ')
  return { host: 'localhost', cookie }
}

function csrfOf(client: TestClient): string {
  return client.cookies.get('csrftoken') ?? ''
}

describe('getSession', () => {
  it('tells who sent a request by the cookie of a browser', async () => {
    await using auth = await createTestAuth({ users })
    const browser = await signIn(auth, 'browser')
    const guard = createGuard(auth.server)
    const session = await guard.getSession({ method: 'GET', headers: headersOf(browser) })
    assert.equal(session?.user.display, 'ann')
    assert.equal(session.user.email, 'ann@example.org')
    assert.equal(session.user.username, 'ann')
    assert.equal(session.user.hasUsablePassword, true)
    assert.deepEqual([session.client, session.credential], ['browser', 'cookie'])
    assert.equal(session.methods[0]?.method, 'password')
    assert.equal(session.session.createdAt.getTime(), auth.clock.now)
    assert.equal(session.session.provedAt?.getTime(), auth.clock.now)
  })

  it('tells it by the token of an app, from a Request of the web as well', async () => {
    await using auth = await createTestAuth({ users })
    const headers = headersOf(await signIn(auth, 'app'))
    const guard = createGuard(auth.server)
    const request = new Request('http://localhost/notes', { method: 'POST', headers })
    const session = await guard.getSession(request)
    assert.deepEqual([session?.client, session?.credential], ['app', 'session_token'])
  })

  it('holds nothing that opens a session', async () => {
    await using auth = await createTestAuth({ users })
    for (const kind of ['app', 'browser'] as const) {
      const client = await signIn(auth, kind)
      const guard = createGuard(auth.server)
      const session = await guard.getSession({ method: 'GET', headers: headersOf(client) })
      const text = JSON.stringify(session)
      const secrets = [client.token, ...client.cookies.values()].filter((it) => it !== undefined)
      assert.ok(secrets.length > 0)
      for (const secret of secrets) assert.equal(text.includes(secret), false)
      for (const token of [session?.session.id ?? '', session?.user.id ?? '']) {
        assert.equal(await guard.getSession({ headers: { 'x-session-token': token } }), null)
      }
    }
  })

  it('knows nobody without a credential, nor by one that opens nothing', async () => {
    await using auth = await createTestAuth({ users })
    const app = headersOf(await signIn(auth, 'app'))
    const browser = await signIn(auth, 'browser')
    const cookie = browser.cookies.get('sessionid') ?? ''
    const guard = createGuard(auth.server)
    for (const headers of [
      {},
      { cookie: 'sessionid=nonsense' },
      { 'x-session-token': 'nonsense' },
      // What belongs to one kind of client is nothing in the hands of the other.
      { 'x-session-token': cookie },
      { cookie: `sessionid=${app['x-session-token']}` },
      // The first that is there decides, even if the next would do.
      { ...headersOf(browser), 'x-session-token': 'nonsense' },
      { authorization: `Bearer ${app['x-session-token']}` },
    ]) {
      assert.equal(await guard.getSession({ method: 'GET', headers }), null)
    }
  })

  it('passes over a blank token and foreign schemes', async () => {
    await using auth = await createTestAuth({ users })
    const cookies = headersOf(await signIn(auth, 'browser'))
    const guard = createGuard(auth.server)
    for (const more of [{ 'x-session-token': ' ' }, { authorization: 'Basic YW5uOmFubg==' }]) {
      const headers = { ...cookies, ...more }
      assert.equal((await guard.getSession({ method: 'GET', headers }))?.credential, 'cookie')
    }
  })

  it('knows nobody while a step of the login is missing', async () => {
    const settings = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
    const unverified = { ...ann, email_verified: false }
    await using auth = await createTestAuth({ settings, users: [unverified] })
    const guard = createGuard(auth.server)
    for (const kind of ['app', 'browser'] as const) {
      const client = await signIn(auth, kind)
      assert.ok(client.token ?? client.cookies.get('sessionid'))
      assert.equal(await guard.getSession({ method: 'GET', headers: headersOf(client) }), null)
    }
  })

  it('knows nobody once the user is inactive, or the time is over', async () => {
    await using auth = await createTestAuth({ users })
    const request = { method: 'GET', headers: headersOf(await signIn(auth, 'app')) }
    const guard = createGuard(auth.server)
    const { db } = auth.server
    await db.updateTable('users').set({ is_active: 0 }).execute()
    assert.equal(await guard.getSession(request), null)
    await db.updateTable('users').set({ is_active: 1 }).execute()
    assert.notEqual(await guard.getSession(request), null)
    auth.clock.advance(auth.server.settings.server.sessionCookieAge)
    assert.equal(await guard.getSession(request), null)
  })

  it('knows nobody at once when the session has been ended, and leaves it to the API to say so', async () => {
    await using auth = await createTestAuth({ users })
    const app = await signIn(auth, 'app')
    const other = await signIn(auth, 'app')
    const guard = createGuard(auth.server)
    await other.post('account/password/change', {
      current_password: password,
      new_password: 'amber-Heron-77',
    })
    const request = { method: 'GET', headers: headersOf(app) }
    const ended = await auth.server.db
      .selectFrom('sessions')
      .select('id')
      .where('ended_at', 'is not', null)
      .execute()
    assert.equal(ended.length, 1)
    assert.equal(await guard.getSession(request), null)
    assert.equal(await guard.getSession(request), null)
    assert.equal((await app.get('auth/session')).status, 401)
    assert.equal((await app.get('auth/session')).status, 410)
  })

  it('tells who sent a request by an access token, which needs no other', async () => {
    const settings = { HEADLESS_TOKEN_STRATEGY: 'jwt' }
    await using auth = await createTestAuth({ settings, users })
    const { access, client } = await logInWithTokens(auth, { email: ann.email, password })
    const guard = createGuard(auth.server)
    const request = { method: 'POST', headers: { authorization: `Bearer ${access}` } }
    const session = await guard.getSession(request)
    assert.deepEqual([session?.client, session?.credential], ['app', 'access_token'])
    assert.equal(session?.user.display, 'ann')
    const cookies = headersOf(await signIn(auth, 'browser'))
    for (const authorization of ['Bearer nonsense', 'Bearer', `Bearer ${access} x`]) {
      const headers = { ...cookies, authorization }
      assert.equal(await guard.getSession({ method: 'GET', headers }), null)
    }
    await client.delete('auth/session')
    assert.equal(await guard.getSession(request), null)
  })

  it('counts as a use of a session that ends when it is idle', async () => {
    const settings = { SESSION_IDLE_TIMEOUT: 900 }
    await using auth = await createTestAuth({ settings, users })
    const request = { method: 'GET', headers: headersOf(await signIn(auth, 'app')) }
    const guard = createGuard(auth.server)
    for (const seconds of [600, 600, 600]) {
      auth.clock.advance(seconds)
      assert.ok(await guard.getSession(request))
      await settleActivity(auth.server)
    }
    auth.clock.advance(900)
    assert.equal(await guard.getSession(request), null)
  })

  it('has nobody for a kind of client that is switched off', async () => {
    await using auth = await createTestAuth({ users, settings: { HEADLESS_CLIENTS: ['app'] } })
    const app = await signIn(auth, 'app')
    const { server } = auth
    const onlyBrowsers = { ...server.settings.headless, clients: ['browser' as const] }
    const settings = { ...server.settings, headless: onlyBrowsers }
    const headers = headersOf(app)
    assert.equal(await createGuard({ ...server, settings }).getSession({ headers }), null)
    assert.notEqual(await createGuard(server).getSession({ headers }), null)
  })
})

describe('getSession with a cookie and a method that changes something', () => {
  async function start() {
    const auth = await createTestAuth({ users })
    const browser = await signIn(auth, 'browser')
    return { auth, browser, guard: createGuard(auth.server), headers: headersOf(browser) }
  }

  it('throws without the token, or with another', async () => {
    const { auth, guard, headers } = await start()
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', undefined]) {
      await assert.rejects(guard.getSession({ method, headers }), CsrfError)
    }
    const wrong = { ...headers, 'x-csrftoken': 'x'.repeat(32) }
    await assert.rejects(guard.getSession({ method: 'POST', headers: wrong }), {
      name: 'CsrfError',
      code: 'csrf_failed',
      status: 403,
      statusCode: 403,
    })
    await auth.close()
  })

  it('takes the token from the header or from the form', async () => {
    const { auth, browser, guard, headers } = await start()
    const csrfToken = csrfOf(browser)
    const withHeader = { ...headers, 'x-csrftoken': csrfToken }
    assert.ok(await guard.getSession({ method: 'POST', headers: withHeader }))
    assert.ok(await guard.getSession({ method: 'POST', headers }, { csrfToken }))
    for (const wrong of ['', 'x'.repeat(32), null, 7, ['x'], undefined]) {
      const answer = guard.getSession({ method: 'POST', headers }, { csrfToken: wrong })
      await assert.rejects(answer, CsrfError)
    }
    await auth.close()
  })

  it('throws for another origin, even with the token', async () => {
    const { auth, browser, guard, headers } = await start()
    const own = { ...headers, 'x-csrftoken': csrfOf(browser) }
    const request = (origin: string) => ({ method: 'POST', headers: { ...own, origin } })
    assert.ok(await guard.getSession(request('http://localhost')))
    for (const origin of ['https://localhost', 'http://elsewhere.example', 'null']) {
      await assert.rejects(guard.getSession(request(origin)), /The Origin is not trusted/)
    }
    await auth.close()
  })

  it('takes no host for its own that is not served', async () => {
    const { auth, browser, guard, headers } = await start()
    const own = { ...headers, 'x-csrftoken': csrfOf(browser) }
    const there = { ...own, host: 'evil.example', origin: 'http://evil.example' }
    await assert.rejects(guard.getSession({ method: 'POST', headers: there }), CsrfError)
    await auth.close()
  })

  it('reads no token where the request comes from elsewhere, or where the header decides', async () => {
    const { auth, browser, guard, headers } = await start()
    const read = () => assert.fail('the form was read')
    const from = { ...headers, origin: 'http://elsewhere.example' }
    const refused = guard.getSession({ method: 'POST', headers: from }, { csrfToken: read })
    await assert.rejects(refused, CsrfError)
    const own = { ...headers, 'x-csrftoken': csrfOf(browser) }
    assert.ok(await guard.getSession({ method: 'POST', headers: own }, { csrfToken: read }))
    const late = { csrfToken: async () => csrfOf(browser) }
    assert.ok(await guard.getSession({ method: 'POST', headers }, late))
    await auth.close()
  })

  it('says what to do about a request without a method', async () => {
    const { auth, guard, headers } = await start()
    await assert.rejects(guard.getSession({ headers }), /no method; pass "GET"/)
    await auth.close()
  })

  it('takes any where another check is in charge', async () => {
    const { auth, guard, headers } = await start()
    assert.ok(await guard.getSession({ method: 'POST', headers }, { csrf: false }))
    await auth.close()
  })

  it('takes an encrypted socket for https', async () => {
    const { auth, browser, guard, headers } = await start()
    const own = { ...headers, 'x-csrftoken': csrfOf(browser), origin: 'https://localhost' }
    const socket = { encrypted: true }
    assert.ok(await guard.getSession({ method: 'POST', headers: own, socket }))
    await auth.close()
  })
})

describe('csrfToken', () => {
  it('is the one that the browser has, else a new one with its cookie', async () => {
    await using auth = await createTestAuth({ users })
    const browser = await signIn(auth, 'browser')
    const guard = createGuard(auth.server)
    const known = guard.csrfToken({ headers: headersOf(browser) })
    assert.deepEqual(known, { token: csrfOf(browser), setCookie: null })
    const fresh = guard.csrfToken({ headers: { cookie: 'csrftoken=too-short' } })
    assert.equal(fresh.setCookie?.startsWith(`csrftoken=${fresh.token}; `), true)
  })
})

describe('unauthorized', () => {
  it('is the 401 of the API, with the step that waits', async () => {
    const settings = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
    const unverified = { ...ann, email_verified: false }
    await using auth = await createTestAuth({ settings, users: [unverified] })
    const browser = await signIn(auth, 'browser')
    const guard = createGuard(auth.server)
    const answer = await guard.unauthorized({ method: 'GET', headers: headersOf(browser) })
    assert.equal(answer.status, 401)
    assert.deepEqual(await answer.json(), (await browser.get('auth/session')).body)
  })
})

describe('reauthentication', () => {
  it('asks for a proof once the last one is too old', async () => {
    await using auth = await createTestAuth({ users })
    const browser = await signIn(auth, 'browser')
    const guard = createGuard(auth.server)
    const request = { method: 'GET', headers: headersOf(browser) }
    assert.equal(await guard.reauthentication(request), null)
    auth.clock.advance(auth.server.settings.account.reauthenticationTimeout)
    const answer = await guard.reauthentication(request)
    assert.equal(answer?.status, 401)
    const body = await answer.json()
    assert.deepEqual(body.data.flows, [{ id: 'reauthenticate' }])
    assert.equal(body.meta.is_authenticated, true)
    await browser.post('auth/reauthenticate', { password })
    assert.equal(await guard.reauthentication(request), null)
  })

  it('asks whoever is not signed in to sign in', async () => {
    await using auth = await createTestAuth()
    const answer = await createGuard(auth.server).reauthentication({ headers: {} })
    assert.equal(answer?.status, 401)
    assert.equal((await answer.json()).meta.is_authenticated, false)
  })
})

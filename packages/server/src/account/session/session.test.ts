import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { routes } from '../../app.ts'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', password }
const unverifiedAnn = { ...ann, email_verified: false }
const byCode = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}
const twoWeeks = 1_209_600

async function signedIn(auth: TestAuth, kind: 'app' | 'browser' = 'app') {
  const client = auth.client(kind)
  const { status } = await client.post('auth/login', ann)
  assert.equal(status, 200)
  return client
}

describe('GET auth/session', () => {
  it('answers 401 with what can be begun, and neither token nor cookie, to a stranger', async () => {
    await using auth = await createTestAuth()
    for (const kind of ['app', 'browser'] as const) {
      const client = auth.client(kind)
      const { status, body } = await client.get('auth/session')
      assert.equal(status, 401)
      assert.deepEqual(body, {
        status: 401,
        data: { flows: [{ id: 'login' }, { id: 'signup' }] },
        meta: { is_authenticated: false },
      })
      assert.equal(client.cookies.has('sessionid'), false)
    }
    assert.deepEqual(await auth.server.db.selectFrom('sessions').selectAll().execute(), [])
  })

  it('does not offer signup where it is closed', async () => {
    await using auth = await createTestAuth({ settings: { HOOK_SIGNUP_OPEN: false } })
    const { body } = await auth.client('app').get('auth/session')
    assert.deepEqual(body.data?.flows, [{ id: 'login' }])
  })

  it('tells who is signed in and how, and does not repeat the token', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signedIn(auth)
    const { status, body } = await client.get('auth/session')
    assert.equal(status, 200)
    assert.equal(body.data?.user?.email, ann.email)
    assert.equal(body.data?.methods?.length, 1)
    assert.deepEqual(body.meta, { is_authenticated: true })
  })

  it('tells the same to a browser with its cookie', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signedIn(auth, 'browser')
    const { body } = await client.get('auth/session')
    assert.equal(body.data?.user?.email, ann.email)
    assert.deepEqual(body.meta, { is_authenticated: true })
  })

  it('writes nothing', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signedIn(auth)
    const rows = () => auth.server.db.selectFrom('sessions').selectAll().execute()
    const before = await rows()
    auth.clock.advance(10)
    await client.get('auth/session')
    assert.deepEqual(await rows(), before)
  })

  it('takes an empty token for none', async () => {
    await using auth = await createTestAuth()
    for (const token of ['', ' ', '\t']) {
      const headers = { 'x-session-token': token }
      assert.equal((await auth.client('app').get('auth/session', { headers })).status, 401)
    }
  })

  it('does not take the token from elsewhere', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const { token } = await signedIn(auth)
    const client = auth.client('app')
    const headers = { authorization: `Bearer ${token}`, cookie: `sessionid=${token}` }
    const answer = await client.get(`auth/session?session_token=${token}`, { headers })
    assert.equal(answer.status, 401)
  })

  it('answers 410 once the session is as old as SESSION_COOKIE_AGE', async () => {
    const settings = { SESSION_COOKIE_AGE: 3600 }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signedIn(auth)
    auth.clock.advance(3599.999)
    assert.equal((await client.get('auth/session')).status, 200)
    auth.clock.advance(0.001)
    assert.equal((await client.get('auth/session')).status, 410)
  })

  it('forgets the cookie of a browser whose session is too old', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signedIn(auth, 'browser')
    auth.clock.advance(twoWeeks)
    assert.equal((await client.get('auth/session')).status, 401)
    assert.equal(client.cookies.has('sessionid'), false)
  })

  it('is 401 at once for a user who was deactivated, and 200 again after', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const clients = [await signedIn(auth), await signedIn(auth, 'browser')]
    const { db } = auth.server
    for (const [is_active, status] of [
      [0, 401],
      [1, 200],
    ] as const) {
      await db.updateTable('users').set({ is_active }).execute()
      for (const client of clients) {
        assert.equal((await client.get('auth/session')).status, status)
      }
    }
  })

  it('is 410 once the user is deleted', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signedIn(auth)
    await auth.server.db.deleteFrom('users').execute()
    assert.equal((await client.get('auth/session')).status, 410)
  })

  it('shows a login that waits until ACCOUNT_LOGIN_TIMEOUT', async () => {
    const settings = { ...byCode, ACCOUNT_LOGIN_TIMEOUT: 60 }
    await using auth = await createTestAuth({ settings, users: [unverifiedAnn] })
    const client = auth.client('app')
    await client.post('auth/login', ann)
    auth.clock.advance(59.999)
    assert.equal(pending(await client.get('auth/session')), 'verify_email')
    auth.clock.advance(0.001)
    assert.equal(pending(await client.get('auth/session')), undefined)
    const key = await auth.secretTo(ann.email)
    assert.equal((await client.post('auth/email/verify', { key })).status, 409)
  })
})

describe('DELETE auth/session', () => {
  it('signs an app out, whose token then answers 410 on every path', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signedIn(auth)
    const answer = await client.delete('auth/session')
    assert.equal(answer.status, 401)
    assert.deepEqual(answer.body.meta, { is_authenticated: false })
    await assertGone(client)
  })

  it('signs a browser out and has it forget the cookie', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signedIn(auth, 'browser')
    const cookie = client.cookies.get('sessionid')
    assert.equal((await client.delete('auth/session')).status, 401)
    assert.equal(client.cookies.has('sessionid'), false)
    client.cookies.set('sessionid', String(cookie))
    assert.equal((await client.get('auth/session')).status, 401)
  })

  it('ends no other session of the user', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const [first, second] = [await signedIn(auth), await signedIn(auth)]
    await first.delete('auth/session')
    assert.equal((await first.get('auth/session')).status, 410)
    assert.equal((await second.get('auth/session')).status, 200)
  })

  it('is no error for a stranger', async () => {
    await using auth = await createTestAuth()
    for (const kind of ['app', 'browser'] as const) {
      assert.equal((await auth.client(kind).delete('auth/session')).status, 401)
    }
  })

  it('drops a login that waits, and its code', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [unverifiedAnn] })
    for (const kind of ['app', 'browser'] as const) {
      auth.clock.advance(200)
      const client = auth.client(kind)
      assert.equal(pending(await client.post('auth/login', ann)), 'verify_email')
      assert.equal(pending(await client.delete('auth/session')), undefined)
      const key = await auth.secretTo(ann.email)
      const status = kind === 'app' ? 410 : 409
      assert.equal((await client.post('auth/email/verify', { key })).status, status)
    }
  })

  it('of many at once ends the session once', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signedIn(auth)
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => client.delete('auth/session')),
    )
    const statuses = new Set(answers.map(({ status }) => status))
    assert.deepEqual(
      [...statuses].filter((it) => it !== 401 && it !== 410),
      [],
    )
    await assertGone(client)
  })
})

describe('a token that opens nothing', () => {
  it('answers 410 on every path of the app, whatever the method and body', async () => {
    await using auth = await createTestAuth()
    const client = auth.client('app')
    client.token = 'unknown'
    await assertGone(client)
  })

  it('answers 410 however odd it is', async () => {
    await using auth = await createTestAuth()
    const odd = ['x', 'null', '"x"', 'a'.repeat(10_240), 'tökén', 'a, b', "' OR 1=1 --", '\u0000']
    for (const token of [...odd, '../../etc/passwd', '__proto__', '%00']) {
      const headers = { 'x-session-token': token }
      const { status, body } = await auth.client('app').get('auth/session', { headers })
      assert.equal(status, 410, token)
      assert.equal(body.meta?.is_authenticated, false)
    }
  })

  it('is not adopted', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const headers = { 'x-session-token': 'chosen-by-an-attacker' }
    const app = auth.client('app')
    assert.equal((await app.post('auth/login', ann, { headers })).status, 410)
    const browser = auth.client('browser')
    browser.cookies.set('sessionid', 'chosen-by-an-attacker')
    assert.equal((await browser.post('auth/login', ann)).status, 200)
    assert.notEqual(browser.cookies.get('sessionid'), 'chosen-by-an-attacker')
    const thief = auth.client('browser')
    thief.cookies.set('sessionid', 'chosen-by-an-attacker')
    assert.equal((await thief.get('auth/session')).status, 401)
  })
})

describe('a session while a login waits', () => {
  it('reaches nothing that is for users alone', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [unverifiedAnn] })
    for (const kind of ['app', 'browser'] as const) {
      auth.clock.advance(200)
      const client = auth.client(kind)
      await client.post('auth/login', ann)
      const forUsers = routesOf(kind).filter(({ audience }) => audience === 'user')
      for (const { method, path } of forUsers) {
        const answer = await client.request(method, path, method === 'GET' ? undefined : {})
        if (answer.status === 404) continue
        assert.equal(answer.status, 401, `${method} ${path}`)
        assert.equal(pending(answer), 'verify_email', `${method} ${path}`)
        assert.equal(answer.body.data?.user, undefined)
      }
    }
  })

  it('shows nothing of the account', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [unverifiedAnn] })
    const client = auth.client('app')
    const { text } = await client.post('auth/login', ann)
    assert.doesNotMatch(text, /ann|example|display|usable/)
  })

  it('is not signed in by deactivation, activation or time', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [unverifiedAnn] })
    const client = auth.client('app')
    await client.post('auth/login', ann)
    await auth.server.db.updateTable('users').set({ is_active: 0 }).execute()
    const key = await auth.secretTo(ann.email)
    assert.notEqual((await client.post('auth/email/verify', { key })).status, 200)
    assert.notEqual((await client.get('auth/session')).status, 200)
    const events = await auth.server.db.selectFrom('events').select('type').execute()
    assert.equal(
      events.some(({ type }) => type === 'logged_in'),
      false,
    )
  })
})

function routesOf(kind: 'app' | 'browser') {
  return routes.filter(({ clients }) => !clients || clients.includes(kind))
}

async function assertGone(client: TestClient): Promise<void> {
  const token = client.token
  for (const { method, path } of routesOf('app')) {
    for (const raw of ['', '{{{', '{}', 'null']) {
      client.token = token
      const answer = await client.request(method, path, undefined, { raw })
      if (answer.status === 404) continue
      assert.equal(answer.status, 410, `${method} ${path} ${raw}`)
      assert.equal(answer.body.meta?.session_token, undefined)
      assert.deepEqual(errors(answer), [])
    }
  }
}

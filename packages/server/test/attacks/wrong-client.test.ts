// The credentials of one kind of client in requests of the other, and pages of other origins.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createGuard } from '../../src/guard/api.ts'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import type { TestAnswer, TestClient } from '../../src/testing/client.ts'
import { signIn } from '../../src/testing/signed-in.ts'
import { begin, createTown, waits } from './half-signed-in.ts'
import {
  everything,
  fingerprint,
  type Kind,
  kinds,
  operationsOf,
  readTables,
} from './operations.ts'

const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }
const trusted = 'https://app.example.org'
const trusting = { CSRF_TRUSTED_ORIGINS: [trusted] }

/** Ann has an app, with its access token, and a browser. */
async function start() {
  const settings = { ...everything, ...trusting }
  const auth = await createTestAuth({ settings, users: [ann, bob] })
  const app = auth.client('app')
  const { body } = await app.post('auth/login', ann)
  const browser = await signIn(auth, ann, 'browser')
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
  /** What of Ann's a client of the kind must not be known by. */
  const foreign: Record<Kind, Record<string, string>> = {
    app: { cookie, 'x-csrftoken': browser.cookies.get('csrftoken') ?? '' },
    browser: {
      'x-session-token': app.token ?? '',
      authorization: `Bearer ${body.meta?.access_token}`,
    },
  }
  return { auth, app, browser, foreign, [Symbol.asyncDispose]: () => auth.close() }
}

function send(
  client: TestClient,
  method: string,
  path: string,
  headers: Record<string, string> = {},
) {
  return client.request(method, path, method === 'GET' ? undefined : {}, { headers })
}

/** What an answer says, but for what is made up anew each time. */
function essence({ status, body }: TestAnswer): unknown {
  const text = JSON.stringify(body, (name, value) => (name === 'challenge' ? '' : value))
  return [status, text.replace(/"session_token":"[^"]*"/, '')]
}

/** A client that the server has seen, without a session. */
async function stranger(auth: TestAuth, kind: Kind): Promise<TestClient> {
  const client = auth.client(kind)
  await client.get('config')
  return client
}

describe.each(kinds)('an operation of the %s', (kind) => {
  it('takes whoever has but the credentials of the other kind for a stranger', async () => {
    await using it = await start()
    const operations = operationsOf(it.auth, kind)
    assert.ok(operations.length > 30)
    for (const { method, path } of operations) {
      const expected = await send(await stranger(it.auth, kind), method, path)
      const client = await stranger(it.auth, kind)
      const answer = await send(client, method, path, it.foreign[kind])
      assert.deepEqual(essence(answer), essence(expected), `${method} ${path}`)
      assert.notEqual(answer.body.meta?.is_authenticated, true, `${method} ${path}`)
    }
    assert.equal((await it.app.get('auth/session')).status, 200)
    assert.equal((await it.browser.get('auth/session')).status, 200)
    const { sessions } = await readTables(it.auth)
    assert.equal(sessions?.filter(({ user_id }) => user_id !== null).length, 2)
  })

  it('goes by its own credential where one of the other kind comes along', async () => {
    await using it = await start()
    const client = await signIn(it.auth, bob, kind)
    for (const { method, path } of operationsOf(it.auth, kind)) {
      if (method === 'DELETE') continue
      const { text } = await send(client, method, path, it.foreign[kind])
      assert.doesNotMatch(text, /ann@/, `${method} ${path}`)
    }
    const answer = await client.get('auth/session', { headers: it.foreign[kind] })
    assert.equal(answer.body.data?.user?.email, bob.email)
  })

  it('knows no session of the other kind under its own name', async () => {
    await using it = await start()
    const before = await readTables(it.auth)
    const value = kind === 'app' ? it.browser.cookies.get('sessionid') : it.app.token
    assert.ok(value)
    for (const { method, path, route } of operationsOf(it.auth, kind)) {
      const client = await stranger(it.auth, kind)
      if (kind === 'app') client.token = value
      else client.cookies.set('sessionid', value)
      const answer = await send(client, method, path)
      assert.notEqual(answer.body.meta?.is_authenticated, true, `${method} ${path}`)
      if (kind === 'app') assert.equal(answer.status, 410, `${method} ${path}`)
      else if (route.audience === 'user') assert.equal(answer.status, 401, `${method} ${path}`)
    }
    const after = await readTables(it.auth)
    const left = new Set(after.sessions?.map(({ id }) => id))
    for (const { id } of before.sessions ?? []) assert.ok(left.has(id))
    assert.equal((await it.app.get('auth/session')).status, 200)
    assert.equal((await it.browser.get('auth/session')).status, 200)
  })
})

describe('a session that waits', () => {
  it.each(waits)(
    'at $stage is none under the name of the other kind ($kind)',
    async ({ stage, kind }) => {
      await using town = await createTown()
      const { client, pass } = await begin[stage](town, kind)
      const before = await fingerprint(town.auth)
      const other = await stranger(town.auth, kind === 'app' ? 'browser' : 'app')
      if (kind === 'app') other.cookies.set('sessionid', client.token ?? '')
      else other.token = client.cookies.get('sessionid')
      assert.ok([401, 404, 409, 410].includes(await pass(other)))
      assert.equal(await fingerprint(town.auth), before)
    },
  )
})

const origins = [
  trusted,
  'https://evil.example',
  'http://localhost',
  'http://localhost:3000',
  'http://evil.localhost',
  'null',
  'https://app.example.org.evil.example',
]
const both = kinds.flatMap((kind) => origins.map((origin) => ({ kind, origin })))

describe('pages of another origin', () => {
  it.each(both)('at $origin are let read no answer of the $kind', async ({ kind, origin }) => {
    await using it = await start()
    const known = kind === 'app' ? it.app : it.browser
    for (const { method, path } of operationsOf(it.auth, kind)) {
      const preflight = {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'content-type, x-csrftoken, x-session-token',
        'access-control-request-private-network': 'true',
      }
      const anonymous = await stranger(it.auth, kind)
      assertUnshared(await send(anonymous, 'OPTIONS', path, preflight), `OPTIONS ${path}`)
      assertUnshared(await send(known, 'OPTIONS', path, preflight), `OPTIONS ${path}`)
      assertUnshared(await send(anonymous, method, path, { origin }), `${method} ${path}`)
      // That would end the session, and more was to be asked with it.
      if (method === 'DELETE' && path.endsWith('auth/session')) continue
      assertUnshared(await send(known, method, path, { origin }), `${method} ${path}`)
    }
  })

  it('are let read nothing else either', async () => {
    await using it = await start()
    const client = it.auth.client('browser', { mayFail: true })
    const others = [...it.auth.served.pages.keys(), '/_allauth/browser/v1/nothing', '/nothing']
    for (const path of others) {
      for (const method of ['GET', 'OPTIONS', 'POST']) {
        assertUnshared(await send(client, method, path, { origin: trusted }), `${method} ${path}`)
      }
    }
  })

  it('are let read nothing of what the guard answers', async () => {
    await using it = await start()
    const guard = createGuard(it.auth.server)
    const request = { method: 'GET', headers: { host: 'localhost', origin: trusted } }
    const answer = await guard.unauthorized(request)
    assert.deepEqual(shared(answer.headers), [])
  })
})

function assertUnshared({ headers }: TestAnswer, what: string): void {
  assert.deepEqual(shared(headers), [], what)
}

/** The headers that let pages of other origins in (Fetch §3.3). */
function shared(headers: Headers): string[] {
  return [...headers.keys()].filter((name) => /^(access-control|cross-origin)-/.test(name))
}

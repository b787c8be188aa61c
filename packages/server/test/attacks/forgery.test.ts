// A page of another site has the browser of somebody who is signed in send requests.
import assert from 'node:assert/strict'
import { beforeAll, describe, it } from 'vitest'
import { isForm } from '../../src/http/csrf-field.ts'
import { addKey, paths, sameSession } from '../../src/mfa/testing/keys.ts'
import { setUpTotp } from '../../src/mfa/testing/totp.ts'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import type { TestAnswer, TestClient } from '../../src/testing/client.ts'
import { signIn } from '../../src/testing/signed-in.ts'
import { begin, createTown, waits } from './half-signed-in.ts'
import {
  everything,
  fingerprint,
  operationsOf,
  readTables,
  unsafeOperationsOf,
} from './operations.ts'

const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const eve = { email: 'eve@example.org', password: 'marble-Kiosk-77' }

/** What a page of another site can have a browser send. */
interface Forgery {
  headers: Record<string, string | undefined>
  raw?: string
  query?: string
}

/** What the attacker knows: the cookies of the victim go along without their reading them. */
interface Known {
  /** The `Cookie` that the victim's browser sends. */
  cookie: string
  /** The right token, which only tests of the origin are given. */
  token: string
  /** The token of the attacker's own browser. */
  foreign: string
}

const evil = 'https://evil.example'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const plain = { 'content-type': 'text/plain' }

const forgeries: Readonly<Record<string, (known: Known) => Forgery>> = {
  'no token': () => ({ headers: {} }),
  'an empty token': () => ({ headers: { 'x-csrftoken': '' } }),
  'a token that is made up': () => ({ headers: { 'x-csrftoken': 'a'.repeat(32) } }),
  'the token of another browser': ({ foreign }) => ({ headers: { 'x-csrftoken': foreign } }),
  'a form': ({ foreign }) => ({
    headers: form,
    raw: `csrfmiddlewaretoken=${foreign}&password=${ann.password}`,
  }),
  'a form that even has the right token': ({ token }) => ({
    headers: form,
    raw: `csrfmiddlewaretoken=${token}&csrftoken=${token}`,
  }),
  'a form in parts': ({ token }) => ({
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    raw: `--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n${token}\r\n--x--`,
  }),
  'JSON as plain text': () => ({ headers: plain, raw: '{}' }),
  'JSON as plain text, with the right token inside': ({ token }) => ({
    headers: plain,
    raw: JSON.stringify({ csrfmiddlewaretoken: token, 'X-CSRFToken': token }),
  }),
  'the token in the query': ({ token }) => ({
    headers: {},
    query: `?csrfmiddlewaretoken=${token}&X-CSRFToken=${token}`,
  }),
  'a tossed cookie behind the own one, and its token': ({ cookie, foreign }) => ({
    headers: { cookie: `${cookie}; csrftoken=${foreign}`, 'x-csrftoken': foreign },
  }),
  'a tossed cookie before the own one, from a subdomain': ({ cookie, foreign }) => ({
    headers: {
      cookie: `csrftoken=${foreign}; ${cookie}`,
      'x-csrftoken': foreign,
      origin: 'http://evil.localhost',
    },
  }),
  'a tossed cookie before the own one, and no token': ({ cookie, foreign }) => ({
    headers: { cookie: `csrftoken=${foreign}; ${cookie}` },
  }),
  'a method to take instead that needs no token': () => ({
    headers: {
      'x-http-method-override': 'GET',
      'x-http-method': 'GET',
      'x-method-override': 'GET',
    },
    query: '?_method=GET&method=GET',
    raw: '{"_method":"GET"}',
  }),
  ...Object.fromEntries(
    [
      'null',
      'http://evil.example',
      'http://evil.localhost',
      'http://localhost.evil.example',
      'http://evillocalhost',
      'http://localhosts',
      'http://localhost:81',
      'https://localhost',
      'http://localhost@evil.example',
      'http://LOCALHOST.evil.example',
      'http://localhost/',
      'http://localhost, http://evil.example',
      'file://',
      'chrome-extension://localhost',
    ].map((origin) => [
      `the origin ${origin}, with the right token`,
      ({ token }: Known) => ({ headers: { origin, 'x-csrftoken': token } }),
    ]),
  ),
}

/** Somebody signed in with a browser, at a server that serves everything. */
async function start(settings: object = {}) {
  const auth = await createTestAuth({ settings: { ...everything, ...settings }, users: [ann, eve] })
  const victim = await signIn(auth, ann, 'browser')
  const attacker = await signIn(auth, eve, 'browser')
  const known = {
    cookie: cookieOf(victim),
    token: victim.cookies.get('csrftoken') ?? '',
    foreign: attacker.cookies.get('csrftoken') ?? '',
  }
  assert.notEqual(known.token, known.foreign)
  return { auth, victim, attacker, known, [Symbol.asyncDispose]: () => auth.close() }
}

function cookieOf({ cookies }: TestClient): string {
  return [...cookies].map((pair) => pair.join('=')).join('; ')
}

describe('a forged request', () => {
  let run: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    run = await start()
    return () => run.auth.close()
  })

  it.each(Object.keys(forgeries))('with %s is refused by every operation', async (name) => {
    const { auth, known } = run
    // With cookies of its own, whatever an answer does to them.
    const victim = sameSession(auth, run.victim)
    const forged = forgeries[name]?.(known)
    assert.ok(forged)
    const { headers, raw = '{}', query = '' } = forged
    const before = await fingerprint(auth)
    const operations = unsafeOperationsOf(auth, 'browser')
    assert.ok(operations.length > 25)
    for (const { method, path, route } of operations) {
      // Where a page posts a form, the token in its field is enough, but not for a page from elsewhere.
      const origin = route.takesForm && isForm(headers['content-type']) ? evil : headers.origin
      const options = { csrf: false, raw, headers: { ...headers, origin } }
      const answer = await victim.request(method, `${path}${query}`, undefined, options)
      assert.equal(answer.status, 403, `${method} ${path}`)
      assert.deepEqual(answer.headers.getSetCookie(), [], `${method} ${path}`)
    }
    assert.equal(await fingerprint(auth), before)
  })

  it('would be done, were it not forged', async () => {
    const { auth, victim, known } = run
    for (const { method, path } of unsafeOperationsOf(auth, 'browser')) {
      // Last of all, for they end the session.
      if (method === 'DELETE' && /\/(auth\/session|account)$/.test(path)) continue
      const headers = { 'x-csrftoken': known.token, origin: 'http://localhost' }
      const { status } = await victim.request(method, path, {}, { csrf: false, headers })
      assert.notEqual(status, 403, `${method} ${path}`)
    }
    assert.equal((await victim.get('auth/session')).status, 200)
  })
})

const overrides = ['x-http-method-override', 'x-http-method', 'x-method-override']

describe('a method in place of that of the request', () => {
  it('is not taken with a GET, which needs no token', async () => {
    await using it = await start()
    for (const { path, routes } of operationsOf(it.auth, 'browser')) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const headers = Object.fromEntries(overrides.map((name) => [name, method]))
        const query = `?_method=${method}&method=${method}`
        const tables = async () => withoutNotes(path, withoutChallenges(await readTables(it.auth)))
        const before = await tables()
        const plainly = await it.victim.get(path)
        const overridden = await it.victim.get(`${path}${query}`, { headers })
        assert.equal(overridden.status, plainly.status, `${method} ${path} ${routes.allow}`)
        assert.deepEqual(await tables(), before, path)
      }
    }
    assert.equal((await it.victim.get('auth/session')).status, 200)
  })

  it('is not taken with a POST either', async () => {
    await using it = await start()
    const headers = Object.fromEntries(overrides.map((name) => [name, 'DELETE']))
    const answer = await it.victim.post(
      'auth/session?_method=DELETE',
      { _method: 'DELETE' },
      {
        headers,
      },
    )
    assert.equal(answer.status, 405)
    assert.equal((await it.victim.get('auth/session')).status, 200)
  })
})

type Tables = Awaited<ReturnType<typeof readTables>>

/**
 * All but what a GET may write: what an authenticator is set up or used with next, in its session. It
 * may also remove what is left of a session that has ended.
 */
function withoutChallenges({ sessions = [], ...rest }: Tables): Tables {
  const kept = sessions
    .map((it) => ({ ...it, state: withoutChallenge(String(it.state)), version: 0, expires_at: 0 }))
    .map((it) => ({ ...it, lasts_until: 0 }))
    .filter((it) => it.state !== '{}' && !('ended_at' in it && it.ended_at !== null))
  return { ...rest, sessions: kept }
}

function withoutChallenge(state: string): string {
  const { totpSecret: _, webauthn: __, ...others } = JSON.parse(state)
  return JSON.stringify(others)
}

describe('GET', () => {
  it('changes nothing for somebody who is signed in, by any operation', async () => {
    await using auth = await createTestAuth({ settings: everything, users: [ann] })
    for (const kind of ['app', 'browser'] as const) {
      const client = await signIn(auth, ann, kind)
      await assertChangesNothing(auth, client)
    }
    const owner = await signIn(auth, ann, 'browser')
    await addKey(owner)
    await setUpTotp(auth, owner)
    await assertChangesNothing(auth, owner)
  })

  it('changes nothing for a stranger', async () => {
    await using auth = await createTestAuth({ settings: everything, users: [ann] })
    for (const kind of ['app', 'browser'] as const) {
      await assertChangesNothing(auth, auth.client(kind))
    }
  })

  it.each(waits)(
    'changes nothing for a session of $kind that waits at $stage',
    async ({ stage, kind }) => {
      await using town = await createTown()
      const { client } = await begin[stage](town, kind)
      await assertChangesNothing(town.auth, client)
    },
  )
})

function withoutAttempts({ codes: _, events: __, audit_marks: ___, ...others }: Tables): Tables {
  return others
}

/** That everything was handed out is written down, and changes nothing else. */
function withoutNotes(path: string, { events, audit_marks, ...others }: Tables): Tables {
  const noted: Tables = { events: events ?? [], audit_marks: audit_marks ?? [] }
  return path.endsWith('/account/export') ? others : { ...noted, ...others }
}

/** A look at what a code is for counts as an attempt at the code, or it could be guessed by looking. */
const attempts = /\/auth\/(email\/verify|password\/reset)$/

async function assertChangesNothing(auth: TestAuth, client: TestClient): Promise<void> {
  await auth.server.outbox.drain()
  const tables = async () => withoutChallenges(await readTables(auth))
  const mostBefore = withoutAttempts(await tables())
  for (const { method, path } of operationsOf(auth, client.kind)) {
    if (method !== 'GET' || attempts.test(path)) continue
    for (const look of ['GET', 'HEAD', 'OPTIONS']) {
      const before = withoutNotes(path, await tables())
      await client.request(look, `${path}?passwordless&totp_svg`, undefined)
      assert.deepEqual(withoutNotes(path, await tables()), before, `${look} ${path}`)
    }
  }
  for (const path of ['auth/email/verify', 'auth/password/reset']) {
    await client.get(path)
    const after = withoutAttempts(await tables())
    assert.deepEqual(after, mostBefore, path)
  }
}

/** A walk past everything that sets a cookie. */
async function walk(auth: TestAuth, isEncrypted: boolean): Promise<TestAnswer[]> {
  const headers = { origin: isEncrypted ? 'https://localhost' : 'http://localhost' }
  const over = { headers, isEncrypted }
  const owner = await signIn(auth, ann)
  const app = await setUpTotp(auth, owner)
  const key = await addKey(owner, { isPasskey: true })
  const browser = auth.client('browser')
  const answers: TestAnswer[] = []
  const note = async (asked: Promise<TestAnswer>) => answers.push(await asked)
  await note(browser.get('config', over))
  for (const { method, path } of operationsOf(auth, 'browser')) {
    await note(browser.request(method, path, method === 'GET' ? undefined : {}, over))
  }
  await note(browser.post('auth/login', ann, over))
  auth.clock.advance(30)
  await note(browser.post('auth/2fa/authenticate', { code: app.code() }, over))
  await note(browser.post('auth/2fa/trust', { trust: true }, over))
  assert.ok(browser.cookies.has('mfa_trusted'))
  for (const { method, path } of operationsOf(auth, 'browser')) {
    if (method === 'DELETE') continue
    await note(browser.request(method, path, method === 'GET' ? undefined : {}, over))
  }
  await note(browser.delete('auth/session', undefined, over))
  const credential = key.get((await browser.get(paths.login, over)).body.data?.request_options)
  await note(browser.post(paths.login, { credential }, over))
  await note(browser.get('auth/session', { ...over, headers: { cookie: 'sessionid=x' } }))
  return answers
}

describe('every cookie that any answer sets', () => {
  it.each([true, false])('has all its flags (over https: %s)', async (isEncrypted) => {
    await using auth = await createTestAuth({ settings: everything, users: [ann] })
    const lines = (await walk(auth, isEncrypted)).flatMap(({ headers }) => headers.getSetCookie())
    assert.ok(lines.length > 60)
    const names = new Set<string>()
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ')
      const name = pair.slice(0, pair.indexOf('='))
      names.add(name)
      assert.ok(attributes.includes('SameSite=Lax'), line)
      assert.ok(attributes.includes('Path=/'), line)
      assert.ok(!attributes.some((it) => /^domain/i.test(it)), line)
      assert.equal(attributes.includes('Secure'), isEncrypted, line)
      // Scripts of the page have to read that one.
      assert.equal(attributes.includes('HttpOnly'), name !== 'csrftoken', line)
      assert.ok(
        attributes.some((it) => /^Max-Age=\d+$/.test(it)),
        line,
      )
    }
    assert.deepEqual([...names].sort(), ['csrftoken', 'mfa_trusted', 'sessionid'])
  })

  it('is read by its first value alone, so that a tossed one brings nobody into its session', async () => {
    await using it = await start()
    const { auth, attacker, victim, known } = it
    const tossed = `sessionid=${attacker.cookies.get('sessionid')}`
    const headers = { cookie: `${known.cookie}; ${tossed}` }
    for (const { method, path } of operationsOf(auth, 'browser')) {
      if (method !== 'GET') continue
      const { text } = await victim.get(path, { headers })
      assert.doesNotMatch(text, /eve@/)
    }
    const asked = await victim.get('auth/session', { headers })
    assert.equal(asked.body.data?.user?.email, ann.email)
  })
})

import assert from 'node:assert/strict'
import Fastify from 'fastify'
import { describe, expectTypeOf, it } from 'vitest'
import type { Auth } from '../auth.ts'
import type { UserSession } from '../guard/user-session.ts'
import { latchkey, optionalUser, requireUser } from './fastify.ts'
import { openAuth } from './testing/open.ts'
import { openWithPortal, tryPortal } from './testing/portal.ts'
import { tryUsersAlone } from './testing/users-alone.ts'
import { Visitor } from './testing/visitor.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

async function start(auth: Auth): Promise<AsyncDisposable & { url: string }> {
  const app = Fastify({ forceCloseConnections: true })
  app.addContentTypeParser(form['content-type'], { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  await app.register(latchkey(auth))
  app.get('/me', { preHandler: requireUser(auth) }, async (request) => {
    expectTypeOf(request.authSession).toEqualTypeOf<UserSession>()
    return request.authSession.user.display
  })
  app.get('/page', { preHandler: requireUser(auth, { signInPage: '/in' }) }, async () => 'page')
  app.get('/', { preHandler: optionalUser(auth) }, async (request) => {
    expectTypeOf(request.optionalSession).toEqualTypeOf<UserSession | null>()
    return request.optionalSession?.user.display ?? 'nobody'
  })
  app.post('/notes', { preHandler: requireUser(auth) }, async ({ body }) => body ?? {})
  app.post('/thrown', async (request) => auth.api.getSession(request))
  app.get('/forgotten', async (request) => request.authSession.user.display)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url, [Symbol.asyncDispose]: () => app.close() }
}

describe('latchkey/fastify', () => {
  it('serves the portal where it has a folder of its own, and nothing else of the program', async () => {
    await using open = await openWithPortal()
    await using app = await start(open.auth)
    await tryPortal((path, init) => fetch(`${app.url}${path}`, init))
  })

  it('lets users through by cookie and by token, and answers everybody else as the API does', async () => {
    await using open = await openAuth()
    await using app = await start(open.auth)
    await tryUsersAlone((kind) => new Visitor(kind, app.url))
  })

  it('answers as the API does, whatever the method and the type of the body', async () => {
    await using open = await openAuth()
    await using app = await start(open.auth)
    const somebody = new Visitor('app', app.url)
    const path = '/_allauth/app/v1/auth/login'
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json']) {
      const headers = { 'content-type': type }
      const answer = await somebody.request('POST', path, { headers, body: '{"email":"a"}' })
      assert.equal(answer.status, 400)
      assert.equal((await answer.json()).status, 400)
    }
    assert.equal((await somebody.request('OPTIONS', path)).headers.get('allow'), 'OPTIONS, POST')
    assert.equal((await somebody.request('PUT', path)).status, 405)
    const head = await somebody.request('HEAD', '/_allauth/app/v1/config')
    assert.deepEqual([head.status, await head.text()], [200, ''])
    assert.equal((await somebody.request('GET', '/_allauth/nothing')).status, 404)
    assert.equal((await (await somebody.request('GET', '/nothing')).json()).error, 'Not Found')
    const huge = await somebody.request('POST', path, { body: 'x'.repeat(100_000) })
    assert.equal(huge.status, 400)
  })

  it('sends people who want a page to sign in', async () => {
    await using open = await openAuth()
    await using app = await start(open.auth)
    const headers = { accept: 'text/html' }
    const sent = await new Visitor('browser', app.url).request('GET', '/page', { headers })
    assert.equal(sent.status, 303)
    assert.equal(sent.headers.get('location'), '/in?next=%2Fpage')
  })

  it('takes the token against forged requests from the header or the form', async () => {
    await using open = await openAuth()
    await using app = await start(open.auth)
    const somebody = new Visitor('browser', app.url)
    await somebody.signUp('ann@example.org')
    const body = 'text=hello'
    const refused = await somebody.request('POST', '/notes', { headers: form, body })
    assert.equal(refused.status, 403)
    const withHeader = await somebody.request('POST', '/notes', { headers: form, body, csrf: true })
    assert.deepEqual(await withHeader.json(), { text: 'hello' })
    const withField = `${body}&csrfmiddlewaretoken=${somebody.csrfToken}`
    const sent = await somebody.request('POST', '/notes', { headers: form, body: withField })
    assert.equal((await sent.json()).text, 'hello')
    const thrown = await somebody.request('POST', '/thrown')
    assert.equal(thrown.status, 403)
    assert.equal((await thrown.json()).code, 'csrf_failed')
  })

  it('fails for everybody where a route has forgotten its hook', async () => {
    await using open = await openAuth()
    await using app = await start(open.auth)
    const answer = await new Visitor('app', app.url).request('GET', '/forgotten')
    assert.equal(answer.status, 500)
    assert.match(await answer.text(), /needs the preHandler requireUser\(auth\)/)
  })
})

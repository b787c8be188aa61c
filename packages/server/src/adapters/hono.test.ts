import assert from 'node:assert/strict'
import { Hono } from 'hono'
import { describe, expectTypeOf, it } from 'vitest'
import type { Auth } from '../auth.ts'
import type { UserSession } from '../guard/user-session.ts'
import { latchkey, optionalUser, requireUser } from './hono.ts'
import { openAuth } from './testing/open.ts'
import { openWithPortal, tryPortal } from './testing/portal.ts'
import { tryUsersAlone } from './testing/users-alone.ts'
import { Visitor, type VisitorKind } from './testing/visitor.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

function site(auth: Auth) {
  return new Hono()
    .use(latchkey(auth))
    .get('/me', requireUser(auth), (c) => {
      expectTypeOf(c.var.session).toEqualTypeOf<UserSession>()
      return c.text(c.var.session.user.display)
    })
    .get('/page', requireUser(auth, { signInPage: '/sign-in?from=page' }), (c) => c.text('page'))
    .get('/', optionalUser(auth), (c) => {
      expectTypeOf(c.var.session).toEqualTypeOf<UserSession | null>()
      return c.text(c.var.session?.user.display ?? 'nobody')
    })
    .post('/notes', requireUser(auth), async (c) => c.json(await c.req.parseBody()))
    .post('/hook', requireUser(auth, { csrf: false }), (c) => c.text('done'))
    .post('/thrown', async (c) => c.json(await auth.api.getSession(c.req.raw)))
}

function visitor(
  kind: VisitorKind,
  app: { fetch(request: Request): Response | Promise<Response> },
) {
  return new Visitor(kind, 'http://localhost', (request) => app.fetch(request))
}

describe('latchkey/hono', () => {
  it('serves the portal where it has a folder of its own, and nothing else of the program', async () => {
    await using open = await openWithPortal()
    const app = site(open.auth)
    await tryPortal(async (path, init) => app.request(path, init))
  })

  it('lets users through by cookie and by token, and answers everybody else as the API does', async () => {
    await using open = await openAuth()
    const app = site(open.auth)
    await tryUsersAlone((kind) => visitor(kind, app))
  })

  it('sends people who want a page to sign in, and back', async () => {
    await using open = await openAuth()
    const page = { accept: 'text/html,*/*' }
    const somebody = visitor('browser', site(open.auth))
    const sent = await somebody.request('GET', '/page?a=1', { headers: page })
    assert.equal(sent.status, 303)
    assert.equal(sent.headers.get('location'), '/sign-in?from=page&next=%2Fpage%3Fa%3D1')
    assert.equal((await somebody.request('GET', '/page')).status, 401)
  })

  it('takes the token against forged requests from the header or the form', async () => {
    await using open = await openAuth()
    const somebody = visitor('browser', site(open.auth))
    await somebody.signUp('ann@example.org')
    const body = 'text=hello'
    assert.equal((await somebody.request('POST', '/notes', { headers: form, body })).status, 403)
    const broken = { 'content-type': 'multipart/form-data; boundary=x' }
    const malformed = await somebody.request('POST', '/notes', { headers: broken, body: '?' })
    assert.equal(malformed.status, 403)
    const withHeader = await somebody.request('POST', '/notes', { headers: form, body, csrf: true })
    assert.deepEqual(await withHeader.json(), { text: 'hello' })
    const withField = `${body}&csrfmiddlewaretoken=${somebody.csrfToken}`
    const sent = await somebody.request('POST', '/notes', { headers: form, body: withField })
    assert.equal((await sent.json()).text, 'hello')
    assert.equal((await somebody.request('POST', '/hook')).status, 200)
  })

  it('has the error of getSession answered with 403', async () => {
    await using open = await openAuth()
    const somebody = visitor('browser', site(open.auth))
    await somebody.signUp('ann@example.org')
    const answer = await somebody.request('POST', '/thrown')
    assert.equal(answer.status, 403)
    assert.match(await answer.text(), /CSRF/)
  })

  it('finds the body even where a handler before has read it', async () => {
    await using open = await openAuth()
    const app = new Hono().use(async (c, next) => {
      if (c.req.method === 'POST') await c.req.json()
      await next()
    })
    await visitor('app', app.route('/', site(open.auth))).signUp('ann@example.org')
  })

  it('counts by the address of the socket', async () => {
    const limits = { ACCOUNT_RATE_LIMITS: { login: '1/m/ip' } }
    await using open = await openAuth(limits)
    const app = site(open.auth)
    const from = async (remoteAddress: string) => {
      const request = new Request('http://localhost/_allauth/app/v1/auth/login', { method: 'POST' })
      const bindings = { incoming: { socket: { remoteAddress } } }
      return (await app.fetch(request, bindings)).status
    }
    assert.deepEqual([await from('192.0.2.1'), await from('192.0.2.1')], [400, 429])
    assert.equal(await from('192.0.2.2'), 400)
  })
})

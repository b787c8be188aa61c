import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Server } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import { describe, expectTypeOf, it } from 'vitest'
import type { Auth } from '../auth.ts'
import type { UserSession } from '../guard/user-session.ts'
import { latchkey, optionalUser, requireUser } from './express.ts'
import { openAuth } from './testing/open.ts'
import { openWithPortal, tryPortal } from './testing/portal.ts'
import { tryUsersAlone } from './testing/users-alone.ts'
import { Visitor } from './testing/visitor.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

function site(auth: Auth): Express {
  const app = express()
  app.use(latchkey(auth))
  app.use(express.urlencoded())
  app.get('/me', requireUser(auth), (request, response) => {
    expectTypeOf(request.authSession).toEqualTypeOf<UserSession>()
    response.send(request.authSession.user.display)
  })
  app.get(
    ['/page', /^\/\/elsewhere/],
    requireUser(auth, { signInPage: '/sign-in' }),
    (_, response) => {
      response.send('page')
    },
  )
  app.get('/', optionalUser(auth), (request, response) => {
    expectTypeOf(request.optionalSession).toEqualTypeOf<UserSession | null>()
    response.send(request.optionalSession?.user.display ?? 'nobody')
  })
  app.post('/notes', requireUser(auth), (request, response) => {
    response.json({ text: request.body?.text })
  })
  app.post('/thrown', async (request, response) => {
    response.json(await auth.api.getSession(request))
  })
  app.get('/forgotten', (request, response) => {
    response.send(request.authSession.user.display)
  })
  return app
}

async function listen(app: RequestHandler): Promise<AsyncDisposable & { url: string }> {
  const server: Server = express().use(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('expected a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('latchkey/express', () => {
  it('serves the portal where it has a folder of its own, and nothing else of the program', async () => {
    await using open = await openWithPortal()
    await using server = await listen(site(open.auth))
    await tryPortal((path, init) => fetch(`${server.url}${path}`, init))
  })

  it('lets users through by cookie and by token, and answers everybody else as the API does', async () => {
    await using open = await openAuth()
    await using server = await listen(site(open.auth))
    await tryUsersAlone((kind) => new Visitor(kind, server.url))
  })

  it('sends people who want a page to sign in, and never to another site', async () => {
    await using open = await openAuth()
    await using server = await listen(site(open.auth))
    const headers = { accept: 'text/html' }
    const sent = await new Visitor('browser', server.url).request('GET', '/page', { headers })
    assert.equal(sent.status, 303)
    assert.equal(sent.headers.get('location'), '/sign-in?next=%2Fpage')
    const tricky = `${server.url}//elsewhere.example/page`
    const back = await new Visitor('browser', server.url).request('GET', tricky, { headers })
    assert.equal(back.headers.get('location'), '/sign-in?next=%2Felsewhere.example%2Fpage')
  })

  it('takes the token against forged requests from the header or the form', async () => {
    await using open = await openAuth()
    await using server = await listen(site(open.auth))
    const somebody = new Visitor('browser', server.url)
    await somebody.signUp('ann@example.org')
    const body = 'text=hello'
    const refused = await somebody.request('POST', '/notes', { headers: form, body })
    assert.equal(refused.status, 403)
    const withHeader = await somebody.request('POST', '/notes', { headers: form, body, csrf: true })
    assert.deepEqual(await withHeader.json(), { text: 'hello' })
    const withField = `${body}&csrfmiddlewaretoken=${somebody.csrfToken}`
    const sent = await somebody.request('POST', '/notes', { headers: form, body: withField })
    assert.deepEqual(await sent.json(), { text: 'hello' })
    assert.equal((await somebody.request('POST', '/thrown')).status, 403)
  })

  it('works below a path, and after parsers have read the body', async () => {
    await using open = await openAuth()
    for (const parser of [
      express.json(),
      express.text({ type: '*/*' }),
      express.raw({ type: '*/*' }),
    ]) {
      const app = express().use(parser).use('/_allauth', latchkey(open.auth))
      await using server = await listen(app)
      await new Visitor('app', server.url).signUp(`${Math.random()}@example.org`)
    }
  })

  it('limits a body that a parser has read as well', async () => {
    await using open = await openAuth()
    const app = express()
      .use(express.json({ limit: '1mb' }))
      .use(latchkey(open.auth))
    await using server = await listen(app)
    const email = 'x'.repeat(100_000)
    const answer = await new Visitor('app', server.url).request(
      'POST',
      '/_allauth/app/v1/auth/login',
      {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email }),
      },
    )
    assert.equal(answer.status, 400)
    assert.match(await answer.text(), /longer than/)
  })

  it('says so where something has read the body and kept nothing', async () => {
    await using open = await openAuth()
    const swallow: RequestHandler = async (request, _, next) => {
      for await (const _chunk of request);
      next()
    }
    await using server = await listen(express().use(swallow).use(latchkey(open.auth)))
    const path = '/_allauth/app/v1/auth/login'
    const answer = await new Visitor('app', server.url).request('POST', path, { body: '{}' })
    assert.equal(answer.status, 500)
    assert.match(String(open.errors.map((it) => Object.values(it ?? {}))), /mount Latchkey first/)
  })

  it('fails for everybody where a route has forgotten its middleware', async () => {
    await using open = await openAuth()
    const app = site(open.auth)
    app.use(((error, _request, response, _next) => {
      response.status(500).send(String(error))
    }) satisfies express.ErrorRequestHandler)
    await using server = await listen(app)
    const answer = await new Visitor('app', server.url).request('GET', '/forgotten')
    assert.equal(answer.status, 500)
    assert.match(await answer.text(), /needs requireUser\(auth\)/)
  })
})

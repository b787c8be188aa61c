import assert from 'node:assert/strict'
import { afterEach, describe, expectTypeOf, it } from 'vitest'
import type { Auth } from '../auth.ts'
import { CsrfError } from '../guard/csrf-error.ts'
import type { UserSession } from '../guard/user-session.ts'
import { type NextAuth, nextAuth } from './next.ts'
import { type OpenAuth, openAuth } from './testing/open.ts'
import { Visitor, type VisitorKind } from './testing/visitor.ts'

/** How Next.js leaves a page for another. */
class Redirected extends Error {}

let headers = new Headers()
let open: OpenAuth | undefined
let next: NextAuth | undefined

afterEach(async () => {
  await next?.close()
  await open?.[Symbol.asyncDispose]()
  next = undefined
  open = undefined
})

function start(opens: () => Promise<Auth> = openFresh): NextAuth {
  next = nextAuth(opens, {
    headers: async () => headers,
    redirect(url) {
      throw new Redirected(url)
    },
    signInPage: '/sign-in',
  })
  return next
}

async function openFresh(): Promise<Auth> {
  open = await openAuth()
  return open.auth
}

async function signUp(site: NextAuth, kind: VisitorKind): Promise<Visitor> {
  const { handlers } = site
  const visitor = new Visitor(kind, 'http://localhost', (request) => {
    return handlers[request.method === 'GET' ? 'GET' : 'POST'](request)
  })
  await visitor.signUp(`${kind}@example.org`)
  const cookie = [...visitor.cookies].map((pair) => pair.join('=')).join('; ')
  headers = new Headers({ host: 'localhost', ...(kind === 'browser' && { cookie }) })
  return visitor
}

function formWith(token: string): FormData {
  const form = new FormData()
  form.set('csrfmiddlewaretoken', token)
  return form
}

describe('latchkey/next', () => {
  it('shows a page to users, and sends everybody else to sign in', async () => {
    const site = start()
    headers = new Headers()
    assert.equal(await site.getSession(), null)
    await assert.rejects(site.requireUser(), { message: '/sign-in' })
    await signUp(site, 'browser')
    const session = await site.requireUser()
    expectTypeOf(session).toEqualTypeOf<UserSession>()
    assert.equal(session.user.display, 'browser')
  })

  it('runs an action only for forms of its own pages', async () => {
    const site = start()
    headers = new Headers()
    assert.equal(await site.csrfToken(), '')
    await assert.rejects(site.requireUserForAction(formWith('')), Redirected)
    await signUp(site, 'browser')
    const token = await site.csrfToken()
    assert.equal((await site.requireUserForAction(formWith(token))).user.display, 'browser')
    await assert.rejects(site.requireUserForAction(formWith('')), CsrfError)
    headers.set('origin', 'http://elsewhere.example')
    await assert.rejects(site.requireUserForAction(formWith(token)), CsrfError)
  })

  it('calls route handlers for users alone, with the body still to be read', async () => {
    const site = start()
    const POST = site.withUser(async (request, session, context: { params: string }) => {
      expectTypeOf(session).toEqualTypeOf<UserSession>()
      const form = await request.formData()
      return Response.json([session.user.display, form.get('text'), context.params])
    })
    const post = (visitor: Visitor, body: FormData) => {
      const cookie = [...visitor.cookies].map((pair) => pair.join('=')).join('; ')
      const own = visitor.token ? { 'x-session-token': visitor.token } : { cookie }
      const init = { method: 'POST', headers: own, body }
      return POST(new Request('http://localhost/notes', init), { params: 'x' })
    }
    const nobody = new Visitor('browser', 'http://localhost')
    assert.equal((await post(nobody, new FormData())).status, 401)
    const browser = await signUp(site, 'browser')
    assert.equal((await post(browser, formWith(''))).status, 403)
    const form = formWith(browser.csrfToken)
    form.set('text', 'hello')
    assert.deepEqual(await (await post(browser, form)).json(), ['browser', 'hello', 'x'])
    const app = await signUp(site, 'app')
    assert.deepEqual(await (await post(app, formWith(''))).json(), ['app', null, 'x'])
  })

  it('takes a body that is no form after all for one without a token', async () => {
    const site = start()
    const POST = site.withUser(async (_request, session, _context: object) => {
      return Response.json(session.user.display)
    })
    const browser = await signUp(site, 'browser')
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    const broken = { cookie, 'content-type': 'multipart/form-data; boundary=x' }
    const send = (method: string, more: Record<string, string> = {}) => {
      const init = {
        method,
        headers: { ...broken, ...more },
        ...(method === 'POST' && { body: '?' }),
      }
      return POST(new Request('http://localhost/notes', init), {})
    }
    assert.equal((await send('POST')).status, 403)
    assert.equal((await send('POST', { 'x-csrftoken': browser.csrfToken })).status, 200)
    assert.equal((await send('GET')).status, 200)
  })

  it('opens one instance, at the first use, and tries again after a failure', async () => {
    let opened = 0
    const site = start(async () => {
      opened += 1
      if (opened === 1) throw new Error('not yet')
      return openFresh()
    })
    assert.equal(opened, 0)
    await assert.rejects(site.getSession(), /not yet/)
    headers = new Headers()
    assert.deepEqual(await Promise.all([site.getSession(), site.getSession()]), [null, null])
    assert.equal(opened, 2)
    // Another module that Next.js made of the same file.
    const again = start(() => Promise.reject(new Error('opened twice')))
    assert.equal(await again.getSession(), null)
  })
})

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import type * as Latchkey from '../../packages/client/src/index.ts'
import { appWith } from '../../packages/server/src/mfa/testing/totp.ts'
import { createTestAuth, type TestAuth } from '../../packages/server/src/testing/auth.ts'
import { buildClient } from '../../tools/build-client.ts'
import { launchChromium } from './chromium.ts'
import { type FrontEnd, startFrontEnd } from './front-end.ts'
import { addVirtualAuthenticator } from './virtual-key.ts'

// The module as it is published, with a client of each kind.
const html = `<!doctype html>
<html lang="en">
  <title>Client</title>
  <label>Email <input autocomplete="username webauthn" /></label>
  <script type="module">
    import * as latchkey from '/index.js'
    const { createClient, storedTokens } = latchkey
    window.latchkey = latchkey
    window.client = createClient()
    window.app = createClient({ kind: 'app', tokens: storedTokens(localStorage) })
  </script>
</html>`

/** What the page has. */
declare global {
  var latchkey: typeof Latchkey
  var client: Latchkey.Client
  var app: Latchkey.Client
}

const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }

const folder = mkdtempSync(join(tmpdir(), 'latchkey-client-'))
let frontEnd: FrontEnd
let auth: TestAuth
let browser: Browser
let context: BrowserContext
let page: Page
let requests: string[]
let faults: Error[]

beforeAll(async () => {
  const built = join(folder, 'built')
  await buildClient(built)
  browser = await launchChromium()
  frontEnd = await startFrontEnd(html, built)
  auth = await createTestAuth({
    users: [ann, bob].map((user) => ({ ...user, email_verified: true })),
    settings: {
      ACCOUNT_RATE_LIMITS: false,
      HEADLESS_TOKEN_STRATEGY: 'jwt',
      HEADLESS_JWT_ALGORITHM: 'HS256',
      MFA_SUPPORTED_TYPES: ['recovery_codes', 'totp', 'webauthn'],
      MFA_PASSKEY_LOGIN_ENABLED: true,
      MFA_TRUST_ENABLED: true,
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
    },
  })
  frontEnd.serve(auth)
})

afterAll(async () => {
  await browser?.close()
  await frontEnd?.stop()
  await auth?.close()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  context = await browser.newContext()
  requests = []
  faults = []
  page = await open()
})

afterEach(async () => {
  await context.close()
  assert.deepEqual(faults, [])
})

/** Opens a tab. */
async function open(): Promise<Page> {
  const tab = await context.newPage()
  tab.setDefaultTimeout(10_000)
  tab.on('pageerror', (error) => faults.push(error))
  tab.on('request', (request) => {
    const path = new URL(request.url()).pathname.split('/v1/')[1]
    if (path !== undefined) requests.push(`${request.method()} ${path}`)
  })
  await tab.goto(frontEnd.url)
  await tab.waitForFunction(() => 'client' in globalThis)
  return tab
}

/** Waits until a tab has a state. */
async function reaches(tab: Page, status: string, kind: 'client' | 'app' = 'client') {
  await tab.waitForFunction(([name, wanted]) => globalThis[name].state.status === wanted, [
    kind,
    status,
  ] as const)
}

function logIn(tab: Page, user: { email: string; password: string }) {
  return tab.evaluate((it) => client.logIn(it), user)
}

/** The cookie that carries the token against forged requests. */
async function csrfCookie(): Promise<string | undefined> {
  return (await context.cookies()).find(({ name }) => name === 'csrftoken')?.value
}

describe('the client in Chromium', () => {
  it('gets the token against forged requests by itself, once, and signs in by cookie', async () => {
    const answers = await page.evaluate(
      (it) => Promise.all([client.logIn(it), client.requestPasswordReset({ email: it.email })]),
      ann,
    )
    assert.equal(answers[0].status, 200)
    // The login changes it: what was sent with the one before is sent again, after another look.
    const asked = requests.slice(
      0,
      requests.findIndex((it) => it.startsWith('POST')),
    )
    assert.equal(asked.filter((it) => it === 'GET config').length, 1)
    const cookie = (await context.cookies()).find(({ name }) => name === 'sessionid')
    assert.equal(cookie?.httpOnly, true)
    assert.equal((await page.evaluate(() => client.getSession())).status, 200)
  })

  it('sends the token that there is now, after the login has changed it', async () => {
    await page.evaluate(() => client.getConfiguration())
    const before = await csrfCookie()
    await logIn(page, ann)
    assert.notEqual(await csrfCookie(), before)
    const added = await page.evaluate(() => client.addEmailAddress({ email: 'new@example.org' }))
    assert.equal(added.status, 200)
    assert.equal((await page.evaluate(() => client.logOut())).status, 401)
    assert.equal((await page.evaluate(() => client.state)).status, 'signed-out')
  })

  it('tries again where the token was another', async () => {
    await page.evaluate(() => client.getConfiguration())
    // Between reading the cookie and sending it, another answer brought another.
    const stale = { 'x-csrftoken': 'x'.repeat(32) }
    await page.route(
      '**/auth/login',
      async (route, request) =>
        route.continue({ headers: { ...(await request.allHeaders()), ...stale } }),
      { times: 1 },
    )
    assert.equal((await logIn(page, ann)).status, 200)
    assert.equal(requests.filter((it) => it === 'POST auth/login').length, 2)
  })

  it('shows a login and a sign-out in all tabs', async () => {
    const other = await open()
    await other.evaluate(() => client.getSession())
    await logIn(page, ann)
    await reaches(other, 'signed-in')
    await other.evaluate(() => client.logOut())
    await reaches(page, 'signed-out')
    // Also where a tab has not looked who is signed in before.
    await logIn(page, bob)
    await reaches(other, 'signed-in')
    const fresh = await open()
    await fresh.evaluate(() => client.logOut())
    await reaches(page, 'signed-out')
    await other.evaluate(() => client.close())
    await logIn(page, ann)
    await page.evaluate(() => client.getSession())
    assert.equal((await other.evaluate(() => client.state)).status, 'signed-out')
  })

  it('renews an access token once for all tabs, however late one sees what another stored', async () => {
    const other = await open()
    await page.evaluate((it) => app.logIn(it), ann)
    await reaches(other, 'signed-in', 'app')
    const refreshes = () => requests.filter((it) => it === 'POST tokens/refresh').length
    let access = await page.evaluate(() => localStorage.getItem('latchkey.access') ?? '')
    const seen = new Set([access])
    for (let round = 1; round <= 20; round += 1) {
      auth.clock.advance(1)
      // Both find the same token refused; whoever comes second takes what the first one got.
      const tokens = await Promise.all(
        [page, other].map((tab) =>
          tab.evaluate(
            (refused) => Promise.all([1, 2, 3].map(() => app.accessToken({ refused }))),
            access,
          ),
        ),
      )
      assert.equal(new Set(tokens.flat()).size, 1)
      access = tokens[0]?.[0] ?? ''
      seen.add(access)
      assert.equal(refreshes(), round)
    }
    assert.equal(seen.size, 21)
  })

  it('lets another tab renew the token where the first one could not', async () => {
    const other = await open()
    await page.evaluate((it) => app.logIn(it), ann)
    await reaches(other, 'signed-in', 'app')
    await page.route('**/tokens/refresh', (route) => route.abort())
    const refused = await page.evaluate(() => localStorage.getItem('latchkey.access') ?? '')
    auth.clock.advance(1)
    const renew = (tab: Page) =>
      tab.evaluate((it) => app.accessToken({ refused: it }).catch(({ code }) => code), refused)
    assert.equal(await renew(page), 'network')
    const renewed = await renew(other)
    assert.match(String(renewed), /^ey/)
    await page.waitForFunction((it) => localStorage.getItem('latchkey.access') === it, renewed)
    assert.equal(await renew(page), renewed)
  })

  it('shows an app signed out in all tabs that keep its tokens together', async () => {
    const other = await open()
    for (let round = 0; round < 5; round += 1) {
      await page.evaluate((it) => app.logIn(it), ann)
      await reaches(other, 'signed-in', 'app')
      await other.evaluate(() => app.logOut())
      await reaches(page, 'signed-out', 'app')
    }
  })

  it('looks again when somebody goes back to its page', async () => {
    // While a page is put aside, it is told nothing.
    await context.addInitScript(() => {
      addEventListener('storage', (event) => event.stopImmediatePropagation())
    })
    const aside = await open()
    await page.evaluate((it) => app.logIn(it), ann)
    await aside.waitForFunction(() => localStorage.getItem('latchkey.session') !== null)
    await aside.evaluate(() => app.getSession())
    await page.evaluate(() => app.logOut())
    await aside.waitForFunction(() => localStorage.getItem('latchkey.session') === null)
    assert.equal(await aside.evaluate(() => app.state.status), 'signed-in')
    await aside.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    })
    await reaches(aside, 'signed-out', 'app')
  })

  it('goes to a provider by a form that carries the token', async () => {
    const [request] = await Promise.all([
      page.waitForRequest((it) => it.url().endsWith('/auth/provider/redirect')),
      page.evaluate(() =>
        client.redirectToProvider({ provider: 'acme', process: 'login', callback_url: '/back' }),
      ),
    ])
    const fields = Object.fromEntries(new URLSearchParams(request.postData() ?? ''))
    assert.deepEqual(fields, {
      provider: 'acme',
      process: 'login',
      callback_url: '/back',
      csrfmiddlewaretoken: await csrfCookie(),
    })
    assert.equal(request.isNavigationRequest(), true)
    // There is no provider of this name, but the form was believed to be the page's own.
    assert.equal((await request.response())?.status(), 400)
  })

  it('answers the question whether to trust the browser', async () => {
    await logIn(page, bob)
    const offered = await page.evaluate(() => client.getTotp())
    assert.equal(offered.status, 404)
    const totp = appWith(auth, offered.meta.secret)
    const code = totp.code()
    assert.equal((await page.evaluate((it) => client.activateTotp({ code: it }), code)).status, 200)
    await page.evaluate(() => client.logOut())
    await logIn(page, bob)
    auth.clock.advance(60)
    await page.evaluate((it) => client.authenticateWithCode({ code: it }), totp.code())
    const state = await page.evaluate(() => client.state)
    assert.ok(state.status === 'pending' && state.pending.id === 'mfa_trust')
    const trusted = await page.evaluate(() => client.trustBrowser({ trust: true }))
    assert.equal(trusted.status, 200)
    await page.evaluate(() => client.logOut())
    assert.equal((await logIn(page, bob)).status, 200)
  })
})

describe('a passkey', () => {
  let count = 0

  /** Signs somebody new in, in a tab that has an authenticator. */
  async function signInSomebody(tab: Page) {
    const authenticator = await addVirtualAuthenticator(tab)
    count += 1
    const user = { ...ann, email: `user${count}@example.org` }
    await auth.createUser({ ...user, email_verified: true })
    assert.equal((await logIn(tab, user)).status, 200)
    return { authenticator, user }
  }

  /** The same, with a passkey, and signed out again. */
  async function makePasskey(tab: Page) {
    const somebody = await signInSomebody(tab)
    const added = await tab.evaluate(() => latchkey.addPasskey(client, { passwordless: true }))
    assert.equal(added.status, 200)
    await tab.evaluate(() => client.logOut())
    return somebody
  }

  it('is made and signs in alone', async () => {
    const { user } = await makePasskey(page)
    const answer = await page.evaluate(() => latchkey.logInWithPasskey(client))
    assert.ok(answer.status === 200 && answer.data.user.email === user.email)
  })

  it('needs nothing that browsers of before 2025 lack', async () => {
    await page.evaluate(() => {
      for (const name of ['parseRequestOptionsFromJSON', 'parseCreationOptionsFromJSON']) {
        Reflect.deleteProperty(PublicKeyCredential, name)
      }
      Reflect.deleteProperty(PublicKeyCredential.prototype, 'toJSON')
    })
    assert.equal(await page.evaluate(() => 'toJSON' in PublicKeyCredential.prototype), false)
    await makePasskey(page)
    const answer = await page.evaluate(() => latchkey.logInWithPasskey(client))
    assert.equal(answer.status, 200)
  })

  it('is a second factor and a new proof', async () => {
    const { user } = await makePasskey(page)
    assert.equal((await logIn(page, user)).status, 401)
    await page.evaluate(() => latchkey.authenticateWithPasskey(client))
    const trusted = await page.evaluate(() => client.trustBrowser({ trust: false }))
    assert.equal(trusted.status, 200)
    const again = await page.evaluate(() => latchkey.reauthenticateWithPasskey(client))
    assert.equal(again.status, 200)
    assert.equal(again.data.methods.length, 3)
  })

  it('is offered in the suggestions of a field', async () => {
    await makePasskey(page)
    assert.equal(await page.evaluate(() => latchkey.supportsPasskeyAutofill()), true)
    // The authenticator of the test picks the suggestion by itself.
    const answer = await page.evaluate(() =>
      latchkey.logInWithPasskey(client, { isConditional: true }),
    )
    assert.equal(answer.status, 200)
  })

  it('is still offered when the page has been open for long', async () => {
    await page.clock.install()
    await page.reload()
    await page.waitForFunction(() => 'client' in globalThis)
    let answered = 0
    page.on('response', (it) => {
      if (it.url().endsWith('/auth/webauthn/login')) answered += 1
    })
    const reached = async (times: number) => {
      while (answered < times) await new Promise((resolve) => setTimeout(resolve, 20))
      // The page has to read it, and set its timer.
      await new Promise((resolve) => setTimeout(resolve, 500))
      assert.equal(answered, times)
    }
    const controlled = await page.evaluateHandle(() => {
      const controller = new AbortController()
      const { signal } = controller
      const outcome = latchkey
        .logInWithPasskey(client, { isConditional: true, signal })
        .then(String, (error) => error.name)
      return { controller, outcome }
    })
    await reached(1)
    await page.clock.fastForward('09:01')
    await reached(2)
    await page.clock.fastForward('09:01')
    await reached(3)
    const outcome = await controlled.evaluate((it) => {
      it.controller.abort()
      return it.outcome
    })
    assert.match(outcome, /^(AbortError|LatchkeyError)$/)
  })

  it('is no more waited for once another question is asked', async () => {
    const names = await page.evaluate(async () => {
      const nameOf = (it: Promise<unknown>) => it.then(String, (error) => error.name)
      // Nobody is here to answer either.
      const first = nameOf(latchkey.logInWithPasskey(client, { isConditional: true }))
      await new Promise((resolve) => setTimeout(resolve, 300))
      const controller = new AbortController()
      const second = nameOf(latchkey.logInWithPasskey(client, controller))
      const ended = await first
      controller.abort()
      return [ended, await second]
    })
    assert.equal(names[0], 'AbortError')
    assert.match(names[1] ?? '', /^(AbortError|LatchkeyError)$/)
  })

  it('is given up by its signal, and where the user declines', async () => {
    const { authenticator } = await signInSomebody(page)
    const outcome = (signal?: 'aborted') =>
      page.evaluate(
        (it) =>
          latchkey
            .addPasskey(client, {
              passwordless: true,
              ...(it && { signal: AbortSignal.abort() }),
            })
            .then(
              ({ status }) => String(status),
              (error) => `${error.name} ${error.code}`,
            ),
        signal,
      )
    assert.equal(await outcome('aborted'), 'LatchkeyError aborted')
    await authenticator.recognizeUser(false)
    assert.match(await outcome(), /^NotAllowedError /)
    await authenticator.recognizeUser(true)
    assert.equal(await outcome(), '200')
  })
})

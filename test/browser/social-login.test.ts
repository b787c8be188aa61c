import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../packages/server/src/testing/auth.ts'
import {
  type RealProvider,
  startRealProvider,
} from '../../packages/server/test/social/real-provider.ts'
import { buildClient } from '../../tools/build-client.ts'
import { launchChromium } from './chromium.ts'
import { type FrontEnd, startFrontEnd } from './front-end.ts'
import { ask } from './portal/steps.ts'

// A plain form, since only a navigation of the browser itself can follow to another site.
const html = `<!doctype html>
<html lang="en">
  <title>Front end</title>
  <form method="post" action="/_allauth/browser/v1/auth/provider/redirect">
    <input type="hidden" name="provider" value="acme" />
    <input type="hidden" name="callback_url" value="/done" />
    <input type="hidden" name="csrfmiddlewaretoken" />
    <button name="process" value="login" disabled>Sign in with Acme</button>
    <button name="process" value="connect" disabled>Connect Acme</button>
  </form>
  <script type="module">
    await fetch('/_allauth/browser/v1/config')
    const token = /csrftoken=([^;]+)/.exec(document.cookie)[1]
    document.querySelector('[name=csrfmiddlewaretoken]').value = token
    for (const button of document.querySelectorAll('button')) button.disabled = false
  </script>
</html>`

const people = ['ann', 'bob', 'cid', 'dan'].map((sub) => ({
  sub,
  email: `${sub}@example.org`,
  email_verified: true,
}))

const folder = mkdtempSync(join(tmpdir(), 'latchkey-social-'))
let frontEnd: FrontEnd
let peer: RealProvider
let auth: TestAuth
let browser: Browser
let page: Page
let faults: Error[]

beforeAll(async () => {
  browser = await launchChromium()
  const built = join(folder, 'built')
  await buildClient(built)
  frontEnd = await startFrontEnd(html, built)
  const client = { client_id: 'latchkey', client_secret: 'a secret that both know' }
  const callback = `${frontEnd.url}/accounts/oidc/acme/login/callback/`
  peer = await startRealProvider([{ ...client, redirect_uris: [callback] }], people)
  const app = {
    provider_id: 'acme',
    client_id: client.client_id,
    secret: client.client_secret,
    settings: { server_url: peer.issuer, token_auth_method: 'client_secret_basic' },
  }
  auth = await createTestAuth({
    settings: {
      SOCIALACCOUNT_ALLOW_PRIVATE_ADDRESSES_INSECURE: true,
      SOCIALACCOUNT_PROVIDERS: { openid_connect: { APPS: [app] } },
    },
  })
  frontEnd.serve(auth)
})

afterAll(async () => {
  await browser?.close()
  await frontEnd?.stop()
  await auth?.close()
  await peer?.stop()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  // The clock of the tests stands still, that of the provider does not.
  auth.clock.now = Date.now()
  const context = await browser.newContext()
  // The pages of the provider want a font from far away.
  await context.route(
    ({ hostname }) => !['localhost', '127.0.0.1'].includes(hostname),
    (route) => route.abort(),
  )
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  faults = []
  page.on('pageerror', (error) => faults.push(error))
})

afterEach(async () => {
  await page.context().close()
  assert.deepEqual(faults, [])
})

/** Presses a button of the front end, which leads to the provider. */
async function leaveBy(button: string): Promise<void> {
  await page.goto(frontEnd.url)
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.waitForURL(`${peer.issuer}/**`)
}

async function signInAtPeer(name: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(name)
  await page.getByPlaceholder('and password').fill('anything')
  await page.getByRole('button', { name: 'Sign-in' }).click()
}

/** Signs in there and consents, and tells where that leads to. */
async function passPeer(name: string): Promise<string> {
  await signInAtPeer(name)
  await page.getByRole('button', { name: 'Continue' }).click()
  return cameBack()
}

async function cameBack(): Promise<string> {
  await page.waitForURL(`${frontEnd.url}/done**`)
  return page.url().slice(frontEnd.url.length)
}

/** What the API answers to a page of the front end. */
function call(method: string, path: string, body?: object) {
  return ask(page, method, path, body)
}

async function connected(): Promise<string[]> {
  const { data } = await call('GET', 'account/providers')
  return data.map((it: { uid: string }) => it.uid)
}

describe('a login by a provider in Chromium', () => {
  it('signs up, connects a second account and disconnects the first', async () => {
    await leaveBy('Sign in with Acme')
    assert.equal(await passPeer('ann'), '/done')
    const session = await call('GET', 'auth/session')
    assert.equal(session.status, 200)
    assert.equal(session.data.user.email, 'ann@example.org')
    assert.deepEqual(await connected(), ['ann'])

    await page.context().clearCookies({ domain: '127.0.0.1' })
    await leaveBy('Connect Acme')
    assert.equal(await passPeer('bob'), '/done')
    assert.deepEqual(await connected(), ['ann', 'bob'])

    const left = await call('DELETE', 'account/providers', { provider: 'acme', account: 'ann' })
    assert.equal(left.status, 200)
    assert.deepEqual(await connected(), ['bob'])

    await call('DELETE', 'auth/session')
    assert.equal((await call('GET', 'auth/session')).status, 401)
    // Bob is still signed in at the provider, and has consented.
    await page.goto(frontEnd.url)
    await page.getByRole('button', { name: 'Sign in with Acme', exact: true }).click()
    assert.equal(await cameBack(), '/done')
    const again = await call('GET', 'auth/session')
    assert.equal(again.data.user.id, session.data.user.id)
  })

  it('is begun by the client as well', async () => {
    await page.goto(frontEnd.url)
    await page.addScriptTag({
      type: 'module',
      content: `import { createClient } from '/index.js'
        const way = { provider: 'acme', process: 'login', callback_url: '/done' }
        await createClient().redirectToProvider(way)`,
    })
    await page.waitForURL(`${peer.issuer}/**`)
    assert.equal(await passPeer('dan'), '/done')
    assert.equal((await call('GET', 'auth/session')).status, 200)
  })

  it('comes back with an error where somebody cancels', async () => {
    await leaveBy('Sign in with Acme')
    await page.getByRole('link', { name: '[ Cancel ]' }).click()
    assert.equal(await cameBack(), '/done?error=cancelled&error_process=login')
    assert.equal((await call('GET', 'auth/session')).status, 401)
  })

  it('comes back with an error where the account is that of somebody else', async () => {
    await leaveBy('Sign in with Acme')
    assert.equal(await passPeer('cid'), '/done')
    await page.context().clearCookies({ domain: '127.0.0.1' })
    await leaveBy('Connect Acme')
    assert.equal(await passPeer('bob'), '/done?error=connected_other&error_process=connect')
    assert.deepEqual(await connected(), ['cid'])
  })
})

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { appWith } from '../../packages/server/src/mfa/testing/totp.ts'
import { createTestAuth, type TestAuth } from '../../packages/server/src/testing/auth.ts'
import { root } from '../docs/markdown.ts'
import { launchChromium } from './chromium.ts'
import { type FrontEnd, startFrontEnd } from './front-end.ts'
import { addVirtualAuthenticator } from './virtual-key.ts'

const password = 'correct horse battery'
const folder = mkdtempSync(join(tmpdir(), 'latchkey-vite-'))
let frontEnd: FrontEnd
let auth: TestAuth
let browser: Browser
let context: BrowserContext
let page: Page
let faults: unknown[]

beforeAll(async () => {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error']
  await promisify(execFile)(process.execPath, args, { cwd: join(root, 'examples/vite') })
  browser = await launchChromium()
  frontEnd = await startFrontEnd(readFileSync(join(folder, 'index.html'), 'utf8'), folder)
  auth = await createTestAuth({
    settings: {
      ACCOUNT_RATE_LIMITS: false,
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
      ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: true,
      ACCOUNT_REAUTHENTICATION_REQUIRED: true,
      MFA_SUPPORTED_TYPES: ['recovery_codes', 'totp', 'webauthn'],
      MFA_PASSKEY_LOGIN_ENABLED: true,
      MFA_PASSKEY_SIGNUP_ENABLED: true,
      MFA_TRUST_ENABLED: true,
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
  faults = []
  page = await newTab()
})

afterEach(async () => {
  await context.close()
  assert.deepEqual(faults, [])
})

async function newTab({ suggestsPasskeys = false } = {}): Promise<Page> {
  const tab = await context.newPage()
  tab.setDefaultTimeout(10_000)
  tab.on('pageerror', (error) => faults.push(error))
  // The authenticator of the tests would pick a suggestion at once.
  if (!suggestsPasskeys) {
    await tab.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false
    })
  }
  await tab.goto(frontEnd.url)
  return tab
}

/** Fills in a form and sends it. */
async function submit(button: string, fields: Record<string, string> = {}, tab = page) {
  const pressed = tab.getByRole('button', { name: button, exact: true })
  for (const [label, value] of Object.entries(fields)) {
    await tab.getByLabel(label, { exact: true }).fill(value)
  }
  await pressed.click()
}

/** Waits until a tab is at a step. */
async function at(heading: string, tab = page) {
  await tab.getByRole('heading', { name: heading, exact: true }).waitFor()
}

async function says(problem: string) {
  await page.getByRole('alert').filter({ hasText: problem }).first().waitFor()
}

/** Makes an account by the forms of the page. */
async function signUp(email: string) {
  await submit('I am new here')
  await submit('Sign up', { Email: email, Password: password })
  await at('Confirm your address')
  await submit('Confirm', { Code: await auth.secretTo(email) })
  await at('Your account')
}

const signIn = (email: string) => submit('Sign in', { Email: email, Password: password })

describe('examples/vite in Chromium', () => {
  it('signs somebody up, out and in, and shows what is wrong beside its field', async () => {
    await at('Sign in')
    await submit('I am new here')
    await submit('Sign up', { Email: 'ann@example.org', Password: 'short' })
    await says('This password is too short.')
    await submit('Sign up', { Email: 'ann@example.org', Password: password })
    await at('Confirm your address')
    await submit('Confirm', { Code: 'BCDF-GHJK' })
    await says('This code or key is not accepted.')
    await submit('Confirm', { Code: await auth.secretTo('ann@example.org') })
    await page.getByText('You are signed in as ann.').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'ann@example.org' }).waitFor()
    await submit('Sign out')
    await at('Sign in')
    await submit('Sign in', { Email: 'ann@example.org', Password: 'something else' })
    await says('The email address or the password is wrong.')
    await signIn('ann@example.org')
    await at('Your account')
  })

  it('follows the other tabs, and shows nobody the lists of somebody else', async () => {
    await signUp('bea@example.org')
    await page.getByRole('listitem').filter({ hasText: 'bea@example.org' }).waitFor()
    const other = await newTab()
    await at('Your account', other)
    await submit('Sign out', {}, other)
    await at('Sign in')
    await auth.createUser({ email: 'cid@example.org', password, email_verified: true })
    await submit('Sign in', { Email: 'cid@example.org', Password: password }, other)
    await page.getByText('You are signed in as cid.').waitFor()
    await page.getByRole('listitem').filter({ hasText: 'cid@example.org' }).waitFor()
    assert.equal(await page.getByText('bea@example.org').count(), 0)
  })

  it('goes on with what was asked for, once the password was given again', async () => {
    await signUp('dee@example.org')
    auth.clock.advance(3600)
    await submit('Add', { 'Another address': 'second@example.org' })
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await submit('Cancel')
    await dialog.waitFor({ state: 'hidden' })
    assert.equal(await page.getByText('second@example.org').count(), 0)

    await submit('Add', { 'Another address': 'second@example.org' })
    await submit('Prove it', { 'Your password': 'something else' })
    await says('The password is wrong.')
    // A look at the session, as other tabs bring it about, is no proof.
    const looked = page.waitForResponse((it) => it.url().endsWith('/auth/session'))
    await page.evaluate(() => new BroadcastChannel('latchkey ').postMessage('changed'))
    assert.equal((await looked).status(), 200)
    assert.equal(await dialog.isVisible(), true)
    await submit('Prove it', { 'Your password': password })
    await page.getByRole('listitem').filter({ hasText: 'second@example.org' }).waitFor()
    await dialog.waitFor({ state: 'hidden' })
  })

  it('asks for the code of an authenticator app', async () => {
    await signUp('eve@example.org')
    auth.clock.advance(3600)
    await submit('Add an authenticator app')
    const secret = await page.getByRole('status').textContent()
    const totp = appWith(auth, secret ?? '')
    await submit('Activate', { 'What it shows': totp.code() })
    await submit('Prove it', { 'Your password': password })
    await page.getByRole('listitem').filter({ hasText: 'totp' }).waitFor()
    await submit('Sign out')
    await signIn('eve@example.org')
    await at('Second step')
    auth.clock.advance(60)
    await submit('Go on', { Code: totp.code() })
    await at('Trust this browser?')
    await submit('Yes')
    await at('Your account')
  })

  it('takes a passkey in the place of a password', async () => {
    await addVirtualAuthenticator(page)
    await submit('I am new here')
    await submit('Sign up with a passkey', { 'Email for the passkey': 'flo@example.org' })
    await at('Confirm your address')
    await submit('Confirm', { Code: await auth.secretTo('flo@example.org') })
    await at('Make your passkey')
    await submit('Make it')
    await page.getByText('You are signed in as flo.').waitFor()
    await submit('Sign out')
    await submit('Sign in with a passkey')
    await page.getByText('You are signed in as flo.').waitFor()
  })

  it('says so where no passkey is given, and goes on', async () => {
    const authenticator = await addVirtualAuthenticator(page)
    await signUp('gus@example.org')
    auth.clock.advance(3600)
    await authenticator.recognizeUser(false)
    await submit('Add a passkey')
    await submit('Prove it', { 'Your password': password })
    await says('No passkey was given.')
    await authenticator.recognizeUser(true)
    await submit('Add a passkey')
    await page.getByRole('listitem').filter({ hasText: 'Passkey' }).waitFor()
  })

  it('offers passkeys in the suggestions of the browser', async () => {
    const tab = await newTab({ suggestsPasskeys: true })
    await addVirtualAuthenticator(tab)
    await submit('I am new here', {}, tab)
    await submit('Sign up with a passkey', { 'Email for the passkey': 'hal@example.org' }, tab)
    await at('Confirm your address', tab)
    await submit('Confirm', { Code: await auth.secretTo('hal@example.org') }, tab)
    await submit('Make it', {}, tab)
    await at('Your account', tab)
    const signedOut = tab.waitForResponse((it) => it.request().method() === 'DELETE')
    const signedIn = tab.waitForResponse(
      (it) => it.url().endsWith('/auth/webauthn/login') && it.request().method() === 'POST',
    )
    await submit('Sign out', {}, tab)
    assert.equal((await signedOut).status(), 401)
    // The authenticator of the tests picks the suggestion by itself.
    assert.equal((await signedIn).status(), 200)
    await at('Your account', tab)
  })

  it('offers to try again where the server does not answer', async () => {
    await context.route('**/auth/session', (route) => route.abort())
    await page.reload()
    await says('The server does not answer.')
    await context.unroute('**/auth/session')
    await submit('Try again')
    await at('Sign in')
  })
})

import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, startPortal } from './portal.ts'
import { at, fill, press, signedIn } from './steps.ts'

const password = 'correct horse battery'
const ann = { email: 'ann@example.org', username: 'ann', password }

let browser: Browser
let portal: Portal

beforeAll(async () => {
  browser = await launchChromium()
  portal = await startPortal({
    ACCOUNT_LOGIN_METHODS: ['email', 'username'],
    ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
    ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND: 1,
  })
  await portal.createUser(ann)
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

afterEach(() => {
  assert.deepEqual(portal.faults.splice(0), [])
})

async function visit(path: string, options = {}): Promise<Page> {
  return openPage(browser, portal, { path, ...options })
}

describe('/login', () => {
  it('can be used by everybody', async () => {
    const page = await visit('/login')
    await at(page, 'Log in')
    await checkPage(page)
    await page.context().close()
  })

  it('lets somebody in by address or by username, and on to where they wanted to go', async () => {
    for (const name of [ann.email, ann.username]) {
      const page = await visit('/account/emails?a=1')
      await at(page, 'Log in')
      assert.equal(new URL(page.url()).searchParams.get('next'), '/account/emails?a=1')
      await fill(page, { 'Email address or username': name, Password: password })
      await press(page, 'Log in')
      await page.waitForURL(`${portal.url}/account/emails?a=1`)
      assert.equal(await signedIn(page), 'ann')
      await page.context().close()
    }
  })

  it('says at the field that the password is wrong, leads there, and keeps what was typed', async () => {
    const page = await visit('/login')
    await fill(page, { 'Email address or username': ann.email, Password: 'something else' })
    await press(page, 'Log in')
    const field = page.getByLabel('Password', { exact: true })
    await page.getByText('The email address or the password is wrong.').waitFor()
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    assert.ok(await field.evaluate((it) => it === document.activeElement))
    assert.equal(await page.getByLabel('Email address or username').inputValue(), ann.email)
    await checkPage(page)
    await page.context().close()
  })

  it('sends nothing that is not filled in', async () => {
    const page = await visit('/login')
    await at(page, 'Log in')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.method()))
    await press(page, 'Log in')
    await page.getByText('Fill in this field.').first().waitFor()
    assert.equal(await page.getByText('Fill in this field.').count(), 2)
    assert.deepEqual(
      asked.filter((method) => method === 'POST'),
      [],
    )
    await page.context().close()
  })

  it('says that an account is closed, as soon as the password is right', async () => {
    await portal.createUser({ email: 'off@example.org', password, is_active: false })
    const page = await visit('/login')
    await fill(page, { 'Email address or username': 'off@example.org', Password: password })
    await press(page, 'Log in')
    await page.getByRole('alert').filter({ hasText: 'not possible to log in' }).waitFor()
    await page.context().close()
  })

  it('can be used by the keyboard alone', async () => {
    const page = await visit('/login')
    await at(page, 'Log in')
    // The first field has the focus.
    await page.keyboard.type(ann.email)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${portal.url}/account`)
    assert.equal(await signedIn(page), 'ann')
    await page.context().close()
  })

  it('shows a password while its button is pressed in', async () => {
    const page = await visit('/login')
    await fill(page, { Password: password })
    const field = page.getByLabel('Password', { exact: true })
    assert.equal(await field.getAttribute('type'), 'password')
    await press(page, 'Show password')
    assert.equal(await field.getAttribute('type'), 'text')
    await press(page, 'Hide password')
    assert.equal(await field.getAttribute('type'), 'password')
    await page.context().close()
  })

  it('leads whoever is signed in on at once', async () => {
    const page = await visit('/login')
    await fill(page, { 'Email address or username': ann.email, Password: password })
    await press(page, 'Log in')
    await page.waitForURL(`${portal.url}/account`)
    await page.goto(`${portal.url}/login?next=/account/emails`)
    await page.waitForURL(`${portal.url}/account/emails`)
    for (const next of [
      '//evil.example',
      '/%09/evil.example',
      '/%5Cevil.example',
      '/.//evil.example',
      '//[',
      '/login',
      '/LOGIN/',
      '/%256Cogin',
      '/account/../signup?a=1',
    ]) {
      await page.goto(`${portal.url}/login?next=${next}`)
      await page.waitForURL(`${portal.url}/account`)
    }
    await page.context().close()
  })

  it('leads on to no page for those who are signed out', async () => {
    const page = await visit('/login?next=/login')
    await fill(page, { 'Email address or username': ann.email, Password: password })
    await press(page, 'Log in')
    await page.waitForURL(`${portal.url}/account`)
    await page.context().close()
  })

  it('says that the server can not be reached, and tries again', async () => {
    const page = await visit('/login')
    await fill(page, { 'Email address or username': ann.email, Password: password })
    await page.route('**/auth/login', (route) => route.abort())
    await press(page, 'Log in')
    await page.getByRole('alert').filter({ hasText: 'can not be reached' }).waitFor()
    await page.unroute('**/auth/login')
    await press(page, 'Log in')
    await page.waitForURL(`${portal.url}/account`)
    await page.context().close()
  })

  it('offers to try again where nothing is known yet', async () => {
    const page = await visit('/login')
    await page.route('**/v1/**', (route) => route.abort())
    await page.reload()
    await page.getByRole('alert').filter({ hasText: 'can not be reached' }).waitFor()
    await checkPage(page)
    await page.unroute('**/v1/**')
    await press(page, 'Try again')
    await at(page, 'Log in')
    await page.context().close()
  })

  it('shows that it tries again', async () => {
    const page = await visit('/login')
    await at(page, 'Log in')
    await page.route('**/auth/session', (route) => route.abort())
    await page.reload()
    await page.getByRole('alert').filter({ hasText: 'can not be reached' }).waitFor()
    await page.unroute('**/auth/session')
    const { promise, resolve } = Promise.withResolvers<void>()
    await page.route('**/auth/session', async (route) => {
      await promise
      await route.continue()
    })
    await press(page, 'Try again')
    await page.locator('button[aria-busy=true]', { hasText: 'Try again' }).waitFor()
    resolve()
    await at(page, 'Log in')
    await page.context().close()
  })
})

describe('/login/code', () => {
  it('lets somebody in by a code that is mailed', async () => {
    const page = await visit('/login?next=/account/emails')
    await page.getByRole('link', { name: 'Log in with a one-time code' }).click()
    await at(page, 'Log in with a one-time code')
    await checkPage(page)
    await fill(page, { 'Email address': ann.email })
    await press(page, 'Send code')
    await at(page, 'Enter your code')
    await page.getByText(`We have sent a code to ${ann.email}.`).waitFor()
    await checkPage(page)
    const first = await portal.mailedCode(ann.email)
    await press(page, 'Send it again')
    await page.getByText('A new code is on its way.').waitFor()
    await fill(page, { Code: first })
    await press(page, 'Continue')
    await page.getByText('This code is not accepted.').waitFor()
    await press(page, 'Send it again')
    await page.getByText('No further code can be sent now.').waitFor()
    await fill(page, { Code: await portal.mailedCode(ann.email) })
    await press(page, 'Continue')
    await page.waitForURL(`${portal.url}/account/emails`)
    assert.equal(await signedIn(page), 'ann')
    await page.context().close()
  })

  it('begins anew after too many wrong codes, and says why', async () => {
    portal.advance(120)
    const page = await visit('/login/code')
    await fill(page, { 'Email address': ann.email })
    await press(page, 'Send code')
    await at(page, 'Enter your code')
    for (const guess of ['BCDF-GHJK', 'BCDF-GHJL', 'BCDF-GHJM', 'BCDF-GHJN']) {
      await fill(page, { Code: guess })
      await press(page, 'Continue')
      await page.locator('button[aria-busy=true]').waitFor({ state: 'detached' })
      if ((await page.getByLabel('Code').count()) === 0) break
    }
    await at(page, 'Log in with a one-time code')
    await page.getByText('there were too many attempts').waitFor()
    await page.context().close()
  })

  it('can be given up for another way', async () => {
    portal.advance(120)
    const page = await visit('/login/code?next=/account/emails')
    await fill(page, { 'Email address': ann.email })
    await press(page, 'Send code')
    await at(page, 'Enter your code')
    await press(page, 'Start over')
    await at(page, 'Log in')
    await fill(page, { 'Email address or username': ann.email, Password: password })
    await press(page, 'Log in')
    await page.waitForURL(`${portal.url}/account/emails`)
    await page.context().close()
  })
})

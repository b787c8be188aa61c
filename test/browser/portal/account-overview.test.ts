import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { itemsOf, password, told, visit } from './account.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, startPortal } from './portal.ts'
import { at, fill, press, signedIn } from './steps.ts'

const ann = { email: 'ann@example.org', path: '', heading: 'Overview' }

let browser: Browser
let portal: Portal

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

beforeEach(async () => {
  portal = await startPortal()
  await portal.createUser({
    email: ann.email,
    password,
    extra_emails: [{ email: 'ann@example.com', verified: false }],
  })
})

afterEach(async () => {
  assert.deepEqual(portal.faults, [])
  await portal.stop()
})

describe('/account', () => {
  it('says who is signed in, what to see to, and where the rest is', async () => {
    const page = await visit(browser, portal, ann)
    await page.getByText('An email address of yours has not been verified yet.').waitFor()
    await page.getByText('Your account is protected by one factor alone.').waitFor()
    const facts = await page.locator('dl').textContent()
    assert.match(facts ?? '', /Email addressann@example\.orgUsernameannLogged in withPassword/)
    assert.deepEqual(
      (await itemsOf(page, 'Account')).map(
        (it) => it.split(/ (?=Where|Change|An auth|Download)/)[0],
      ),
      ['Email addresses', 'Password', 'Two-factor authentication', 'Sessions', 'Your data'],
    )
    await checkPage(page)
    await page.getByRole('link', { name: 'Verify it' }).click()
    await at(page, 'Email addresses')
    await page.context().close()
  })

  it('leads on by its navigation, which marks the page that is shown', async () => {
    const page = await visit(browser, portal, ann)
    const navigation = page.getByRole('navigation', { name: 'Account' })
    const current = navigation.locator('[aria-current=page]')
    assert.equal(await current.textContent(), 'Overview')
    await navigation.getByRole('link', { name: 'Sessions' }).click()
    await at(page, 'Sessions')
    assert.equal(await current.textContent(), 'Sessions')
    assert.equal(await page.title(), 'Sessions · Latchkey')
    assert.ok(await page.locator('h1').evaluate((it) => it === document.activeElement))
    await page.context().close()
  })

  it('has a navigation that opens and closes on small screens, by the keyboard alone', async () => {
    const page = await visit(browser, portal, ann)
    await page.setViewportSize({ width: 320, height: 640 })
    const button = page.getByRole('button', { name: 'Overview' })
    const link = page.getByRole('navigation').getByRole('link', { name: 'Password' })
    assert.equal(await link.count(), 0)
    await button.focus()
    await page.keyboard.press('Enter')
    await link.waitFor()
    assert.equal(await button.getAttribute('aria-expanded'), 'true')
    await checkPage(page)
    await page.setViewportSize({ width: 320, height: 640 })
    for (let steps = 0; steps < 3; steps++) await page.keyboard.press('Tab')
    assert.ok(await link.evaluate((it) => it === document.activeElement))
    await page.keyboard.press('Enter')
    await at(page, 'Password')
    assert.equal(await link.count(), 0)
    await page.context().close()
  })

  it('lets the keyboard skip what is the same on every page', async () => {
    const page = await visit(browser, portal, ann)
    await page.reload()
    await at(page, 'Overview')
    await page.getByRole('button', { name: 'Log out' }).focus()
    await page.keyboard.press('Shift+Tab')
    const skip = page.getByRole('button', { name: 'Skip to the content' })
    assert.ok(await skip.evaluate((it) => it === document.activeElement))
    await page.keyboard.press('Enter')
    assert.ok(await page.locator('h1').evaluate((it) => it === document.activeElement))
    await page.context().close()
  })

  it('logs out, and leads to the login', async () => {
    const page = await visit(browser, portal, ann)
    await press(page, 'Log out')
    await at(page, 'Log in')
    assert.equal(page.url(), `${portal.url}/login`)
    assert.equal(await signedIn(page), null)
    await page.context().close()
  })

  it('speaks the language that is chosen, from right to left where it is written so', async () => {
    const page = await visit(browser, portal, ann)
    assert.equal(await page.getByRole('combobox').count(), 1)
    await page.getByLabel('Language of pages and messages').selectOption('ar')
    await at(page, 'نظرة عامة')
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
    await checkPage(page)
    for (const [path, heading] of [
      ['emails', 'عناوين البريد الإلكتروني'],
      ['authenticators', 'المصادقة الثنائية'],
      ['sessions', 'الجلسات'],
      ['data', 'بياناتك'],
    ] as const) {
      await page.goto(`${portal.url}/account/${path}`)
      await at(page, heading)
      await checkPage(page)
    }
    await page.context().close()
  })

  it('has room for long words, as German ones are', async () => {
    const page = await openPage(browser, portal, { path: '/account', locale: 'de' })
    await fill(page, { 'E-Mail-Adresse': ann.email, Passwort: password })
    await press(page, 'Anmelden')
    await at(page, 'Übersicht')
    for (const path of ['', '/emails', '/password', '/authenticators', '/sessions', '/data']) {
      await page.goto(`${portal.url}/account${path}`)
      await page.locator('section').first().waitFor()
      await checkPage(page)
    }
    await page.context().close()
  })
})

describe('an account page', () => {
  it('leads to the login and back where nobody is signed in any more', async () => {
    const page = await visit(browser, portal, ann)
    // What the page itself still asks would find out first.
    await page.waitForLoadState('networkidle')
    await portal.auth.server.db.deleteFrom('sessions').execute()
    await page.getByRole('link', { name: 'Sessions' }).first().click()
    await at(page, 'Log in')
    assert.equal(new URL(page.url()).searchParams.get('next'), '/account/sessions')
    await fill(page, { 'Email address': ann.email, Password: password })
    await press(page, 'Log in')
    await at(page, 'Sessions')
    await page.context().close()
  })

  it('says that the server is away or busy, and tries again', async () => {
    const page = await visit(browser, portal, ann)
    await page.route('**/auth/sessions', (route) => route.abort())
    await page.getByRole('link', { name: 'Sessions' }).first().click()
    await page.getByRole('alert').filter({ hasText: 'The server can not be reached.' }).waitFor()
    await checkPage(page)
    await page.unroute('**/auth/sessions')
    await page.route('**/auth/sessions', (route) =>
      route.fulfill({ status: 503, headers: { 'retry-after': '7' }, body: '' }),
    )
    await press(page, 'Try again')
    await page.getByRole('alert').filter({ hasText: 'Try again in 7 s.' }).waitFor()
    await page.unroute('**/auth/sessions')
    await press(page, 'Try again')
    await page.getByText('This device').waitFor()
    await page.context().close()
  })

  it('says so when there are too many requests, and sends nothing twice', async () => {
    const page = await visit(browser, portal, {
      ...ann,
      path: '/emails',
      heading: 'Email addresses',
    })
    let sent = 0
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route('**/account/email', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      sent++
      await released
      await route.fulfill({ status: 429, json: { status: 429 } })
    })
    await fill(page, { 'Email address': 'ann@example.net' })
    const button = page.getByRole('button', { name: 'Add address' })
    await button.click()
    await page.locator('button[aria-busy=true]').waitFor()
    await button.click({ force: true })
    await page.getByLabel('Email address', { exact: true }).press('Enter')
    release()
    await page.getByText('Too many requests. Wait a moment and try again.').waitFor()
    assert.equal(sent, 1)
    await page.unroute('**/account/email')
    await button.click()
    await told(page, 'Open the link that was sent to ann@example.net.')
    await page.context().close()
  })

  it('tells that there is no such page', async () => {
    const page = await visit(browser, portal, {
      ...ann,
      path: '/nothing',
      heading: 'Page not found',
    })
    await checkPage(page)
    // Nor one for what the server does not offer.
    await page.goto(`${portal.url}/account/phone`)
    await at(page, 'Page not found')
    await page.context().close()
  })
})

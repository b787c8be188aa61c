import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, withPortal } from './portal.ts'
import { at, fill, press, signedIn } from './steps.ts'

const ann = { email: 'ann@example.org', password: 'correct horse battery' }

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
})

/** With an account to begin with. */
function withAnn(
  settings: Parameters<typeof withPortal>[0],
  use: (portal: Portal) => Promise<void>,
): Promise<void> {
  return withPortal(settings, async (portal) => {
    await portal.createUser(ann)
    await use(portal)
  })
}

describe('the pages', () => {
  it('work below another path, links in mails included', async () => {
    await withAnn({ PORTAL_PATH: '/auth/' }, async (portal) => {
      const page = await openPage(browser, portal, { path: '/auth/' })
      await page.waitForURL(`${portal.url}/auth/login?next=%2Faccount`)
      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await page.waitForURL(`${portal.url}/auth/password/reset?**`)
      await fill(page, { 'Email address': ann.email })
      await press(page, 'Send link')
      await at(page, 'Check your mailbox')
      const link = await portal.mailedLink(ann.email)
      assert.ok(link.startsWith(`${portal.url}/auth/password/reset/`))
      await page.goto(link)
      await at(page, 'New password')
      await page.goto(`${portal.url}/auth/login`)
      await fill(page, { 'Email address': ann.email, Password: ann.password })
      await press(page, 'Log in')
      await page.waitForURL(`${portal.url}/auth/account`)
    })
  })

  it('lead to the site after a login, but for those who were on their way elsewhere', async () => {
    const settings = async (url: string) => ({ PORTAL_AFTER_LOGIN_URL: `${url}/health/live` })
    await withAnn(settings, async (portal) => {
      const page = await openPage(browser, portal, { path: '/login' })
      await fill(page, { 'Email address': ann.email, Password: ann.password })
      await press(page, 'Log in')
      await page.waitForURL(`${portal.url}/health/live`)
      await page.goto(`${portal.url}/login?next=/account/emails`)
      await page.waitForURL(`${portal.url}/account/emails`)
    })
  })

  it('show whose they are, in its colours', async () => {
    const settings = {
      PORTAL_NAME: 'Acme',
      PORTAL_SUPPORT_URL: 'https://example.org/help',
      PORTAL_COLORS: { accent: '#7a1fa2', accentText: '#ffffff' },
      PORTAL_COLOR_SCHEME: 'light',
    }
    await withAnn(settings, async (portal) => {
      const page = await openPage(browser, portal, { path: '/login', colorScheme: 'dark' })
      await at(page, 'Log in')
      assert.equal(await page.title(), 'Log in · Acme')
      const button = page.getByRole('button', { name: 'Log in' })
      const color = await button.evaluate((it) => getComputedStyle(it).backgroundColor)
      assert.equal(color, 'rgb(122, 31, 162)')
      const help = page.getByRole('link', { name: 'Help' })
      assert.equal(await help.getAttribute('href'), 'https://example.org/help')
      await checkPage(page)
    })
  })

  it('send the token by the names that the settings give it', async () => {
    const settings = { CSRF_COOKIE_NAME: 'proof&amp$&', CSRF_HEADER_NAME: 'HTTP_X_PROOF' }
    await withAnn(settings, async (portal) => {
      const page = await openPage(browser, portal, { path: '/login' })
      await fill(page, { 'Email address': ann.email, Password: ann.password })
      await press(page, 'Log in')
      await page.waitForURL(`${portal.url}/account`)
      assert.equal(await signedIn(page), 'ann')
    })
  })

  it('offer to send no code again, and to correct nothing, where the server does neither', async () => {
    const settings = {
      ACCOUNT_SIGNUP_FIELDS: ['email*', 'phone*', 'password1*'],
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
      ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
    }
    await withAnn(settings, async (portal) => {
      const page = await openPage(browser, portal, { path: '/signup' })
      const others = page.getByRole('button', { name: /Send it again|Use another/ })
      await fill(page, { 'Email address': 'bob@example.org', 'Phone number': '+31612345678' })
      await fill(page, { Password: ann.password })
      await press(page, 'Create account')
      await at(page, 'Confirm your phone number')
      await page.getByRole('button', { name: 'Start over' }).waitFor()
      assert.equal(await others.count(), 0)
      await fill(page, { Code: await portal.textedCode('+31612345678') })
      await press(page, 'Continue')
      await at(page, 'Confirm your email address')
      await page.getByRole('button', { name: 'Start over' }).waitFor()
      assert.equal(await others.count(), 0)
      await press(page, 'Start over')
      await page.getByRole('link', { name: 'Log in with a one-time code' }).click()
      await fill(page, { 'Email address': ann.email })
      await press(page, 'Send code')
      await at(page, 'Enter your code')
      await page.getByRole('button', { name: 'Start over' }).waitFor()
      assert.equal(await others.count(), 0)
    })
  })

  it('take nobody new where the server does not', async () => {
    await withAnn({ HOOK_SIGNUP_OPEN: false }, async (portal) => {
      const page = await openPage(browser, portal, { path: '/login' })
      await at(page, 'Log in')
      assert.equal(await page.getByRole('link', { name: 'Create account' }).count(), 0)
      await page.goto(`${portal.url}/signup`)
      await page.getByText('New accounts are not being accepted').waitFor()
      assert.equal(await page.locator('form').count(), 0)
      await checkPage(page)
    })
  })

  it('ask for a code after the password where the server does', async () => {
    await withAnn({ ACCOUNT_LOGIN_BY_CODE_REQUIRED: true }, async (portal) => {
      const page = await openPage(browser, portal, { path: '/login' })
      await fill(page, { 'Email address': ann.email, Password: ann.password })
      await press(page, 'Log in')
      await at(page, 'Enter your code')
      await page.getByText(`We have sent a code to ${ann.email}.`).waitFor()
      assert.equal(await page.getByRole('button', { name: 'Send it again' }).count(), 0)
      await checkPage(page)
      await fill(page, { Code: await portal.mailedCode(ann.email) })
      await press(page, 'Continue')
      await page.waitForURL(`${portal.url}/account`)
      assert.equal(await signedIn(page), 'ann')
    })
  })
})

describe('a form', () => {
  it('is sent once, however often its button is pressed', async () => {
    await withAnn({}, async (portal) => {
      const page = await openPage(browser, portal, { path: '/login' })
      let logins = 0
      await page.route('**/auth/login', async (route) => {
        logins += 1
        await new Promise((resolve) => setTimeout(resolve, 300))
        await route.continue()
      })
      await fill(page, { 'Email address': ann.email, Password: ann.password })
      const button = page.getByRole('button', { name: 'Log in', exact: true })
      await button.dblclick()
      await page.getByLabel('Password', { exact: true }).press('Enter')
      await page.waitForURL(`${portal.url}/account`)
      assert.equal(logins, 1)
    })
  })

  it('says kindly that there were too many attempts', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { signup: '1/m/ip' } }
    await withAnn(settings, async (portal) => {
      const page = await openPage(browser, portal, { path: '/signup' })
      await fill(page, { 'Email address': 'bob@example.org', Password: '12345678' })
      await press(page, 'Create account')
      await page.getByText('A password of digits alone is too weak.').waitFor()
      await fill(page, { Password: ann.password })
      await press(page, 'Create account')
      await page.getByRole('alert').filter({ hasText: 'Too many requests.' }).waitFor()
      await checkPage(page)
      portal.advance(61)
      await press(page, 'Create account')
      await page.waitForURL(`${portal.url}/account`)
    })
  })

  it('says when a busy server can be asked again', async () => {
    await withAnn({}, async (portal) => {
      const page = await openPage(browser, portal, { path: '/login' })
      await page.route('**/auth/login', (route) =>
        route.fulfill({ status: 503, headers: { 'retry-after': '7' }, body: '{"status":503}' }),
      )
      await fill(page, { 'Email address': ann.email, Password: ann.password })
      await press(page, 'Log in')
      await page.getByRole('alert').filter({ hasText: 'Try again in 7 s.' }).waitFor()
      await checkPage(page)
    })
  })
})

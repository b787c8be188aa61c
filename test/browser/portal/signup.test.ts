import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, withPortal } from './portal.ts'
import { at, fill, press, signedIn } from './steps.ts'

const password = 'correct horse battery'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
})

/** With its page open. */
function withSignup(
  settings: Parameters<typeof withPortal>[0],
  use: (portal: Portal, page: Page) => Promise<void>,
): Promise<void> {
  return withPortal(settings, async (portal) =>
    use(portal, await openPage(browser, portal, { path: '/signup' })),
  )
}

const byCode = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 1,
  ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE: 1,
}

describe('/signup', () => {
  it('makes an account once the address is proved by a code', async () => {
    await withSignup(byCode, async (portal, page) => {
      await at(page, 'Create account')
      await checkPage(page)
      const inputs = page.locator('form input')
      const hints = await inputs.evaluateAll((all) =>
        all.map((it) => it.getAttribute('autocomplete')),
      )
      assert.deepEqual(hints, ['username', 'new-password'])
      await fill(page, { 'Email address': 'ann@example.org', Password: password })
      await press(page, 'Create account')
      await at(page, 'Confirm your email address')
      await page.getByText('We have sent a code to ann@example.org.').waitFor()
      await checkPage(page)
      await fill(page, { Code: 'BCDF-GHJK' })
      await press(page, 'Continue')
      await page.getByText('This code is not accepted.').waitFor()
      await press(page, 'Send it again')
      await page.getByText(/Another can be sent in \d+ s\./).waitFor()
      await fill(page, { Code: (await portal.mailedCode('ann@example.org')).toLowerCase() })
      await press(page, 'Continue')
      await page.waitForURL(`${portal.url}/account`)
      assert.equal(await signedIn(page), 'ann')
    })
  })

  it('lets somebody correct an address that they mistyped', async () => {
    await withSignup(byCode, async (portal, page) => {
      await fill(page, { 'Email address': 'anm@example.org', Password: password })
      await press(page, 'Create account')
      await at(page, 'Confirm your email address')
      await press(page, 'Use another email address')
      await checkPage(page)
      await fill(page, { 'Email address': 'ann@' })
      await press(page, 'Send code')
      await page.getByText('Enter a valid value.').waitFor()
      await fill(page, { 'Email address': 'ann@example.org' })
      await press(page, 'Send code')
      await page.getByText('We have sent a code to ann@example.org.').waitFor()
      await fill(page, { Code: await portal.mailedCode('ann@example.org') })
      await press(page, 'Continue')
      await page.waitForURL(`${portal.url}/account`)
    })
  })

  it('makes an account once the link of the mail was followed and confirmed', async () => {
    await withSignup({ ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }, async (portal, page) => {
      await fill(page, { 'Email address': 'ann@example.org', Password: password })
      await press(page, 'Create account')
      await at(page, 'Confirm your email address')
      await page.getByText('We have sent you a link.').waitFor()
      await checkPage(page)
      await press(page, 'I have opened the link')
      await page.getByRole('alert').filter({ hasText: 'not confirmed yet' }).waitFor()
      await checkPage(page)
      const link = await portal.mailedLink('ann@example.org')
      const elsewhere = await page.context().newPage()
      await elsewhere.goto(link)
      await elsewhere.getByText('Is this your address? ann@example.org').waitFor()
      await checkPage(elsewhere)
      await press(elsewhere, 'Yes, confirm this address')
      await at(elsewhere, 'Address confirmed')
      await checkPage(elsewhere)
      await press(page, 'I have opened the link')
      await at(page, 'Log in')
      await page.getByText('You can log in now.').waitFor()
      await fill(page, { 'Email address': 'ann@example.org', Password: password })
      await press(page, 'Log in')
      await page.waitForURL(`${portal.url}/account`)
      await elsewhere.goto(link)
      await elsewhere.getByText('This link is not valid or has expired.').waitFor()
      await checkPage(elsewhere)
    })
  })

  it('goes on by itself where the link signs in', async () => {
    const settings = {
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION: true,
    }
    await withSignup(settings, async (portal, page) => {
      await fill(page, { 'Email address': 'ann@example.org', Password: password })
      await press(page, 'Create account')
      await at(page, 'Confirm your email address')
      await page.goto(await portal.mailedLink('ann@example.org'))
      await press(page, 'Yes, confirm this address')
      await at(page, 'Address confirmed')
      await page.getByRole('link', { name: 'Continue' }).click()
      await page.waitForURL(`${portal.url}/account`)
      assert.equal(await signedIn(page), 'ann')
    })
  })

  it('compares what is asked for twice, and tells what the server refuses', async () => {
    const settings = {
      ACCOUNT_SIGNUP_FIELDS: ['username*', 'email', 'email2', 'password1*', 'password2*'],
      ACCOUNT_LOGIN_METHODS: ['username'],
      PORTAL_TERMS_URL: '/terms',
      PORTAL_PRIVACY_URL: 'https://example.org/privacy',
    }
    await withSignup(settings, async (portal, page) => {
      await portal.createUser({ username: 'ann', password })
      await checkPage(page)
      const agreement = page.getByText('By creating an account you agree')
      const terms = agreement.getByRole('link', { name: 'Terms' })
      assert.equal(await terms.getAttribute('href'), '/terms')
      await page.getByLabel('Username', { exact: true }).fill('ANN')
      await page.getByLabel('Password', { exact: true }).fill('12345678')
      await page.getByLabel('Password again', { exact: true }).fill('12345679')
      await press(page, 'Create account')
      await page.getByText('Enter the same password both times.').waitFor()
      await page.getByLabel('Password again', { exact: true }).fill('12345678')
      await page.getByLabel('Email address (optional)', { exact: true }).fill('ann@example.org')
      await page.getByLabel('Email address again (optional)').fill('bob@example.org')
      await press(page, 'Create account')
      await page.getByText('Enter the same email address both times.').waitFor()
      await page.getByLabel('Email address again (optional)').fill('ann@example.org')
      await press(page, 'Create account')
      await page.getByText('This username is taken.').waitFor()
      await page.getByText('A password of digits alone is too weak.').waitFor()
      await checkPage(page)
      await page.getByLabel('Username', { exact: true }).fill('annie')
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByLabel('Password again', { exact: true }).fill(password)
      await press(page, 'Create account')
      await page.waitForURL(`${portal.url}/account`)
      assert.equal(await signedIn(page), 'annie')
    })
  })
})

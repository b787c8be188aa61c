import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, withPortal } from './portal.ts'
import { at, fill, press, signedIn } from './steps.ts'

const ann = { email: 'ann@example.org', password: 'correct horse battery' }
const changed = 'tidy walrus ninety'

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

describe('/password/reset', () => {
  it('leads to a new password by a link, which works once', async () => {
    await withAnn({}, async (portal) => {
      const page = await openPage(browser, portal, { path: '/login' })
      await page.getByRole('link', { name: 'Forgot your password?' }).click()
      await at(page, 'Reset your password')
      await checkPage(page)
      await fill(page, { 'Email address': ann.email })
      await press(page, 'Send link')
      await at(page, 'Check your mailbox')
      await checkPage(page)
      const link = await portal.mailedLink(ann.email)
      await page.goto(link)
      await at(page, 'New password')
      await page.getByText(`Account: ${ann.email}`).waitFor()
      await checkPage(page)
      const username = page.locator('input[autocomplete=username]')
      assert.equal(await username.inputValue(), ann.email)
      await fill(page, { 'New password': changed, 'Password again': 'tidy walrus' })
      await press(page, 'Set new password')
      await page.getByText('Enter the same password both times.').waitFor()
      await fill(page, { 'New password': 'password', 'Password again': 'password' })
      await press(page, 'Set new password')
      await page.getByText('This password is too common.').waitFor()
      await fill(page, { 'New password': changed, 'Password again': changed })
      await press(page, 'Set new password')
      await at(page, 'Log in')
      await page.getByText('Your new password is set.').waitFor()
      await fill(page, { 'Email address': ann.email, Password: changed })
      await press(page, 'Log in')
      await page.waitForURL(`${portal.url}/account`)
      await page.goto(link)
      await page.getByText('This link or code is not valid or has been used.').waitFor()
      await checkPage(page)
    })
  })

  it('ends the session of whoever sets one while signed in, and says so at the login', async () => {
    await withAnn({}, async (portal) => {
      const page = await openPage(browser, portal, { path: '/login' })
      await fill(page, { 'Email address': ann.email, Password: ann.password })
      await press(page, 'Log in')
      await at(page, 'Overview')
      const other = await openPage(browser, portal, { path: '/password/reset' })
      await fill(other, { 'Email address': ann.email })
      await press(other, 'Send link')
      await at(other, 'Check your mailbox')
      await page.goto(await portal.mailedLink(ann.email))
      await at(page, 'New password')
      await fill(page, { 'New password': changed, 'Password again': changed })
      await press(page, 'Set new password')
      await at(page, 'Log in')
      await page.getByText('Your new password is set').waitFor()
    })
  })

  it('leads to a new password by a code', async () => {
    const settings = {
      ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true,
      ACCOUNT_LOGIN_ON_PASSWORD_RESET: true,
    }
    await withAnn(settings, async (portal) => {
      const page = await openPage(browser, portal, { path: '/password/reset' })
      await fill(page, { 'Email address': ann.email })
      await press(page, 'Send code')
      await at(page, 'Enter your code')
      await checkPage(page)
      await fill(page, { Code: 'BCDF-GHJK' })
      await press(page, 'Continue')
      await page.getByText('This code is not accepted.').waitFor()
      await fill(page, { Code: await portal.mailedCode(ann.email) })
      await press(page, 'Continue')
      await at(page, 'New password')
      await checkPage(page)
      await fill(page, { 'New password': changed, 'Password again': changed })
      await press(page, 'Set new password')
      await page.waitForURL(`${portal.url}/account`)
      assert.equal(await signedIn(page), 'ann')
    })
  })

  it('asks for another code where the one before is used up', async () => {
    await withAnn({ ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true }, async (portal) => {
      const page = await openPage(browser, portal, { path: '/password/reset' })
      await fill(page, { 'Email address': ann.email })
      await press(page, 'Send code')
      await at(page, 'Enter your code')
      for (const guess of ['BCDF-GHJK', 'BCDF-GHJL', 'BCDF-GHJM', 'BCDF-GHJN']) {
        await fill(page, { Code: guess })
        await press(page, 'Continue')
        await page.locator('button[aria-busy=true]').waitFor({ state: 'detached' })
        if ((await page.getByLabel('Code').count()) === 0) break
      }
      await at(page, 'Reset your password')
      await page.getByText('That code can no longer be used.').waitFor()
      await checkPage(page)
    })
  })
})

import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { password, told, visit } from './account.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, startPortal } from './portal.ts'
import { at, fill, press, signedIn } from './steps.ts'

const ann = { email: 'ann@example.org', path: '/password', heading: 'Password' }
const another = 'tidy walrus ninety'

let browser: Browser
let portal: Portal

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

afterEach(async () => {
  assert.deepEqual(portal.faults, [])
  await portal.stop()
})

describe('/account/password', () => {
  it('changes it, and says at the fields what is wrong before', async () => {
    portal = await startPortal()
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await checkPage(page)
    await fill(page, { 'Current password': 'not this one', 'New password': '123' })
    await press(page, 'Change password')
    await page.getByText('The current password is wrong.').waitFor()
    await page.getByText('A password of digits alone is too weak.').waitFor()
    const current = page.getByLabel('Current password')
    assert.ok(await current.evaluate((it) => it === document.activeElement))
    await checkPage(page)
    await fill(page, { 'Current password': password, 'New password': another })
    await press(page, 'Change password')
    await told(page, 'Your password has been changed.')
    assert.equal(await current.inputValue(), '')
    assert.equal(await signedIn(page), 'ann')
    await page.context().close()
  })

  it('ends the session where the settings say so, and leads to the login', async () => {
    portal = await startPortal({ ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE: true })
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await fill(page, { 'Current password': password, 'New password': another })
    await press(page, 'Change password')
    await at(page, 'Log in')
    assert.equal(page.url(), `${portal.url}/login`)
    await page.getByText('Your password has been changed.').waitFor()
    await checkPage(page)
    await page.context().close()
  })

  it.each([true, false])(
    'says nothing was changed by a session that had ended (%s)',
    async (ends) => {
      portal = await startPortal({ ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE: ends })
      await portal.createUser({ email: ann.email, password })
      const page = await visit(browser, portal, ann)
      await fill(page, { 'Current password': password, 'New password': another })
      await portal.auth.server.db.deleteFrom('sessions').execute()
      await press(page, 'Change password')
      await at(page, 'Log in')
      assert.equal(await page.getByText('Your password has been changed.').count(), 0)
      await fill(page, { 'Email address': ann.email, Password: password })
      await press(page, 'Log in')
      await at(page, 'Password')
      await page.context().close()
    },
  )

  it('sets a first one for somebody who logs in by code', async () => {
    portal = await startPortal({ ACCOUNT_LOGIN_BY_CODE_ENABLED: true })
    await portal.createUser({ email: ann.email, password: null })
    const page = await openPage(browser, portal, { path: '/login/code?next=/account/password' })
    await fill(page, { 'Email address': ann.email })
    await press(page, 'Send code')
    await fill(page, { Code: await portal.mailedCode(ann.email) })
    await press(page, 'Continue')
    await at(page, 'Password')
    assert.equal(await page.getByLabel('Current password').count(), 0)
    await checkPage(page)
    await fill(page, { 'New password': another })
    await press(page, 'Set a password')
    await told(page, 'Your password has been set.')
    await page.getByLabel('Current password').waitFor()
    await page.context().close()
  })
})

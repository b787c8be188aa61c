import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { answer, itemsOf, password, proveIt, told, visit } from './account.ts'
import { codeAt } from './authenticator-app.ts'
import { checkPage } from './check-page.ts'
import { type Portal, startPortal } from './portal.ts'
import { at, fill, press } from './steps.ts'

const title = 'Confirm that it is you'
const place = { email: 'ann@example.org', path: '/emails', heading: 'Email addresses' }

let browser: Browser
let portal: Portal
let page: Page

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

beforeEach(async () => {
  portal = await startPortal({
    ACCOUNT_REAUTHENTICATION_REQUIRED: true,
    ACCOUNT_REAUTHENTICATION_TIMEOUT: 60,
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
    MFA_RECOVERY_CODE_COUNT: 2,
    // A code may be typed at the end of its time.
    MFA_TOTP_TOLERANCE: 1,
  })
  await portal.createUser({ email: place.email, password })
  page = await visit(browser, portal, place)
})

afterEach(async () => {
  await page.context().close()
  assert.deepEqual(portal.faults, [])
  await portal.stop()
})

async function addLate(email: string): Promise<void> {
  portal.advance(61)
  await fill(page, { 'Email address': email })
  await press(page, 'Add address')
  await page.getByRole('dialog', { name: title }).waitFor()
}

describe('the question who somebody is', () => {
  it('is answered by the password, and what was asked for goes on by itself', async () => {
    await addLate('ann@example.com')
    await checkPage(page)
    const field = page.getByRole('dialog').getByLabel('Current password')
    assert.ok(await field.evaluate((it) => it === document.activeElement))
    await answer(page, title, 'Confirm', { 'Current password': 'not this one' })
    await page.getByRole('dialog').getByText('The password is wrong.').waitFor()
    await checkPage(page)
    await proveIt(page)
    await page.getByRole('dialog', { name: 'Verify your address' }).waitFor()
    assert.equal(await page.getByRole('dialog', { name: title }).count(), 0)
  })

  it('leaves the page as it was where it is not answered', async () => {
    await addLate('ann@example.com')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const field = page.getByLabel('Email address', { exact: true })
    assert.equal(await field.inputValue(), 'ann@example.com')
    assert.deepEqual(await itemsOf(page, 'Email addresses'), ['ann@example.org Primary Verified'])
    assert.equal(await page.getByRole('alert').count(), 0)
    // Nothing stands in the way of asking once more.
    await press(page, 'Add address')
    await proveIt(page)
    await page.getByRole('dialog', { name: 'Verify your address' }).waitFor()
  })

  it('is answered by a code of an app, or one of recovery', async () => {
    await page.goto(`${portal.url}/account/authenticators`)
    await press(page, 'Set up an app')
    const secret = ((await page.locator('.secret code').textContent()) ?? '').replaceAll(' ', '')
    await fill(page, { 'Code from the app': codeAt(secret, portal.auth.server.now()) })
    await press(page, 'Activate')
    await told(page, 'Your authenticator app is set up.')
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
    const recovery = (await codes.first().textContent()) ?? ''
    await page.goto(`${portal.url}/account/emails`)

    await addLate('ann@example.com')
    await answer(page, title, 'Use a code')
    const label = 'Code from the app, or recovery code'
    const field = page.getByLabel(label)
    assert.ok(await field.evaluate((it) => it === document.activeElement))
    await checkPage(page)
    await answer(page, title, 'Confirm', { [label]: '12' })
    await page.getByRole('dialog').getByText('This code is not accepted.').waitFor()
    const code = codeAt(secret, portal.auth.server.now())
    await answer(page, title, 'Confirm', { [label]: `${code.slice(0, 3)} ${code.slice(3)}` })
    await answer(page, 'Verify your address', 'Cancel')

    await addLate('anna@example.com')
    await answer(page, title, 'Use a code')
    await answer(page, title, 'Confirm', { [label]: recovery })
    await answer(page, 'Verify your address', 'Cancel')

    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByText('You have few recovery codes left.').waitFor()
    await page.getByRole('link', { name: 'Generate new ones' }).click()
    await page.getByText('Codes left: 1 of 2').waitFor()
  })

  it('gives way to the login where the session ended meanwhile', async () => {
    await addLate('ann@example.com')
    await portal.auth.server.db.deleteFrom('sessions').execute()
    await answer(page, title, 'Confirm', { 'Current password': password })
    await at(page, 'Log in')
    assert.equal(new URL(page.url()).searchParams.get('next'), '/account/emails')
    assert.equal(await page.getByRole('dialog').count(), 0)
  })

  it('tells in the dialog that the server can not be reached', async () => {
    await addLate('ann@example.com')
    await page.route('**/auth/reauthenticate', (route) => route.abort())
    await answer(page, title, 'Confirm', { 'Current password': password })
    await page.getByRole('dialog').getByText('The server can not be reached.').waitFor()
    await page.unroute('**/auth/reauthenticate')
    await proveIt(page)
    await page.getByRole('dialog', { name: 'Verify your address' }).waitFor()
  })
})

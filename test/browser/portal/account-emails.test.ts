import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { answer, itemsOf, password, told, visit } from './account.ts'
import { checkPage } from './check-page.ts'
import { type Portal, startPortal } from './portal.ts'
import { at, fill, press } from './steps.ts'

const place = { path: '/emails', heading: 'Email addresses' }

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

describe('/account/emails, by link', () => {
  it('adds an address, has its mail sent again, and shows it verified once the link was opened', async () => {
    portal = await startPortal()
    await portal.createUser({ email: 'ann@example.org', password })
    const page = await visit(browser, portal, { email: 'ann@example.org', ...place })
    assert.deepEqual(await itemsOf(page, 'Email addresses'), ['ann@example.org Primary Verified'])
    await checkPage(page)
    await fill(page, { 'Email address': 'ann@example.com' })
    await press(page, 'Add address')
    await told(page, 'Open the link that was sent to ann@example.com.')
    assert.equal(await page.getByLabel('Email address', { exact: true }).inputValue(), '')
    await checkPage(page)

    await press(page, 'Send link again ann@example.com')
    await page
      .getByRole('alert')
      .filter({ hasText: 'A message was sent a short while ago' })
      .waitFor()
    portal.advance(181)
    await press(page, 'Send link again ann@example.com')
    await page.getByRole('alert').waitFor({ state: 'detached' })

    const other = await page.context().newPage()
    await other.goto(await portal.mailedLink('ann@example.com'))
    await press(other, 'Yes, confirm this address')
    await at(other, 'Address confirmed')
    await other.close()
    await page.reload()
    await page.getByRole('button', { name: 'Remove ann@example.com' }).waitFor()
    assert.deepEqual(await itemsOf(page, 'Email addresses'), [
      'ann@example.org Primary Verified',
      'ann@example.com Verified Make primary ann@example.com Remove ann@example.com',
    ])

    await press(page, 'Make primary ann@example.com')
    await told(page, 'ann@example.com is now your primary address.')
    await page.getByRole('button', { name: 'Remove ann@example.org' }).click()
    await answer(page, 'Remove this address?', 'Cancel')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const trigger = page.getByRole('button', { name: 'Remove ann@example.org' })
    assert.ok(await trigger.evaluate((it) => it === document.activeElement))
    await trigger.click()
    await page.getByRole('dialog').waitFor()
    await checkPage(page)
    await answer(page, 'Remove this address?', 'Remove')
    await told(page, 'ann@example.org has been removed.')
    assert.deepEqual(await itemsOf(page, 'Email addresses'), ['ann@example.com Primary Verified'])
    // What had the focus is gone: the page begins anew.
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    await page.context().close()
  })

  it('says at the field what is wrong with an address', async () => {
    portal = await startPortal()
    await portal.createUser({ email: 'ann@example.org', password })
    const page = await visit(browser, portal, { email: 'ann@example.org', ...place })
    await fill(page, { 'Email address': 'ann@example.org' })
    await press(page, 'Add address')
    await page.getByText('This address is on your account already.').waitFor()
    const field = page.getByLabel('Email address', { exact: true })
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    assert.ok(await field.evaluate((it) => it === document.activeElement))
    await page.context().close()
  })

  it('says so where the server can not be reached after a change', async () => {
    portal = await startPortal()
    const extra_emails = ['ann@example.com', 'ann@example.net'].map((email) => ({
      email,
      verified: true,
    }))
    await portal.createUser({ email: 'ann@example.org', password, extra_emails })
    const page = await visit(browser, portal, { email: 'ann@example.org', ...place })
    const alerts = page.getByRole('alert').filter({ hasText: 'The server can not be reached.' })
    const alert = alerts.first()
    await page.route('**/auth/session', (route) => route.abort())
    await press(page, 'Make primary ann@example.com')
    await alert.waitFor()
    await page.unroute('**/auth/session')
    await press(page, 'Make primary ann@example.org')
    await alert.waitFor({ state: 'detached' })

    await page.route('**/auth/session', (route) => route.abort())
    await press(page, 'Remove ann@example.net')
    await answer(page, 'Remove this address?', 'Remove')
    await alert.waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await alert.waitFor()
    await page.unroute('**/auth/session')
    await press(page, 'Remove ann@example.com')
    await page.getByRole('dialog').waitFor()
    assert.equal(await alert.count(), 0)
    await page.context().close()
  })

  it('offers no form where there are as many addresses as are allowed', async () => {
    portal = await startPortal({ ACCOUNT_MAX_EMAIL_ADDRESSES: 1 })
    await portal.createUser({ email: 'ann@example.org', password })
    const page = await visit(browser, portal, { email: 'ann@example.org', ...place })
    await page.getByText('You have as many addresses as are allowed.').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Add address' }).count(), 0)
    await page.context().close()
  })
})

describe('/account/emails, by code', () => {
  it('asks for the code of a new address, which may be sent again', async () => {
    portal = await startPortal({
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
      ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 1,
    })
    await portal.createUser({ email: 'ann@example.org', password })
    const page = await visit(browser, portal, { email: 'ann@example.org', ...place })
    await fill(page, { 'Email address': 'ann@example.com' })
    await press(page, 'Add address')
    const dialog = page.getByRole('dialog', { name: 'Verify your address' })
    await dialog.getByText('ann@example.com').waitFor()
    const code = dialog.getByLabel('Code', { exact: true })
    await page.waitForFunction(() => document.activeElement?.matches('input.code'))
    await checkPage(page)
    await code.fill('BCDF-GHJK')
    await code.press('Enter')
    await dialog.getByText('This code is not accepted.').waitFor()
    await checkPage(page)
    await portal.mailedCode('ann@example.com')
    portal.advance(11)
    await dialog.getByRole('button', { name: 'Send a new code' }).click()
    await dialog.getByText('A new code is on its way.').waitFor()
    portal.advance(11)
    await dialog.getByRole('button', { name: 'Send a new code' }).click()
    await dialog.getByText('No further code can be sent now.').waitFor()

    // Closed by Escape, it comes back with the button of the address.
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await press(page, 'Verify ann@example.com')
    await code.fill(await portal.mailedCode('ann@example.com'))
    await code.press('Enter')
    await told(page, 'ann@example.com has been verified.')
    await page.getByRole('button', { name: 'Make primary ann@example.com' }).waitFor()
    assert.deepEqual(await itemsOf(page, 'Email addresses'), [
      'ann@example.org Primary Verified',
      'ann@example.com Verified Make primary ann@example.com Remove ann@example.com',
    ])
    await page.context().close()
  })
})

describe('/account/emails, by code for several addresses', () => {
  it('asks only for the code of the address that the last one was sent to', async () => {
    portal = await startPortal({ ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true })
    const [email, first, second] = ['ann@example.org', 'ann@example.com', 'ann@example.net']
    await portal.createUser({
      email,
      password,
      extra_emails: [first, second].map((email) => ({ email, verified: false })),
    })
    const page = await visit(browser, portal, { email, ...place })
    for (const address of [first, second]) {
      await press(page, `Verify ${address}`)
      await answer(page, 'Verify your address', 'Cancel')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await press(page, `Verify ${first}`)
    await page
      .getByRole('alert')
      .filter({ hasText: 'A message was sent a short while ago' })
      .waitFor()
    assert.equal(await page.getByRole('dialog').count(), 0)

    await press(page, `Verify ${second}`)
    const Code = await portal.mailedCode(second)
    await answer(page, 'Verify your address', 'Confirm', { Code })
    await told(page, `${second} has been verified.`)
    await page.getByRole('button', { name: `Make primary ${second}` }).waitFor()
    await page.getByRole('button', { name: `Verify ${first}` }).waitFor()
    await page.context().close()
  })
})

describe('/account/emails, with one address', () => {
  it('changes it once the new one is verified', async () => {
    portal = await startPortal({
      ACCOUNT_CHANGE_EMAIL: true,
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
    })
    await portal.createUser({ email: 'ann@example.org', password })
    const page = await visit(browser, portal, { email: 'ann@example.org', ...place })
    await fill(page, { 'New email address': 'ann@example.com' })
    await press(page, 'Change address')
    await answer(page, 'Verify your address', 'Cancel')
    assert.deepEqual(await itemsOf(page, 'Email addresses'), [
      'ann@example.org Primary Verified',
      'ann@example.com Not verified Verify ann@example.com Remove ann@example.com',
    ])
    await checkPage(page)
    await press(page, 'Verify ann@example.com')
    await answer(page, 'Verify your address', 'Confirm', {
      Code: await portal.mailedCode('ann@example.com'),
    })
    await told(page, 'ann@example.com has been verified.')
    await page.getByText('ann@example.org').waitFor({ state: 'detached' })
    assert.deepEqual(await itemsOf(page, 'Email addresses'), ['ann@example.com Primary Verified'])
    await page.context().close()
  })
})

import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { answer, itemsOf, password, told, visit } from './account.ts'
import { checkPage } from './check-page.ts'
import { type Portal, startPortal } from './portal.ts'
import { fill, press } from './steps.ts'

const ann = { email: 'ann@example.org', path: '/phone', heading: 'Phone number' }
const settings = { ACCOUNT_SIGNUP_FIELDS: ['email*', 'phone', 'password1*'] }

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

describe('/account/phone', () => {
  it('takes a first number, and another one, once their codes came', async () => {
    portal = await startPortal({ ...settings, ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND: 1 })
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await page.getByText('You have no phone number yet.').waitFor()
    await checkPage(page)
    await fill(page, { 'New phone number': '+31 (6) 1234-5678' })
    await press(page, 'Send code')
    const dialog = page.getByRole('dialog', { name: 'Verify your number' })
    await dialog.getByText('+31612345678').waitFor()
    await checkPage(page)
    assert.equal(await dialog.getByRole('button', { name: 'Send a new code' }).count(), 0)
    await answer(page, 'Verify your number', 'Confirm', { Code: 'BCDF-GHJK' })
    await dialog.getByText('This code is not accepted.').waitFor()
    const code = await portal.textedCode('+31612345678')
    await answer(page, 'Verify your number', 'Confirm', { Code: code })
    await told(page, 'Your phone number has been saved.')
    assert.deepEqual(await itemsOf(page, 'Your number'), ['+31612345678 Verified'])

    await fill(page, { 'New phone number': '+31687654321' })
    await press(page, 'Send code')
    await page.getByText('The number can be changed once a minute.').waitFor()
    portal.advance(61)
    await press(page, 'Send code')
    await answer(page, 'Verify your number', 'Confirm', {
      Code: await portal.textedCode('+31687654321'),
    })
    await page.getByText('+31612345678').waitFor({ state: 'detached' })
    assert.deepEqual(await itemsOf(page, 'Your number'), ['+31687654321 Verified'])
    await page.context().close()
  })

  it('asks for the code also where no login does', async () => {
    portal = await startPortal({ ...settings, ACCOUNT_PHONE_VERIFICATION_ENABLED: false })
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await fill(page, { 'New phone number': 'twelve' })
    await press(page, 'Send code')
    await page.getByText('Enter a phone number as +, country code and digits.').waitFor()
    portal.advance(61)
    await fill(page, { 'New phone number': '+31612345678' })
    await press(page, 'Send code')
    await answer(page, 'Verify your number', 'Confirm', {
      Code: await portal.textedCode('+31612345678'),
    })
    await told(page, 'Your phone number has been saved.')
    assert.deepEqual(await itemsOf(page, 'Your number'), ['+31612345678 Verified'])
    await page.context().close()
  })

  it('is no page where nobody can have a number', async () => {
    portal = await startPortal()
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, { ...ann, path: '', heading: 'Overview' })
    assert.equal(await page.getByRole('link', { name: 'Phone number' }).count(), 0)
    await page.context().close()
  })
})

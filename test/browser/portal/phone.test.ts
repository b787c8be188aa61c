import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, startPortal } from './portal.ts'
import { ask, at, fill, press } from './steps.ts'

const password = 'correct horse battery'

let browser: Browser
let portal: Portal

beforeAll(async () => {
  browser = await launchChromium()
  portal = await startPortal({
    ACCOUNT_SIGNUP_FIELDS: ['phone*', 'password1*'],
    ACCOUNT_LOGIN_METHODS: ['phone'],
    ACCOUNT_PHONE_VERIFICATION_SUPPORTS_CHANGE: 1,
    ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND: 1,
    ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
  })
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

describe('a phone number', () => {
  it('is verified at sign-up, corrected where it was mistyped, and then signs in', async () => {
    const page = await openPage(browser, portal, { path: '/signup' })
    await checkPage(page)
    await fill(page, { 'Phone number': '0612', Password: password })
    await press(page, 'Create account')
    await page.getByText('Enter a phone number as +').waitFor()
    await fill(page, { 'Phone number': '+31 6 1234-5678', Password: password })
    await press(page, 'Create account')
    await at(page, 'Confirm your phone number')
    await checkPage(page)
    await portal.textedCode('+31612345678')
    await press(page, 'Send it again')
    await page.getByText(/Another can be sent in \d+ s\./).waitFor()
    await press(page, 'Use another phone number')
    await fill(page, { 'Phone number': '0031 6 87654321' })
    await press(page, 'Send code')
    await page.getByText('We have sent a code to +31687654321.').waitFor()
    await fill(page, { Code: await portal.textedCode('+31687654321') })
    await press(page, 'Continue')
    await page.waitForURL(`${portal.url}/account`)
    const { data } = await ask(page, 'GET', 'account/phone')
    assert.deepEqual(data, [{ phone: '+31687654321', verified: true }])

    await ask(page, 'DELETE', 'auth/session')
    await page.goto(`${portal.url}/login`)
    await fill(page, { 'Phone number': '+31 687 654 321', Password: 'wrong' })
    await press(page, 'Log in')
    await page.getByText('The phone number or the password is wrong.').waitFor()
    await fill(page, { Password: password })
    await press(page, 'Log in')
    await page.waitForURL(`${portal.url}/account`)

    await ask(page, 'DELETE', 'auth/session')
    await page.goto(`${portal.url}/login/code`)
    await fill(page, { 'Phone number': '+31687654321' })
    await press(page, 'Send code')
    await at(page, 'Enter your code')
    await fill(page, { Code: await portal.textedCode('+31687654321') })
    await press(page, 'Continue')
    await page.waitForURL(`${portal.url}/account`)
    assert.deepEqual(portal.faults, [])
  })

  it('is not named as where a mail went to', async () => {
    const both = await startPortal({
      ACCOUNT_SIGNUP_FIELDS: ['email*', 'phone*', 'password1*'],
      ACCOUNT_LOGIN_METHODS: ['email', 'phone'],
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
    })
    try {
      const phone = '+31612345678'
      await both.createUser({ email: 'ann@example.org', email_verified: false, phone, password })
      const page = await openPage(browser, both, { path: '/login' })
      await fill(page, { 'Email address or phone number': phone, Password: password })
      await press(page, 'Log in')
      await at(page, 'Confirm your email address')
      await page.getByText('We have sent you a code.', { exact: true }).waitFor()
      assert.equal(await page.getByText(phone).count(), 0)
      await fill(page, { Code: await both.mailedCode('ann@example.org') })
      await press(page, 'Continue')
      await page.waitForURL(`${both.url}/account`)
      assert.deepEqual(both.faults, [])
    } finally {
      await both.stop()
    }
  })
})

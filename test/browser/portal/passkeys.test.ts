import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { addVirtualAuthenticator, type VirtualAuthenticator } from '../virtual-key.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, startPortal } from './portal.ts'
import { ask, at, fill, press, signedIn } from './steps.ts'

let browser: Browser
let portal: Portal
let page: Page
let authenticator: VirtualAuthenticator

beforeAll(async () => {
  browser = await launchChromium()
  portal = await startPortal({
    MFA_SUPPORTED_TYPES: ['totp', 'recovery_codes', 'webauthn'],
    MFA_PASSKEY_SIGNUP_ENABLED: true,
    MFA_PASSKEY_LOGIN_ENABLED: true,
    ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  })
})

afterAll(async () => {
  await browser?.close()
  await portal?.stop()
})

beforeEach(async () => {
  page = await openPage(browser, portal, { path: '/signup' })
  authenticator = await addVirtualAuthenticator(page)
})

afterEach(async () => {
  await page.context().close()
  assert.deepEqual(portal.faults.splice(0), [])
})

async function signUp(email: string): Promise<void> {
  await press(page, 'Use a passkey instead of a password')
  await fill(page, { 'Email address': email })
  await press(page, 'Continue')
  await at(page, 'Confirm your email address')
  await fill(page, { Code: await portal.mailedCode(email) })
  await press(page, 'Continue')
  await at(page, 'Create your passkey')
}

describe('a passkey', () => {
  it('takes the place of a password at sign-up, and signs in alone', async () => {
    await signUp('ann@example.org')
    await checkPage(page)
    await fill(page, { 'Name of the passkey (optional)': 'Laptop' })
    await press(page, 'Create your passkey')
    await page.waitForURL(`${portal.url}/account`)
    assert.equal(await signedIn(page), 'ann')
    assert.equal((await authenticator.keptKeys()).length, 1)
    const { data } = await ask(page, 'GET', 'account/authenticators')
    assert.equal(data[0].name, 'Laptop')

    // Chromium's authenticator takes up what the field offers, as a person would.
    await ask(page, 'DELETE', 'auth/session')
    await page.goto(`${portal.url}/login?next=/account/emails`)
    await page.waitForURL(`${portal.url}/account/emails`)
    assert.equal(await signedIn(page), 'ann')
  })

  it('can be asked for again once it was declined', async () => {
    await authenticator.recognizeUser(false)
    await signUp('bea@example.org')
    await press(page, 'Create your passkey')
    await page.getByText('No passkey or security key was used.').waitFor()
    await checkPage(page)
    await authenticator.recognizeUser(true)
    await press(page, 'Create your passkey')
    await page.waitForURL(`${portal.url}/account`)
  })

  it('signs in by its button, in a browser that offers none in fields', async () => {
    await page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false
    })
    await signUp('cid@example.org')
    await press(page, 'Create your passkey')
    await page.waitForURL(`${portal.url}/account`)
    await ask(page, 'DELETE', 'auth/session')
    await page.goto(`${portal.url}/login`)
    await press(page, 'Log in with a passkey')
    await page.waitForURL(`${portal.url}/account`)
    assert.equal(await signedIn(page), 'cid')
  })

  it('is waited for as long as the browser asks for it', async () => {
    await page.clock.install()
    await page.addInitScript(() => {
      const questions: string[] = []
      Object.assign(globalThis, { questions })
      // A browser whose user takes their time.
      navigator.credentials.get = ({ mediation = 'optional', signal } = {}) =>
        new Promise((_, reject) => {
          questions.push(mediation)
          signal?.addEventListener('abort', () => {
            questions.push(`${mediation} ended`)
            reject(signal.reason)
          })
        })
    })
    await page.goto(`${portal.url}/login`)
    await page.waitForFunction(() => Reflect.get(globalThis, 'questions').includes('conditional'))
    await press(page, 'Log in with a passkey')
    await page.waitForFunction(() => Reflect.get(globalThis, 'questions').includes('optional'))
    await page.clock.fastForward('30:00')
    assert.equal(await page.evaluate('questions.at(-1)'), 'optional')
    assert.equal(await page.locator('button[aria-busy=true]').count(), 1)
  })

  it('is offered beside the fields of the login', async () => {
    await page.goto(`${portal.url}/login`)
    await at(page, 'Log in')
    const field = page.getByLabel('Email address', { exact: true })
    assert.equal(await field.getAttribute('autocomplete'), 'username webauthn')
    await press(page, 'Log in with a passkey')
    await page.getByText('No passkey or security key was used.').waitFor()
    await checkPage(page)
  })
})

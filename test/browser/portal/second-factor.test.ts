import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { appWith, type TestApp } from '../../../packages/server/src/mfa/testing/totp.ts'
import { launchChromium } from '../chromium.ts'
import { addVirtualAuthenticator } from '../virtual-key.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, startPortal } from './portal.ts'
import { ask, at, fill, press, signedIn } from './steps.ts'

const ann = { email: 'ann@example.org', password: 'correct horse battery' }
const settings = {
  MFA_SUPPORTED_TYPES: ['totp', 'recovery_codes', 'webauthn'],
  MFA_TRUST_ENABLED: true,
}

let browser: Browser
let portal: Portal
let page: Page
let app: TestApp
let recoveryCodes: string[]

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
})

beforeEach(async () => {
  portal = await startPortal(settings)
  await portal.createUser(ann)
  page = await openPage(browser, portal, { path: '/login' })
  await logIn()
  await page.waitForURL(`${portal.url}/account`)
  app = appWith(portal, (await ask(page, 'GET', 'account/authenticators/totp')).meta.secret)
  await ask(page, 'POST', 'account/authenticators/totp', { code: app.code() })
  const { data } = await ask(page, 'GET', 'account/authenticators/recovery-codes')
  recoveryCodes = data.unused_codes
})

afterEach(async () => {
  await page?.context().close()
  assert.deepEqual(portal.faults, [])
  await portal.stop()
})

async function logIn(): Promise<void> {
  await fill(page, { 'Email address': ann.email, Password: ann.password })
  await press(page, 'Log in')
}

async function logInAnew(): Promise<void> {
  await ask(page, 'DELETE', 'auth/session')
  await page.goto(`${portal.url}/login?next=/account/authenticators`)
  await logIn()
}

describe('/login/factor', () => {
  it('takes the code of an app as it is shown, in two groups', async () => {
    await logInAnew()
    await at(page, 'Confirm that it is you')
    await checkPage(page)
    await fill(page, { Code: '000 000' })
    await press(page, 'Continue')
    await page.getByText('This code is not accepted.').waitFor()
    await fill(page, { Code: app.code().replace(/(?<=^...)/, ' ') })
    await press(page, 'Continue')
    await at(page, 'Trust this browser?')
    await checkPage(page)
    await press(page, 'Not now')
    await page.waitForURL(`${portal.url}/account/authenticators`)
    assert.equal(await signedIn(page), 'ann')
    await logInAnew()
    await at(page, 'Confirm that it is you')
  })

  it('takes a recovery code in its place, and then trusts the browser', async () => {
    await logInAnew()
    await press(page, 'Use a recovery code')
    await page.getByText('Enter one of the recovery codes').waitFor()
    await checkPage(page)
    await fill(page, { 'Recovery code': recoveryCodes[0] ?? '' })
    await press(page, 'Continue')
    await press(page, 'Trust this browser')
    await page.waitForURL(`${portal.url}/account/authenticators`)
    await logInAnew()
    await page.waitForURL(`${portal.url}/account/authenticators`)
    assert.equal(await signedIn(page), 'ann')
  })

  it('takes a security key, and offers the other ways beside it', async () => {
    const key = await addVirtualAuthenticator(page)
    await page.evaluate(async () => {
      const path = '/_allauth/browser/v1/account/authenticators/webauthn'
      const { data } = await (await fetch(path)).json()
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
        data.creation_options.publicKey,
      )
      const credential = await navigator.credentials.create({ publicKey })
      const token = /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? ''
      await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrftoken': token },
        body: JSON.stringify({ name: 'Blue', credential }),
      })
    })
    assert.equal((await key.keptKeys()).length, 1)
    await logInAnew()
    await at(page, 'Confirm that it is you')
    await page.getByText('Use your passkey or security key to go on.').waitFor()
    await checkPage(page)
    await press(page, 'Use the authenticator app')
    await page.getByText('Enter the code that your authenticator app shows.').waitFor()
    await press(page, 'Use a passkey or security key')
    await page.getByText('Use your passkey or security key to go on.').waitFor()
    await press(page, 'Use a passkey or security key')
    await press(page, 'Not now')
    await page.waitForURL(`${portal.url}/account/authenticators`)
  })

  it('leads back to the login where nothing waits any more', async () => {
    await logInAnew()
    await at(page, 'Confirm that it is you')
    await ask(page, 'DELETE', 'auth/session')
    await fill(page, { Code: app.code() })
    await press(page, 'Continue')
    await at(page, 'Log in')
    await page.getByText('That took too long').waitFor()
    assert.equal(new URL(page.url()).searchParams.get('next'), '/account/authenticators')
    await page.goto(`${portal.url}/login/trust`)
    await at(page, 'Log in')
  })
})

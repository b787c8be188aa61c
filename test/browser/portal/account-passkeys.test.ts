import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { addVirtualAuthenticator } from '../virtual-key.ts'
import { answer, itemsOf, password, told, visit } from './account.ts'
import { checkPage } from './check-page.ts'
import { type Portal, startPortal } from './portal.ts'
import { fill, press } from './steps.ts'

const ann = { email: 'ann@example.org', path: '/passkeys', heading: 'Passkeys and security keys' }
const settings = { MFA_SUPPORTED_TYPES: ['recovery_codes', 'totp', 'webauthn'] }

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

describe('/account/passkeys', () => {
  it('adds a passkey, shows the recovery codes that come along, renames and removes it', async () => {
    portal = await startPortal({ ...settings, MFA_PASSKEY_LOGIN_ENABLED: true })
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    const authenticator = await addVirtualAuthenticator(page)
    await page.getByText('You have no passkey and no security key yet.').waitFor()
    await checkPage(page)
    await fill(page, { Name: 'Laptop' })
    await press(page, 'Add a key')
    await told(page, 'The key has been added.')
    await page.getByText('These codes have just been made for you.').waitFor()
    const [listed] = await itemsOf(page, 'Your keys')
    assert.match(
      listed ?? '',
      /^Laptop Passkey Added: .* Last used: never Rename Laptop Remove Laptop$/,
    )
    const [kept] = await authenticator.keptKeys()
    assert.equal(kept?.isResidentCredential, true)
    await checkPage(page)

    await press(page, 'Add a key')
    await page.getByText('This device already has one of your keys.').waitFor()

    await press(page, 'Rename Laptop')
    const name = page.getByRole('dialog').getByLabel('Name')
    assert.equal(await name.inputValue(), 'Laptop')
    await checkPage(page)
    await answer(page, 'Rename the key', 'Save', { Name: 'Old laptop' })
    await page.getByRole('button', { name: 'Remove Old laptop' }).waitFor()

    await press(page, 'Remove Old laptop')
    await checkPage(page)
    await answer(page, 'Remove this key?', 'Cancel')
    await press(page, 'Remove Old laptop')
    await answer(page, 'Remove this key?', 'Remove')
    await told(page, 'Old laptop has been removed.')
    await page.getByText('You have no passkey and no security key yet.').waitFor()
    await page.context().close()
  })

  it('adds a security key where a passkey alone is not enough to log in', async () => {
    portal = await startPortal(settings)
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await addVirtualAuthenticator(page)
    assert.equal(await page.getByRole('radio').count(), 0)
    await press(page, 'Add a key')
    await told(page, 'The key has been added.')
    assert.match((await itemsOf(page, 'Your keys'))[0] ?? '', /^Master key /)
    await page.context().close()
  })

  it('says that no key was used where the browser gave none', async () => {
    portal = await startPortal({ ...settings, MFA_PASSKEY_LOGIN_ENABLED: true })
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    const authenticator = await addVirtualAuthenticator(page)
    await authenticator.recognizeUser(false)
    await press(page, 'Add a key')
    await page.getByText('No passkey or security key was used.').waitFor()
    await page.context().close()
  })

  it('is used to confirm who somebody is', async () => {
    portal = await startPortal(settings)
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await addVirtualAuthenticator(page)
    await press(page, 'Add a key')
    await told(page, 'The key has been added.')
    // What the page asks for by itself has come before the proof is old.
    await page.getByText('These codes have just been made for you.').waitFor()
    portal.advance(301)
    await press(page, 'Remove Master key')
    await answer(page, 'Remove this key?', 'Remove')
    await answer(page, 'Confirm that it is you', 'Use a passkey or security key')
    await answer(page, 'Confirm that it is you', 'Use your key')
    await told(page, 'Master key has been removed.')
    await page.context().close()
  })
})

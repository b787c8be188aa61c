import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { answer, password, proveIt, told, visit } from './account.ts'
import { codeAt } from './authenticator-app.ts'
import { checkPage } from './check-page.ts'
import { type Portal, startPortal } from './portal.ts'
import { fill, press } from './steps.ts'

const ann = {
  email: 'ann@example.org',
  path: '/authenticators',
  heading: 'Two-factor authentication',
}

// A code may be typed at the end of its time.
const patient = { MFA_TOTP_TOLERANCE: 1 }

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

/** The secret that the page shows to those who can not scan it. */
async function shownSecret(page: Page): Promise<string> {
  const shown = await page.locator('.secret code').textContent()
  return (shown ?? '').replaceAll(' ', '')
}

async function setUp(page: Page): Promise<string> {
  await press(page, 'Set up an app')
  const secret = await shownSecret(page)
  const code = codeAt(secret, portal.auth.server.now())
  await fill(page, { 'Code from the app': `${code.slice(0, 3)} ${code.slice(3)}` })
  await press(page, 'Activate')
  await told(page, 'Your authenticator app is set up.')
  return secret
}

async function shownCodes(page: Page): Promise<string[]> {
  const list = page.getByRole('list', { name: 'Recovery codes' })
  await list.waitFor()
  return list.getByRole('listitem').allInnerTexts()
}

describe('/account/authenticators', () => {
  it('sets up an app by a QR code or its key', async () => {
    portal = await startPortal(patient)
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await page.getByText('They are made as soon as you set up a second factor.').waitFor()
    await checkPage(page)
    await press(page, 'Set up an app')
    const image = page.getByRole('img', { name: 'QR code for your authenticator app' })
    await image.waitFor()
    assert.ok(await image.evaluate((it) => (it as HTMLImageElement).naturalWidth > 50))
    await checkPage(page)
    await fill(page, { 'Code from the app': '12' })
    await press(page, 'Activate')
    await page.getByText('This code is not accepted.').waitFor()
    const code = codeAt(await shownSecret(page), portal.auth.server.now())
    await fill(page, { 'Code from the app': code })
    await press(page, 'Activate')
    await told(page, 'Your authenticator app is set up.')
    await page.getByText('Active', { exact: true }).waitFor()
    await page.getByText('These codes have just been made for you.').waitFor()
    assert.equal((await shownCodes(page)).length, 10)
    await checkPage(page)
    await page.context().close()
  })

  it('says so where the first codes do not come, and shows them when they are asked for', async () => {
    portal = await startPortal(patient)
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await page.route('**/authenticators/recovery-codes', (route) => route.abort())
    await setUp(page)
    await page.getByRole('alert').filter({ hasText: 'The server can not be reached.' }).waitFor()
    await page.getByText('Codes left: 10 of 10').waitFor()
    await page.unroute('**/authenticators/recovery-codes')
    await press(page, 'Show codes')
    assert.equal((await shownCodes(page)).length, 10)
    await page.context().close()
  })

  it('hands out recovery codes: copied, downloaded, printed', async () => {
    portal = await startPortal(patient)
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await setUp(page)
    const codes = await shownCodes(page)
    await press(page, 'Copy')
    await page.getByText('Copied.').waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), codes.join('\n'))

    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')])
    assert.equal(download.suggestedFilename(), 'recovery-codes.txt')
    const text = await readFile(await download.path(), 'utf8')
    assert.match(text, /^Recovery codes of ann@example\.org at Latchkey\r\n/)
    assert.deepEqual(text.split('\r\n').slice(3, -1), codes)

    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', '')
    })
    await press(page, 'Print')
    await page.locator('body[data-printed]').waitFor()
    await page.emulateMedia({ media: 'print' })
    assert.ok(await page.getByText(codes[0] ?? '').isVisible())
    for (const other of ['Log out', 'Print', 'Turn off', 'Hide codes']) {
      assert.equal(await page.getByRole('button', { name: other, exact: true }).count(), 0)
    }
    assert.equal(await page.getByRole('navigation').count(), 0)
    await page.context().close()
  })

  it('shows the codes again after a proof, and makes new ones once that is confirmed', async () => {
    portal = await startPortal(patient)
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await setUp(page)
    const before = await shownCodes(page)
    portal.advance(301)
    await page.reload()
    await page.getByText('Codes left: 10 of 10').waitFor()
    await press(page, 'Show codes')
    await proveIt(page)
    await page.getByText(before[0] ?? '').waitFor()
    assert.deepEqual(await shownCodes(page), before)

    portal.advance(301)
    await press(page, 'Generate new codes')
    await answer(page, 'Generate new recovery codes?', 'Generate new codes')
    // The question stays while another one above it is answered.
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor()
    await checkPage(page)
    await proveIt(page)
    await told(page, 'New recovery codes have been made.')
    const after = await shownCodes(page)
    assert.equal(after.length, 10)
    assert.ok(after.every((it) => !before.includes(it)))
    await page.context().close()
  })

  it('tells codes that are shown only once apart', async () => {
    portal = await startPortal({ ...patient, MFA_RECOVERY_CODES_SHOW_ONCE: true })
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await setUp(page)
    assert.equal((await shownCodes(page)).length, 10)
    await page.reload()
    await press(page, 'Show codes')
    await page.getByText('Recovery codes are shown only once.').waitFor()
    await page.context().close()
  })

  it('turns the app off once that is confirmed', async () => {
    portal = await startPortal(patient)
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await setUp(page)
    await press(page, 'Turn off')
    await checkPage(page)
    await answer(page, 'Turn off the authenticator app?', 'Cancel')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('Active', { exact: true }).waitFor()
    await press(page, 'Turn off')
    await answer(page, 'Turn off the authenticator app?', 'Turn off')
    await told(page, 'The authenticator app is turned off.')
    await page.getByRole('button', { name: 'Set up an app' }).waitFor()
    await page.context().close()
  })

  it('says that an address has to be verified first', async () => {
    portal = await startPortal(patient)
    await portal.createUser({ email: ann.email, password, email_verified: false })
    const page = await visit(browser, portal, ann)
    await press(page, 'Set up an app')
    await page.getByText('Verify your email addresses first.').waitFor()
    await page.context().close()
  })
})

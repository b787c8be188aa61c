import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { answer, itemsOf, password, proveIt, told, visit } from './account.ts'
import { checkPage } from './check-page.ts'
import { type Portal, startPortal } from './portal.ts'
import { type Provider, startProvider } from './provider.ts'
import { press } from './steps.ts'

const ann = { email: 'ann@example.org', path: '/connections', heading: 'Connected accounts' }

let browser: Browser
let provider: Provider
let portal: Portal

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

beforeEach(async () => {
  provider = await startProvider()
})

afterEach(async () => {
  assert.deepEqual(portal.faults, [])
  await Promise.all([portal.stop(), provider.stop()])
})

async function start(settings: Record<string, unknown> = {}): Promise<void> {
  portal = await startPortal({ ...provider.settings, ...settings })
  provider.now = portal.auth.server.now
}

describe('/account/connections', () => {
  it('connects an account and disconnects it once that is confirmed', async () => {
    await start()
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await page.getByText('No account is connected.').waitFor()
    await checkPage(page)
    provider.person = { sub: '1', email: 'ann@acme.example' }
    await press(page, 'Connect Acme')
    await told(page, 'Your Acme account is connected.')
    assert.equal(page.url(), `${portal.url}/account/connections`)
    await page.getByRole('button', { name: /^Disconnect Acme/ }).waitFor()
    await checkPage(page)
    await page.getByRole('button', { name: /^Disconnect Acme/ }).click()
    await checkPage(page)
    await answer(page, 'Disconnect this account?', 'Cancel')
    assert.equal((await itemsOf(page, 'Connected')).length, 1)
    await page.getByRole('button', { name: /^Disconnect Acme/ }).click()
    await answer(page, 'Disconnect this account?', 'Disconnect')
    await told(page, 'Your Acme account is disconnected.')
    await page.getByText('No account is connected.').waitFor()
    await page.context().close()
  })

  it('says that nothing was connected where somebody changed their mind', async () => {
    await start()
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await press(page, 'Connect Acme')
    await page.getByText('You cancelled at the provider. Nothing was connected.').waitFor()
    await checkPage(page)
    await page.context().close()
  })

  it('asks for a proof where the login is too long ago, and then goes on to the provider', async () => {
    await start({ ACCOUNT_REAUTHENTICATION_REQUIRED: true })
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    provider.person = { sub: '1', email: 'ann@acme.example' }
    portal.advance(301)
    await press(page, 'Connect Acme')
    await proveIt(page)
    await told(page, 'Your Acme account is connected.')
    await page.context().close()
  })

  it('keeps the only way in, and says why', async () => {
    await start()
    provider.person = { sub: '1', email: 'ann@acme.example' }
    const context = await browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(`${portal.url}/login?next=/account/connections`)
    await page.getByRole('button', { name: /Acme/ }).click()
    await page.getByRole('button', { name: /^Disconnect Acme/ }).click()
    await answer(page, 'Disconnect this account?', 'Disconnect')
    await page
      .getByRole('dialog')
      .getByText('Set a password first: this is your only way in.')
      .waitFor()
    await context.close()
  })

  it('is a way to confirm who somebody is, who then comes back', async () => {
    await start({
      SOCIALACCOUNT_REAUTHENTICATION_ENABLED: true,
      ACCOUNT_REAUTHENTICATION_REQUIRED: true,
    })
    provider.person = { sub: '1', email: 'ann@acme.example' }
    const context = await browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(`${portal.url}/login?next=/account/data`)
    await page.getByRole('button', { name: /Acme/ }).click()
    await page.getByRole('button', { name: 'Download' }).waitFor()
    portal.advance(301)
    await press(page, 'Download')
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor()
    await checkPage(page)
    const { person } = provider
    provider.person = null
    await answer(page, 'Confirm that it is you', 'Continue with Acme')
    await page.getByText('It was not confirmed that it is you.').waitFor()
    await checkPage(page)

    provider.person = person
    await press(page, 'Download')
    await answer(page, 'Confirm that it is you', 'Continue with Acme')
    await page.waitForURL(`${portal.url}/account/data`)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')])
    assert.match(download.suggestedFilename(), /^account-.*\.json$/)
    await context.close()
  })
})

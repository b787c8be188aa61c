import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { answer, itemsOf, password, proveIt, told, visit } from './account.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, startPortal } from './portal.ts'
import { type Provider, startProvider } from './provider.ts'
import { at, press } from './steps.ts'

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

/** Comes in by the provider, as somebody who has no other way. */
async function enter(): Promise<Page> {
  provider.person = { sub: '1', email: 'ann@acme.example' }
  const page = await openPage(browser, portal, { path: '/login?next=/account/connections' })
  await page.getByRole('button', { name: /Acme/ }).click()
  return page
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

  it('lists a provider once, however many apps of it there are', async () => {
    const { SOCIALACCOUNT_PROVIDERS: providers } = provider.settings
    const { openid_connect } = providers as { openid_connect: { APPS: { settings: object }[] } }
    const [app] = openid_connect.APPS
    const hidden = { ...app, client_id: 'phone', settings: { ...app?.settings, hidden: true } }
    const APPS = [hidden, ...openid_connect.APPS]
    await start({ SOCIALACCOUNT_PROVIDERS: { openid_connect: { APPS } } })
    await portal.createUser({ email: ann.email, password })
    const login = await openPage(browser, portal, { path: '/login' })
    await at(login, 'Log in')
    assert.equal(await login.getByRole('button', { name: 'Continue with Acme' }).count(), 1)
    await login.context().close()
    const page = await visit(browser, portal, ann)
    await page.getByText('No account is connected.').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Connect Acme' }).count(), 1)
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
    await page.getByText('Before an account is connected, confirm that it is you.').waitFor()
    await checkPage(page)
    await press(page, 'Confirm')
    await proveIt(page)
    await told(page, 'Your Acme account is connected.')
    await page.context().close()
  })

  it('takes that proof from the provider of somebody who has nothing else', async () => {
    await start({
      SOCIALACCOUNT_REAUTHENTICATION_ENABLED: true,
      ACCOUNT_REAUTHENTICATION_REQUIRED: true,
    })
    const page = await enter()
    await page.getByRole('button', { name: /^Disconnect Acme/ }).waitFor()
    portal.advance(301)
    await press(page, 'Connect Acme')
    await press(page, 'Confirm')
    await answer(page, 'Confirm that it is you', 'Continue with Acme')
    await page.waitForURL(`${portal.url}/account/connections`)
    await press(page, 'Connect Acme')
    await told(page, 'Your Acme account is connected.')
    await page.context().close()
  })

  it('believes no link that says what was connected, and goes nowhere by itself', async () => {
    await start()
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    for (const query of ['connect=acme', 'connect=acme&error=constructor', 'connect=My%20words']) {
      await page.goto(`${portal.url}/account/connections?${query}`)
      await page.getByText('No account is connected.').waitFor()
      assert.equal(await page.locator('.told-text').count(), 0)
    }
    const link = `${portal.url}/account/connections?connect=acme&error=reauthentication_required`
    await page.goto(link)
    await page.getByRole('button', { name: 'Confirm', exact: true }).waitFor()
    await page.getByText('No account is connected.').waitFor()
    assert.equal(await page.getByRole('dialog').count(), 0)
    assert.equal(page.url(), link)
    await page.context().close()
  })

  it('is there without what providers leave no room for', async () => {
    await start({
      SOCIALACCOUNT_ONLY: true,
      ACCOUNT_EMAIL_VERIFICATION: 'none',
      INSTALLED_APPS: ['allauth.socialaccount'],
    })
    const page = await enter()
    await at(page, 'Connected accounts')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(`${portal.url}/account`)
    await at(page, 'Overview')
    await page.waitForLoadState('networkidle')
    assert.equal(await page.getByRole('alert').count(), 0)
    assert.deepEqual(
      asked.filter((path) => path.endsWith('/account/email')),
      [],
    )
    for (const path of ['emails', 'password', 'authenticators', 'passkeys']) {
      await page.goto(`${portal.url}/account/${path}`)
      await at(page, 'Page not found')
    }
    await page.context().close()
  })

  it('keeps the only way in, and says why', async () => {
    await start()
    const page = await enter()
    await page.getByRole('button', { name: /^Disconnect Acme/ }).click()
    await answer(page, 'Disconnect this account?', 'Disconnect')
    await page
      .getByRole('dialog')
      .getByText('Set a password first: this is your only way in.')
      .waitFor()
    await page.context().close()
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

import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { likeliestEmail } from '../../../apps/portal/src/lib/told-email.ts'
import {
  type RealProvider,
  startRealProvider,
} from '../../../packages/server/test/social/real-provider.ts'
import { launchChromium } from '../chromium.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, startPortal } from './portal.ts'
import { at, fill, press, signedIn } from './steps.ts'

const client = { client_id: 'latchkey', client_secret: 'a secret that both know' }
const people = [
  { sub: 'ann', email: 'ann@example.org', email_verified: true },
  { sub: 'bob', email: 'bob@example.org', email_verified: true },
]

let browser: Browser
let peer: RealProvider
let portal: Portal
let page: Page

beforeAll(async () => {
  browser = await launchChromium()
})

beforeEach(async () => {
  portal = await startPortal(async (url) => {
    const redirect_uris = [`${url}/accounts/oidc/acme/login/callback/`]
    peer = await startRealProvider([{ ...client, redirect_uris }], people)
    return settingsFor(peer)
  })
  page = await openPage(browser, portal, { path: '/login?next=/account/emails' })
  // The pages of the provider want a font from far away.
  await page.context().route(
    ({ hostname }) => !['localhost', '127.0.0.1'].includes(hostname),
    (route) => route.abort(),
  )
})

afterEach(async () => {
  await page?.context().close()
  await portal?.stop()
  await peer?.stop()
  assert.deepEqual(portal.faults, [])
})

afterAll(async () => {
  await browser?.close()
})

function settingsFor({ issuer }: RealProvider): Record<string, unknown> {
  const app = {
    provider_id: 'acme',
    name: 'Acme',
    client_id: client.client_id,
    secret: client.client_secret,
    settings: { server_url: issuer, token_auth_method: 'client_secret_basic' },
  }
  return {
    ACCOUNT_SIGNUP_FIELDS: ['email*', 'username*', 'password1*'],
    SOCIALACCOUNT_AUTO_SIGNUP: false,
    SOCIALACCOUNT_ALLOW_PRIVATE_ADDRESSES_INSECURE: true,
    SOCIALACCOUNT_PROVIDERS: { openid_connect: { APPS: [app] } },
  }
}

async function leave(): Promise<void> {
  await press(page, 'Continue with Acme')
  await page.waitForURL(`${peer.issuer}/**`)
}

async function passPeer(name: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(name)
  await page.getByPlaceholder('and password').fill('anything')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

describe('a login by a provider', () => {
  it('offers the address that becomes the primary one: a verified one where there is one', () => {
    const told = (email: string, verified: boolean, primary: boolean) => ({
      email,
      verified,
      primary,
    })
    const [plain, verified] = [told('a', false, false), told('b', true, false)]
    const [primary, both] = [told('c', false, true), told('d', true, true)]
    assert.equal(likeliestEmail([plain, primary, verified, both]), 'd')
    assert.equal(likeliestEmail([plain, primary, verified]), 'b')
    assert.equal(likeliestEmail([plain, primary]), 'c')
    assert.equal(likeliestEmail([plain]), 'a')
    assert.equal(likeliestEmail([]), undefined)
  })

  it('asks somebody new for what is missing, and goes on to where they wanted to go', async () => {
    await leave()
    await passPeer('ann')
    await at(page, 'Almost done')
    await page.getByText('You are signing up with Acme.').waitFor()
    await checkPage(page)
    assert.equal(await page.getByLabel('Email address').inputValue(), 'ann@example.org')
    await fill(page, { Username: 'annie' })
    await press(page, 'Create account')
    await page.waitForURL(`${portal.url}/account/emails`)
    assert.equal(await signedIn(page), 'annie')
  })

  it('says that somebody cancelled there', async () => {
    await leave()
    await page.getByRole('link', { name: '[ Cancel ]' }).click()
    await at(page, 'That did not work')
    await page.getByText('You cancelled at the provider.').waitFor()
    await checkPage(page)
    await page.getByRole('link', { name: 'Back to log in' }).click()
    await at(page, 'Log in')
    assert.equal(new URL(page.url()).searchParams.get('next'), '/account/emails')
  })

  it('has a page for what could not be led back', async () => {
    await page.goto(`${portal.url}/accounts/oidc/acme/login/callback/?state=old&code=old`)
    await page.waitForURL(`${portal.url}/login/error?**`)
    await at(page, 'That did not work')
    await page.getByText('The provider could not log you in.').waitFor()
    await checkPage(page)
  })
})

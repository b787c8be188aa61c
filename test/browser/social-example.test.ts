import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import {
  type RealProvider,
  startRealProvider,
} from '../../packages/server/test/social/real-provider.ts'
import { root } from '../docs/markdown.ts'
import { type Started, startNode } from '../docs/started.ts'
import { launchChromium } from './chromium.ts'

const client = { client_id: 'example', client_secret: 'a secret that both know' }
const people = ['ann', 'bob'].map((sub) => ({
  sub,
  email: `${sub}@example.org`,
  email_verified: true,
}))

let folder: string
let url: string
let peer: RealProvider
let example: Started
let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await launchChromium()
  folder = mkdtempSync(join(tmpdir(), 'latchkey-social-'))
  const port = await freePort()
  url = `http://localhost:${port}`
  const callback = `${url}/accounts/oidc/example/login/callback/`
  peer = await startRealProvider([{ ...client, redirect_uris: [callback] }], people)
  example = await startNode([join(root, 'examples/social-login/server.ts')], {
    cwd: folder,
    env: {
      PORT: String(port),
      SECRET_KEY: 'a secret that only this test knows, long enough',
      DATABASE_PATH: join(folder, 'example.sqlite3'),
      OIDC_ISSUER: peer.issuer,
      OIDC_CLIENT_ID: client.client_id,
      OIDC_CLIENT_SECRET: client.client_secret,
    },
    until: /listening at (http:\S+)/,
  })
  page = await browser.newPage()
  page.setDefaultTimeout(10_000)
  // The pages of the provider want a font from far away.
  await page.route(
    ({ hostname }) => !['localhost', '127.0.0.1'].includes(hostname),
    (route) => route.abort(),
  )
})

afterAll(async () => {
  await browser?.close()
  await example?.stop()
  await peer?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A port that nothing listens on: the provider has to know the address before the example starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function button(name: string) {
  return page.getByRole('button', { name, exact: true })
}

/** Leaves by a button of the page, signs in at the provider and comes back. */
async function passBy(name: string, person: string): Promise<void> {
  await page.context().clearCookies({ domain: '127.0.0.1' })
  await button(name).click()
  await page.getByPlaceholder('Enter any login').fill(person)
  await page.getByPlaceholder('and password').fill('anything')
  await button('Sign-in').click()
  await button('Continue').click()
  await page.waitForURL(`${url}/`)
}

describe('examples/social-login', () => {
  it('signs up, connects another account, and disconnects it', async () => {
    await page.goto(url)
    await passBy('Sign in with Example', 'ann')
    await page.getByText('You are signed in as ann.').waitFor()
    await passBy('Connect Example', 'bob')
    const accounts = page.getByRole('list', { name: 'Connected accounts' }).getByRole('listitem')
    await accounts.nth(1).waitFor()
    assert.deepEqual(await accounts.locator('span').allTextContents(), [
      'Example: ann@example.org',
      'Example: bob@example.org',
    ])
    await button('Disconnect bob@example.org').click()
    await accounts.nth(1).waitFor({ state: 'detached' })
    await button('Disconnect ann@example.org').click()
    await page.getByRole('alert').getByText('Set a password first').waitFor()
    await button('Sign out').click()
    await button('Sign in with Example').waitFor()
  })

  it('says why somebody came back without', async () => {
    await page.goto(`${url}/?error=cancelled&error_process=login`)
    await page.getByRole('alert').getByText('You have cancelled it.').waitFor()
  })
})

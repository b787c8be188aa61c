import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { launchChromium } from './chromium.ts'
import { type Example, startExample } from './example.ts'
import { addVirtualAuthenticator, type VirtualAuthenticator } from './virtual-key.ts'

const password = 'correct horse battery'

let example: Example
let browser: Browser
let page: Page
let authenticator: VirtualAuthenticator
let faults: Error[]

beforeAll(async () => {
  browser = await launchChromium()
  example = await startExample()
})

afterAll(async () => {
  await browser?.close()
  await example?.stop()
})

beforeEach(async () => {
  const context = await browser.newContext()
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  faults = []
  page.on('pageerror', (error) => faults.push(error))
  authenticator = await addVirtualAuthenticator(page)
  await page.goto(example.url)
})

afterEach(async () => {
  await page.context().close()
  assert.deepEqual(faults, [])
})

/** Fills in the form that has this button, presses it, and waits until the page is done with it. */
async function submit(button: string, fields: Record<string, string> = {}): Promise<void> {
  const pressed = page.getByRole('button', { name: button, exact: true })
  const form = page.locator('form').filter({ has: pressed })
  for (const [label, value] of Object.entries(fields)) {
    await form.getByLabel(label, { exact: true }).fill(value)
  }
  await pressed.click()
  await page.locator('body[aria-busy=false]').waitFor()
}

/** What the API answers to a request that a button leads to. */
async function answerTo(
  request: `${'POST' | 'PUT' | 'DELETE'} ${string}`,
  button: string,
  fields: Record<string, string> = {},
) {
  const [response] = await Promise.all([
    page.waitForResponse((it) => {
      const { pathname } = new URL(it.url())
      return `${it.request().method()} ${pathname.replace(/^.*\/v1\//, '')}` === request
    }),
    submit(button, fields),
  ])
  return response.json()
}

/** Waits until the page is at a step. */
async function at(heading: string): Promise<void> {
  await page.getByRole('heading', { name: heading, exact: true }).waitFor()
}

/** Waits until the page says what is wrong. */
async function problem(text: string): Promise<void> {
  await page.getByRole('alert').filter({ hasText: text }).waitFor()
}

/** What the API says about the session of the browser. */
function session() {
  return page.evaluate(async () => (await fetch('/_allauth/browser/v1/auth/session')).json())
}

async function confirm(email: string): Promise<void> {
  await at('Confirm your address')
  await submit('Confirm', { Code: await example.mailedCode(email) })
}

async function signUpWithPasskey(email: string): Promise<void> {
  await submit('Sign up with a passkey', { Email: email })
  await confirm(email)
  await at('Make your passkey')
  await submit('Make a passkey', { 'Name of the key': 'Laptop' })
  await at('Your account')
}

async function signOut(): Promise<void> {
  await submit('Sign out')
  await at('Sign in')
}

/** The names and kinds in the list of keys. */
async function listedKeys(): Promise<string[]> {
  const items = await page.getByRole('list', { name: 'Your keys' }).getByRole('listitem').all()
  return Promise.all(
    items.map(async (item) => {
      const name = await item.getByLabel('Name', { exact: true }).inputValue()
      return `${name} ${await item.locator('.kind').textContent()}`
    }),
  )
}

async function refusedPasskey(): Promise<void> {
  const answer = await answerTo('POST auth/webauthn/login', 'Sign in with a passkey')
  assert.equal(answer.status, 400)
  assert.deepEqual(codes(answer), ['incorrect_code'])
  await problem('This code or key is not accepted.')
  assert.equal((await session()).status, 401)
}

function codes({ errors }: { errors: { code: string }[] }): string[] {
  return errors.map(({ code }) => code)
}

describe('a passkey in Chromium', () => {
  it('takes the place of a password at signup', async () => {
    await submit('Sign up with a passkey', { Email: 'ann@example.org' })
    await confirm('ann@example.org')
    await at('Make your passkey')
    assert.equal((await session()).status, 401)
    const fields = { 'Name of the key': 'Laptop' }
    const answer = await answerTo('PUT auth/webauthn/signup', 'Make a passkey', fields)
    assert.equal(answer.status, 200)
    assert.equal(answer.data.user.has_usable_password, false)
    await at('Your account')
    await page.getByText('You are signed in as ann.').waitFor()
    assert.deepEqual(await listedKeys(), ['Laptop (passkey)'])
    const [key, ...others] = await authenticator.keptKeys()
    assert.equal(key?.rpId, 'localhost')
    assert.equal(key.isResidentCredential, true)
    assert.deepEqual(others, [])
  })

  it('signs in alone', async () => {
    await signUpWithPasskey('bea@example.org')
    await signOut()
    assert.equal((await session()).status, 401)
    const answer = await answerTo('POST auth/webauthn/login', 'Sign in with a passkey')
    assert.equal(answer.status, 200)
    assert.equal(answer.data.methods.length, 1)
    const [{ method, type, passwordless }] = answer.data.methods
    assert.deepEqual(
      { method, type, passwordless },
      {
        method: 'mfa',
        type: 'webauthn',
        passwordless: true,
      },
    )
    await page.getByText('You are signed in as bea.').waitFor()
  })

  it('is the second step after a password', async () => {
    const credentials = { Email: 'cid@example.org', Password: password }
    await submit('Sign up with a password', credentials)
    await confirm('cid@example.org')
    await at('Your account')
    await submit('Add a passkey', { 'Name of the new key': 'Phone' })
    await at('Is it you?')
    await submit('Prove it with the password', { Password: password })
    await at('Your account')
    await submit('Add a passkey', { 'Name of the new key': 'Phone' })
    await page.getByRole('status').filter({ hasText: 'Keep your recovery codes' }).waitFor()
    assert.deepEqual(await listedKeys(), ['Phone (passkey)'])
    await signOut()

    const first = await answerTo('POST auth/login', 'Sign in with a password', credentials)
    assert.equal(first.status, 401)
    const pending = first.data.flows.filter((it: { is_pending?: boolean }) => it.is_pending)
    assert.deepEqual(pending, [
      { id: 'mfa_authenticate', is_pending: true, types: ['recovery_codes', 'webauthn'] },
    ])
    await at('Second step')
    assert.equal((await session()).status, 401)

    const second = await answerTo('POST auth/webauthn/authenticate', 'Use a security key')
    assert.equal(second.status, 200)
    const methods = second.data.methods.map((it: { method: string }) => it.method)
    assert.deepEqual(methods, ['password', 'mfa'])
    await page.getByText('You are signed in as cid.').waitFor()
  })

  it('does not sign in alone unless it recognizes its user', async () => {
    await signUpWithPasskey('dee@example.org')
    await signOut()
    await authenticator.recognizeUser(false)
    await submit('Sign in with a passkey')
    await problem('not allowed')
    assert.equal((await session()).status, 401)

    await authenticator.recognizeUser(true)
    await authenticator.hideRecognition(true)
    await refusedPasskey()

    await authenticator.hideRecognition(false)
    await submit('Sign in with a passkey')
    await at('Your account')
  })

  it('can be renamed, and signs nobody in once it is removed', async () => {
    await signUpWithPasskey('eve@example.org')
    await submit('Remove Laptop')
    await at('Is it you?')
    await submit('Prove it with a key')
    await at('Your account')
    const renamed = await answerTo('PUT account/authenticators/webauthn', 'Rename Laptop', {
      Name: 'Old laptop',
    })
    assert.equal(renamed.data.name, 'Old laptop')
    const removed = await answerTo('DELETE account/authenticators/webauthn', 'Remove Old laptop')
    assert.equal(removed.status, 200)
    assert.deepEqual(await listedKeys(), [])
    await signOut()
    assert.equal((await authenticator.keptKeys()).length, 1)
    await refusedPasskey()
  })

  it('is refused when a copy of it has been used less often', async () => {
    await signUpWithPasskey('flo@example.org')
    await signOut()
    const [copy] = await authenticator.keptKeys()
    assert.ok(copy)
    await submit('Sign in with a passkey')
    await at('Your account')
    await signOut()
    const [used] = await authenticator.keptKeys()
    assert.ok(used)
    assert.equal(used.signCount, copy.signCount + 1)
    await authenticator.putBack(copy)
    await refusedPasskey()

    await authenticator.putBack(used)
    await submit('Sign in with a passkey')
    await at('Your account')
  })
})

import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { readUserAgent } from '../../../apps/portal/src/pages/account/user-agent.ts'
import { launchChromium } from '../chromium.ts'
import { answer, itemsOf, password, told, visit } from './account.ts'
import { checkPage } from './check-page.ts'
import { openPage, type Portal, startPortal } from './portal.ts'
import { at, fill, press } from './steps.ts'

const ann = { email: 'ann@example.org', path: '/sessions', heading: 'Sessions' }
const agents = {
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
}

let browser: Browser
let portal: Portal

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

afterEach(async () => {
  assert.deepEqual(portal?.faults, [])
  await portal?.stop()
})

async function signInElsewhere(userAgent: string) {
  const page = await openPage(browser, portal, { path: '/account/emails', userAgent })
  await fill(page, { 'Email address': ann.email, Password: password })
  await press(page, 'Log in')
  await at(page, 'Email addresses')
  return page
}

describe('/account/sessions', () => {
  it('lists where somebody is signed in, and ends one or all others', async () => {
    portal = await startPortal({ USERSESSIONS_TRACK_ACTIVITY: true })
    await portal.createUser({ email: ann.email, password })
    const phone = await signInElsewhere(agents.iphone)
    const work = await signInElsewhere(agents.edge)
    const library = await signInElsewhere(agents.firefox)
    const page = await visit(browser, portal, ann)
    await page.getByText('This device').waitFor()
    const listed = await itemsOf(page, 'Open sessions')
    const starts = listed.map((it) => it.replace(/ (This device )?IP address.*/, ''))
    assert.deepEqual(starts.sort(), [
      'Chrome on Linux',
      'Edge on Windows',
      'Firefox on Linux',
      'Safari on iOS',
    ])
    for (const it of listed)
      assert.match(it, /IP address: 127\.0\.0\.1 Logged in: .* Last active: /)
    assert.equal(listed.filter((it) => it.includes('This device')).length, 1)
    await checkPage(page)

    await press(page, 'End Safari on iOS, 127.0.0.1')
    await page.getByText('Safari on iOS will be logged out.').waitFor()
    await checkPage(page)
    await answer(page, 'End this session?', 'Cancel')
    await press(page, 'End Safari on iOS, 127.0.0.1')
    await answer(page, 'End this session?', 'End')
    await told(page, 'Logged out there.')
    await page.getByText('Safari on iOS').first().waitFor({ state: 'detached' })

    await press(page, 'End all other sessions')
    await answer(page, 'End all other sessions?', 'End all other sessions')
    await page.getByText('You are not logged in anywhere else.').waitFor()
    assert.equal((await itemsOf(page, 'Open sessions')).length, 1)

    // What was ended leads to the login as soon as it is noticed, and from there back.
    for (const ended of [phone, work, library]) {
      await ended.getByRole('link', { name: 'Password' }).click()
      await at(ended, 'Password')
      await fill(ended, { 'Current password': password, 'New password': 'tidy walrus ninety' })
      await press(ended, 'Change password')
      await at(ended, 'Log in')
      assert.equal(new URL(ended.url()).pathname, '/login')
      await ended.context().close()
    }
    await page.context().close()
  })
})

describe('readUserAgent', () => {
  it('tells browsers and systems by the names that people know', () => {
    const told = Object.values(agents).map(readUserAgent)
    assert.deepEqual(told, [
      { program: 'Safari', system: 'iOS' },
      { program: 'Edge', system: 'Windows' },
      { program: 'Firefox', system: 'Linux' },
    ])
    const others = ['curl/8.5.0', 'AcmeApp/3 (Android 16)', 'Mozilla/5.0', '']
    assert.deepEqual(others.map(readUserAgent), [
      { program: 'curl', system: null },
      { program: 'AcmeApp', system: 'Android' },
      { program: null, system: null },
      { program: null, system: null },
    ])
  })
})

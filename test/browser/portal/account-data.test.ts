import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { answer, password, proveIt, told, visit } from './account.ts'
import { checkPage } from './check-page.ts'
import { type Portal, startPortal } from './portal.ts'
import { at, press } from './steps.ts'

const ann = { email: 'ann@example.org', path: '/data', heading: 'Your data' }

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

describe('/account/data', () => {
  it('downloads all that is stored, after a proof', async () => {
    portal = await startPortal()
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await checkPage(page)
    portal.advance(301)
    await press(page, 'Download')
    const [download] = await Promise.all([page.waitForEvent('download'), proveIt(page)])
    await told(page, 'Your data has been downloaded.')
    assert.match(download.suggestedFilename(), /^account-\d{4}-\d\d-\d\d\.json$/)
    const data = JSON.parse(await readFile(await download.path(), 'utf8'))
    assert.equal(data.account.user.email, ann.email)
    assert.equal(data.sessions.length, 1)
    await page.context().close()
  })

  it('deletes the account, once its name was typed and a proof given', async () => {
    portal = await startPortal()
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    portal.advance(301)
    await press(page, 'Delete account')
    await checkPage(page)
    const field = `To confirm, type ${ann.email}`
    await answer(page, 'Delete your account for good?', 'Delete for good', { [field]: 'bob' })
    await page.getByText('This is not what is written above.').waitFor()
    await answer(page, 'Delete your account for good?', 'Cancel')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await press(page, 'Delete account')
    await answer(page, 'Delete your account for good?', 'Delete for good', { [field]: ann.email })
    // Who changes their mind here has lost nothing.
    await answer(page, 'Confirm that it is you', 'Cancel')
    await page
      .getByRole('dialog', { name: 'Confirm that it is you' })
      .waitFor({ state: 'detached' })
    await answer(page, 'Delete your account for good?', 'Delete for good')
    await proveIt(page)
    await at(page, 'Account deleted')
    await checkPage(page)
    await page.getByRole('link', { name: 'Go to the start page' }).click()
    await at(page, 'Log in')
    const { db } = portal.auth.server
    assert.deepEqual(await db.selectFrom('users').select('id').execute(), [])
    await page.context().close()
  })

  it('does not say so where the session had ended, and nothing was deleted', async () => {
    portal = await startPortal()
    const id = await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await press(page, 'Delete account')
    await portal.auth.server.db.deleteFrom('sessions').execute()
    const field = `To confirm, type ${ann.email}`
    await answer(page, 'Delete your account for good?', 'Delete for good', { [field]: ann.email })
    await at(page, 'Log in')
    const { db } = portal.auth.server
    assert.deepEqual(await db.selectFrom('users').select('id').execute(), [{ id }])
    await page.context().close()
  })

  it('offers nothing that the settings do not allow', async () => {
    portal = await startPortal({ ACCOUNT_DELETION_ENABLED: false })
    await portal.createUser({ email: ann.email, password })
    const page = await visit(browser, portal, ann)
    await page.getByRole('button', { name: 'Download' }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Delete account' }).count(), 0)
    await page.context().close()
  })
})

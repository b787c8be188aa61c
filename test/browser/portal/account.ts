import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { openPage, type Portal } from './portal.ts'
import { at, fill, press } from './steps.ts'

/** What users of these tests log in with. */
export const password = 'correct horse battery'

interface Visit {
  email: string
  /** A page of the account. */
  path: string
  /** Waits until the page has this heading. */
  heading: string
}

/** Opens a page of the account, as somebody who had to log in for it. */
export async function visit(
  browser: Browser,
  portal: Portal,
  { email, path, heading }: Visit,
): Promise<Page> {
  const page = await openPage(browser, portal, { path: `/account${path}` })
  await at(page, 'Log in')
  await fill(page, { 'Email address': email, Password: password })
  await press(page, 'Log in')
  await at(page, heading)
  assert.equal(new URL(page.url()).pathname, `/account${path}`)
  return page
}

/** Waits until the page says that something was done. */
export async function told(page: Page, text: string): Promise<void> {
  await page.locator('.told').filter({ hasText: text }).waitFor()
}

/** Answers the question of the dialog with this title by a button, with its fields filled in. */
export async function answer(
  page: Page,
  title: string,
  button: string,
  fields: Record<string, string> = {},
): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title })
  await dialog.waitFor()
  for (const [label, value] of Object.entries(fields)) {
    await dialog.getByLabel(label, { exact: true }).fill(value)
  }
  await dialog.getByRole('button', { name: button, exact: true }).click()
}

/** Gives the password once more. */
export function proveIt(page: Page): Promise<void> {
  return answer(page, 'Confirm that it is you', 'Confirm', { 'Current password': password })
}

/** The texts of a list's items. */
export async function itemsOf(page: Page, list: string): Promise<string[]> {
  const texts = await page
    .getByRole('list', { name: list, exact: true })
    .getByRole('listitem')
    .allInnerTexts()
  return texts.map((text) => text.replace(/\s+/g, ' ').trim())
}

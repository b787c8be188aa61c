import type { Page } from 'playwright-core'

/** Waits until a page has this heading. */
export async function at(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
}

/** Fills in fields by their labels. */
export async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).fill(value)
  }
}

/** Presses a button by its name. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

/** Who the API says is signed in, by name; null where nobody is. */
export async function signedIn(page: Page): Promise<string | null> {
  const { data } = await page.evaluate(async () =>
    (await fetch('/_allauth/browser/v1/auth/session')).json(),
  )
  return data.user?.display ?? null
}

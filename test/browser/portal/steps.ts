import type { Page } from 'playwright-core'

/** Waits until a page has this heading. */
export async function at(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
}

/** Fills in fields by their labels. */
export async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label, { exact: true }).and(page.locator('input'))
    await field.fill(value)
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

/** Asks the API as a page does, and reads what it answers. */
export function ask(page: Page, method: string, path: string, body?: object) {
  return page.evaluate(
    async ({ method, path, body }) => {
      const token = /csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? ''
      const answer = await fetch(`/_allauth/browser/v1/${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'x-csrftoken': token },
        ...(body && { body: JSON.stringify(body) }),
      })
      return answer.json()
    },
    { method, path, body },
  )
}

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

const axe = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const widths = [1280, 320]
const schemes = ['light', 'dark'] as const

/** Whether everybody can use what a page shows, at each width and in each scheme of colours. */
export async function checkPage(page: Page): Promise<void> {
  const before = page.viewportSize()
  // What is shown while a page loads is none yet.
  await page.locator('h1').first().waitFor()
  // By the debugger, so that the policy of the page has no say.
  await page.evaluate(axe)
  for (const colorScheme of schemes) {
    for (const width of widths) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 800 })
      const where = `${new URL(page.url()).pathname}, ${colorScheme}, ${width} px`
      assert.deepEqual(await violations(page), [], where)
      const scrolled = await page.evaluate('document.documentElement.scrollWidth')
      assert.ok(Number(scrolled) <= width, `${where}: expected no more, found ${scrolled} px`)
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  if (before) await page.setViewportSize(before)
}

interface Violation {
  id: string
  nodes: { html: string; failureSummary?: string }[]
}

async function violations(page: Page): Promise<string[]> {
  const found = (await page.evaluate(
    'axe.run().then(({ violations }) => violations)',
  )) as Violation[]
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}

import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Listening, listen } from '../../packages/server/src/node/serve.ts'
import { createTestAuth, type TestAuth } from '../../packages/server/src/testing/auth.ts'
import { launchChromium } from './chromium.ts'

let auth: TestAuth
let server: Listening
let browser: Browser

beforeAll(async () => {
  const settings = {
    HEADLESS_SERVE_SPECIFICATION: true,
    MFA_SUPPORTED_TYPES: ['totp', 'webauthn', 'recovery_codes'],
    MFA_PASSKEY_LOGIN_ENABLED: true,
  }
  auth = await createTestAuth({ settings })
  server = await listen(auth, { port: 0, host: '127.0.0.1' })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop(1)
})

const widths = [1280, 320]
const schemes = ['light', 'dark'] as const

describe('the reference page in Chromium', () => {
  for (const colorScheme of schemes) {
    for (const width of widths) {
      it(`${colorScheme}, ${width} px: is styled under its policy, fits and can be read`, async () => {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
        const complaints: string[] = []
        page.on('console', (message) => complaints.push(message.text()))
        page.on('request', (request) => complaints.push(...foreign(request.url())))
        await page.goto(`${server.url}/_allauth/openapi.html`)
        assert.deepEqual(complaints, [])
        assert.equal(await page.evaluate('document.styleSheets.length'), 1)
        await openAll(page)
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
        assert.deepEqual(await page.evaluate(faintTexts), [])
        await page.close()
      })
    }
  }

  it('has one heading of the first level, and skips no level', async () => {
    const page = await browser.newPage()
    await page.goto(`${server.url}/_allauth/openapi.html`)
    const levels = await page.locator('h1, h2, h3, h4').evaluateAll((all) => {
      return all.map((it) => Number(it.tagName.slice(1)))
    })
    assert.equal(levels.filter((it) => it === 1).length, 1)
    assert.deepEqual(
      levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1),
      [],
    )
    for (const role of ['navigation', 'main'] as const) {
      assert.equal(await page.getByRole(role).count(), 1)
    }
    await page.close()
  })

  it('can be used by keyboard', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${server.url}/_allauth/openapi.html`)
    await page.keyboard.press('Tab')
    const first = page.locator(':focus')
    assert.equal(await first.textContent(), 'Skip to the content')
    assert.ok((await first.boundingBox())?.x ?? -1 >= 0)
    await page.keyboard.press('Enter')
    await page.locator('#getConfiguration summary').first().focus()
    await page.keyboard.press('Enter')
    await page.getByText('What this server offers, by part.').waitFor()
    await page.close()
  })
})

function foreign(url: string): string[] {
  return url.startsWith(server.url) ? [] : [url]
}

/** Unfolds everything. */
async function openAll(page: Page): Promise<void> {
  await page.locator('details').evaluateAll((all) => {
    for (const it of all) it.setAttribute('open', '')
  })
}

/** Texts whose contrast is below 4.5 to 1 (WCAG 2.2, 1.4.3). Runs in the page. */
const faintTexts = `(() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number)
  const part = (value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
  const behind = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const color = numbers(getComputedStyle(it).backgroundColor)
      if (color.length === 3 || color[3] > 0) return color
    }
    return [255, 255, 255]
  }
  const faint = new Set()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim()
    const element = walker.currentNode.parentElement
    if (text === '' || element.tagName === 'STYLE') continue
    const [a, b] = [light(numbers(getComputedStyle(element).color)), light(behind(element))]
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    if (ratio < 4.5) faint.add(element.className + ' ' + text.slice(0, 30) + ' ' + ratio.toFixed(2))
  }
  return [...faint].slice(0, 20)
})()`

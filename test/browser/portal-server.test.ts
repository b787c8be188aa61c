// The server's side of the portal: that its files work in a browser under the policy they are sent with.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Listening, listen } from '../../packages/server/src/node/serve.ts'
import { createTestAuth } from '../../packages/server/src/testing/auth.ts'
import { launchChromium } from './chromium.ts'

const html = `<!doctype html><html lang="en"><head><base href="/"><title>none</title>
<link rel="stylesheet" href="theme.css"><script type="module" src="./assets/main-1.js"></script>
<script>document.documentElement.dataset.inline = 'ran'</script></head>
<body><h1 style="color: red">Sign in</h1></body></html>`
const script = `document.title = new URL(document.baseURI).pathname
const answer = await fetch('/_latchkey/browser/v1/portal')
document.body.append((await answer.json()).data.name)
document.documentElement.dataset.foreign = await fetch('https://example.org/').then(() => 'sent', () => 'refused')`

let folder: string
let server: Listening
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-portal-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), html)
  writeFileSync(join(folder, 'assets/main-1.js'), script)
  const settings = {
    PORTAL_PATH: '/auth/',
    PORTAL_NAME: 'Acme accounts',
    PORTAL_COLOR_SCHEME: 'dark',
    PORTAL_COLORS: { accent: 'rgb(1 2 3)' },
  }
  const auth = await createTestAuth({ settings, portalFolder: folder })
  server = await listen(auth, { port: 0, host: '127.0.0.1' })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop(1)
  rmSync(folder, { recursive: true, force: true })
})

async function open(path: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`${server.url}${path}`)
  await page.waitForFunction(() => document.documentElement.dataset.foreign)
  return page
}

describe('a page of the portal in Chromium', () => {
  for (const path of ['/auth', '/auth/', '/auth/verify-email/a.key/of-a-link']) {
    it(`finds its files and the API from ${path}`, async () => {
      const page = await open(path)
      assert.equal(await page.title(), '/auth/')
      assert.match((await page.textContent('body')) ?? '', /Acme accounts/)
      const style = 'getComputedStyle(document.documentElement)'
      assert.equal(
        await page.evaluate(`${style}.getPropertyValue('--latchkey-accent')`),
        'rgb(1 2 3)',
      )
      assert.equal(await page.evaluate(`${style}.colorScheme`), 'dark')
      await page.close()
    })
  }

  it('runs nothing inline and asks nobody else', async () => {
    const page = await open('/auth/')
    assert.equal(await page.evaluate('document.documentElement.dataset.inline'), undefined)
    assert.equal(await page.evaluate('document.documentElement.dataset.foreign'), 'refused')
    const red = await page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert.notEqual(red, 'rgb(255, 0, 0)')
    await page.close()
  })
})

// The app of docs/guides/vite-spa.md, with plain fetch and with React, served by Vite as the guide has it.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Listening, listen } from '../../packages/server/src/node/serve.ts'
import { createTestAuth, type TestAuth } from '../../packages/server/src/testing/auth.ts'
import { type Block, readBlocks, root } from '../docs/markdown.ts'
import { type Started, startNode } from '../docs/started.ts'
import { launchChromium } from './chromium.ts'

const blocks = readBlocks('docs/guides/vite-spa.md')
// Below the repository, so that Vite serves the client, which is a workspace of it.
const cache = join(root, 'docs/.vitepress/cache')
const reactPage = '<!doctype html><body><script type="module" src="/src/main.tsx"></script></body>'

let auth: TestAuth
let server: Listening
let browser: Browser

beforeAll(async () => {
  auth = await createTestAuth({
    settings: {
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
      HEADLESS_CLIENTS: ['browser'],
    },
  })
  server = await listen(auth, { port: 0, host: '127.0.0.1' })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop(1)
})

/** Serves files of the guide by Vite. */
async function startVite(files: Record<string, string>): Promise<Started & { url: string }> {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'vite-spa-'))
  const settings = '{ "compilerOptions": { "jsx": "react-jsx" } }'
  for (const [name, text] of Object.entries({ 'tsconfig.json': settings, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text.replace('http://localhost:8000', server.url))
  }
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const port = await freePort()
  const started = await startNode([vite, '--strictPort', '--port', String(port)], {
    cwd: folder,
    env: { NO_COLOR: '1' },
    until: /Local:\s+(\S+)/,
  })
  async function stop() {
    await started.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { ...started, url: `http://localhost:${port}/`, stop }
}

/** The blocks of the guide that are named after files, from one heading to the next. */
function filesOf(section: string): Record<string, string> {
  const isFile = ({ note }: Block) => /\.(ts|tsx|html)$/.test(note)
  const config = blocks.filter(({ note }) => note === 'vite.config.ts')
  const own = blocks.filter((block) => block.section === section && isFile(block))
  assert.ok(config.length > 0 && own.length > 0, section)
  return Object.fromEntries([...config, ...own].map(({ note, text }) => [note, text]))
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  assert.ok(typeof address === 'object' && address)
  return address.port
}

async function signIn(page: Page, email: string, password: string, button: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: button }).click()
}

/** Signs up, verifies the address, reloads, signs out, and back in, first with a wrong password. */
async function use(page: Page, email: string): Promise<void> {
  const password = 'correct horse battery'
  await signIn(page, email, '12345', 'Sign up')
  await page.getByRole('alert').filter({ hasText: 'short' }).waitFor()
  await signIn(page, email, password, 'Sign up')
  const code = page.getByLabel('The code we mailed')
  await code.waitFor()
  await code.fill('BCDF-GHJK')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor()
  await code.fill(await auth.secretTo(email))
  await page.getByRole('button', { name: 'Go on' }).click()
  const greeting = page.getByText(`Hello, ${email.split('@')[0]}.`)
  await greeting.waitFor()
  await page.reload()
  await greeting.waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await signIn(page, email, 'wrong', 'Sign in')
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor()
  await signIn(page, email, password, 'Sign in')
  await greeting.waitFor()
}

describe('docs/guides/vite-spa.md in Chromium', () => {
  for (const [name, section, email] of [
    ['plain fetch', 'With plain fetch', 'ann@example.org'],
    ['the client and React', 'With the client and React', 'bob@example.org'],
  ] as const) {
    it(`signs people up and in, with ${name}`, { timeout: 60_000 }, async () => {
      const vite = await startVite({ 'index.html': reactPage, ...filesOf(section) })
      const context = await browser.newContext()
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      const faults: Error[] = []
      page.on('pageerror', (error) => faults.push(error))
      try {
        await page.goto(vite.url)
        await use(page, email)
        assert.deepEqual(faults, [])
      } finally {
        await context.close()
        await vite.stop()
      }
    })
  }
})

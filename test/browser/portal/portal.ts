import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type Assembled, assemble } from '../../../packages/server/src/assemble.ts'
import { startHttpSink } from '../../../packages/server/src/delivery/testing/http-sink.ts'
import { startSmtpSink } from '../../../packages/server/src/delivery/testing/smtp-sink.ts'
import { answerIncoming } from '../../../packages/server/src/node/answer.ts'
import { loadSettings } from '../../../packages/server/src/settings/load.ts'
import { createTestDatabase } from '../../../packages/server/src/testing/database.ts'
import { quickHasher } from '../../../packages/server/src/testing/quick-hasher.ts'
import { createUser, type UserInput } from '../../../packages/server/src/users/create.ts'
import { textOf } from './mail.ts'

/** A server with the built pages, a mail server, and a gateway for text messages. */
export interface Portal {
  url: string
  /** The server itself, to look into. */
  auth: Assembled
  /** The server's clock, which runs. */
  readonly clock: { readonly now: number }
  /** Moves it on. */
  advance(seconds: number): void
  createUser(user: UserInput): Promise<string>
  /** Waits for the next mail to an address that was not asked for yet; its text. */
  mailTo(address: string): Promise<string>
  /** The code in it. */
  mailedCode(address: string): Promise<string>
  /** The link in it. */
  mailedLink(address: string): Promise<string>
  /** Waits for the next code to a number. */
  textedCode(phone: string): Promise<string>
  /** What went wrong in pages that `openPage` opened: exceptions, and what the policy kept from loading. */
  faults: string[]
  stop(): Promise<void>
}

const patienceMs = 10_000
const secretKey = 'a secret that only the tests know, long enough'

type FlatSettings = Record<string, unknown>

/** Starts one with settings by their names of the environment; they may depend on its address. */
export async function startPortal(
  settings: FlatSettings | ((url: string) => Promise<FlatSettings>) = {},
): Promise<Portal> {
  const [database, smtp, sms] = await Promise.all([
    createTestDatabase(),
    startSmtpSink(),
    startHttpSink(),
  ])
  let auth: Assembled | undefined
  const http = createServer((incoming, outgoing) => {
    if (auth) answerIncoming(auth, incoming, outgoing)
    else outgoing.writeHead(503).end()
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  // A server that listens on a port has an address of this kind. Passkeys want a name, not a number.
  const url = `http://localhost:${(http.address() as AddressInfo).port}`
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const loaded = loadSettings({
    overrides: {
      SECRET_KEY: secretKey,
      DATABASE_URL: database.url,
      PUBLIC_URL: url,
      SMTP_URL: smtp.url,
      SMS_URL: sms.url,
      LOG_LEVEL: 'error',
      ...(typeof settings === 'function' ? await settings(url) : settings),
    },
  })
  const assembled = await assemble(loaded.settings, { now, hasher: quickHasher })
  auth = assembled
  const { server } = assembled
  const seen = new Set<object>()

  /** The newest that was not seen; those before it are out of date with it. */
  async function next<T extends object>(list: () => T[], what: string): Promise<T> {
    const deadline = Date.now() + patienceMs
    while (Date.now() < deadline) {
      await server.outbox.drain()
      const fresh = list().filter((it) => !seen.has(it))
      for (const it of fresh) seen.add(it)
      const last = fresh.at(-1)
      if (last) return last
      await sleep(20)
    }
    throw new Error(`expected ${what}, found none`)
  }

  const portal: Portal = {
    url,
    auth: assembled,
    faults: [],
    clock: {
      get now() {
        return now()
      },
    },
    advance(seconds) {
      aheadMs += seconds * 1000
    },
    createUser: (user) =>
      createUser(
        { db: server.db, hasher: server.hasher, account: server.settings.account, now },
        user,
      ),
    async mailTo(address) {
      const mails = () => smtp.received.filter(({ to }) => to.includes(address))
      return textOf((await next(mails, `a mail to ${address}`)).raw)
    },
    async mailedCode(address) {
      return found(await portal.mailTo(address), /\n\n([A-Z\d]{3,}(?:-[A-Z\d]{3,})?)\n\n/)
    },
    async mailedLink(address) {
      return found(await portal.mailTo(address), /^(http:\S+)$/m)
    },
    async textedCode(phone) {
      const texts = () => sms.received.filter(({ event }) => Reflect.get(event, 'phone') === phone)
      return String(Reflect.get((await next(texts, `a text message to ${phone}`)).event, 'code'))
    },
    async stop() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
      await assembled.close()
      await Promise.all([smtp.stop(), sms.stop(), database.close()])
    },
  }
  return portal
}

/** Starts one for a test, which must have met no fault. */
export async function withPortal(
  settings: Parameters<typeof startPortal>[0],
  use: (portal: Portal) => Promise<void>,
): Promise<void> {
  const portal = await startPortal(settings)
  try {
    await use(portal)
    assert.deepEqual(portal.faults, [])
  } finally {
    await portal.stop()
  }
}

/** Opens a page in a browser of its own, as a visitor does who was never there. */
export async function openPage(
  browser: Browser,
  portal: Portal,
  { path = '/', ...options }: BrowserContextOptions & { path?: string } = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  page.on('pageerror', (error) => portal.faults.push(String(error)))
  page.on('console', (message) => {
    if (/content security policy|mime type/i.test(message.text()))
      portal.faults.push(message.text())
  })
  await page.goto(portal.url + path)
  return page
}

function found(text: string, pattern: RegExp): string {
  const [, part] = pattern.exec(text) ?? []
  if (part === undefined) throw new Error(`expected ${pattern}, found ${text}`)
  return part
}

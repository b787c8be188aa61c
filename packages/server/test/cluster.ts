// Four servers over one database, and the mailbox and telephones of their users.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { type SmtpSink, startSmtpSink } from '../src/delivery/testing/smtp-sink.ts'
import { createTestDatabase, type TestDatabase } from '../src/testing/database.ts'
import { type HttpAnswer, type HttpRequest, request } from './http-client.ts'
import {
  cleanUp,
  type Environment,
  latchkey,
  makeFolder,
  type RunningServer,
  startServer,
  testSecret,
  until,
} from './processes.ts'

export const password = 'correct horse battery'

const base = {
  SECRET_KEY: testSecret,
  // So that each request can come from an address of its own, and limits per address are passed by.
  ALLAUTH_TRUSTED_PROXY_COUNT: '1',
  HEADLESS_FRONTEND_URLS: JSON.stringify({
    account_confirm_email: 'https://app.example.test/verify-email/{key}',
    account_reset_password_from_key: 'https://app.example.test/reset-password/{key}',
  }),
}

/** Four servers over one new database, and what their users can do. */
export function useCluster(settings: Environment) {
  const workers: RunningServer[] = []
  let cwd: string
  let database: TestDatabase
  let sink: SmtpSink
  let phones: Telephones
  let asked = 0

  beforeAll(async () => {
    cwd = makeFolder()
    database = await createTestDatabase()
    sink = await startSmtpSink()
    phones = await startTelephones()
    const env = { SMTP_URL: sink.url, SMS_URL: phones.url }
    const started = [1, 2, 3, 4].map(() => startServer({ cwd, env: { ...environment(), ...env } }))
    workers.push(...(await Promise.all(started)))
  })

  afterAll(async () => {
    const ends = await Promise.all(workers.map((worker) => worker.stop()))
    await cleanUp()
    await database.close()
    await sink.stop()
    phones.stop()
    for (const { code, stdout, stderr } of ends) {
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
      assert.doesNotMatch(stdout, /"level":[56]0|locked/)
    }
  })

  function environment(): Environment {
    return { ...base, ...settings, DATABASE_URL: database.url }
  }

  /** Each request goes to the next worker, and comes from another address. */
  function ask(method: string, path: string, options: HttpRequest = {}): Promise<HttpAnswer> {
    asked += 1
    const worker = workers[asked % workers.length]
    assert.ok(worker)
    const ip = `203.0.${asked >> 8}.${asked & 255}`
    return request(worker.url, method, path, { ip, ...options })
  }

  function mailsTo(address: string): string[] {
    return sink.received
      .filter(({ to }) => to.includes(address))
      .map(({ raw }) => raw.replaceAll('=\r\n', '').replaceAll('\r\n', '\n').replaceAll('=3D', '='))
  }

  /** What a `select count(*) as count` finds. */
  async function read(query: RawBuilder<unknown>): Promise<number> {
    const { rows } = await query.execute(database.db)
    return Number((rows[0] as { count: unknown }).count)
  }

  return {
    ask,
    /** Runs a command beside the servers. */
    run: (...words: string[]) => latchkey(words, { cwd, env: environment() }),
    mailsTo,
    atOnce: (times: number, method: string, path: string, options: (n: number) => HttpRequest) =>
      Promise.all(Array.from({ length: times }, (_, n) => ask(method, path, options(n)))),
    async signUp(email: string, expected: string): Promise<string> {
      const { outcome, body } = await ask('POST', 'auth/signup', { json: { email, password } })
      assert.equal(outcome, expected)
      return body.meta?.session_token ?? ''
    },
    mailTo: (address: string) => until(`a mail to ${address}`, () => mailsTo(address)[0]),
    codeAt: (phone: string) => until(`a code at ${phone}`, () => phones.codes.get(phone)),
    read,
    allMailSent: () =>
      until(
        'all mail is sent',
        async () => (await read(sql`select count(*) as count from outbox`)) === 0,
      ),
    countEmail: (email: string) =>
      read(sql`select count(*) as count from email_addresses where email = ${email}`),
  }
}

/** What the gateway for text messages was given. */
interface Telephones {
  url: string
  /** The newest code that each number was sent. */
  codes: Map<string, string>
  stop(): void
}

async function startTelephones(): Promise<Telephones> {
  const codes = new Map<string, string>()
  const server = createServer(async (request, response) => {
    const { phone, code } = (await json(request)) as { phone: string; code: string | null }
    if (code !== null) codes.set(phone, code)
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address)
  return {
    url: `http://127.0.0.1:${address.port}/`,
    codes,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

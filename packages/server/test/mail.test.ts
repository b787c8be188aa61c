import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, it } from 'vitest'
import { type SmtpSink, startSmtpSink } from '../src/delivery/testing/smtp-sink.ts'
import { request } from './http-client.ts'
import { cleanUp, makeFolder, startServer, testSecret, until } from './processes.ts'

const closers: (() => Promise<unknown>)[] = []

afterEach(async () => {
  await cleanUp()
  for (const close of closers.splice(0)) await close()
})

const settings = { SECRET_KEY: testSecret, ACCOUNT_RATE_LIMITS: 'false' }

describe('mail', () => {
  it('leaves after the answer to a signup', async () => {
    const sink = await smtpSink()
    const env = { ...settings, SMTP_URL: sink.url }
    const { url } = await startServer({ cwd: makeFolder(), env })
    assert.equal(await signUp(url, 'ann'), 200)
    await until('the mail', () => sink.received.length === 1)
    assert.deepEqual(sink.received[0]?.to, ['ann@example.org'])
  })

  it('waits while its server is down, and nothing is lost', async () => {
    const port = await freePort()
    const env = { ...settings, SMTP_URL: `smtp://127.0.0.1:${port}` }
    const { url, said } = await startServer({ cwd: makeFolder(), env })
    const names = ['ann', 'bob', 'cyd', 'dan', 'eve', 'fay']
    for (const name of names) assert.equal(await signUp(url, name), 200)
    await until('a try', () => said.stdout.includes('no message gets through'))
    const sink = await smtpSink({ port })
    await until('all mails', () => sink.received.length >= names.length)
    assert.deepEqual(recipients(sink), names)
  })

  it('survives a process that is killed between its answer and the sending, and goes out once', async () => {
    const cwd = makeFolder()
    const silent = await silentServer()
    const names = ['ann', 'bob', 'cyd', 'dan', 'eve', 'fay']
    const port = silent.port
    const env = { ...settings, SMTP_URL: `smtp://127.0.0.1:${port}` }
    const first = await startServer({ cwd, env })
    const startedAt = performance.now()
    for (const name of names) assert.equal(await signUp(first.url, name), 200)
    // The first try alone waits for ten seconds; no answer waits with it.
    assert.ok(performance.now() - startedAt < 9000)
    await until('a try', () => silent.connections() > 0)
    await first.kill()
    await silent.stop()

    endLeases(join(cwd, 'latchkey.sqlite3'))
    const sink = await smtpSink({ port })
    await startServer({ cwd, env })
    await startServer({ cwd, env })
    await until('all mails', () => sink.received.length >= names.length)
    await sleep(300)
    assert.deepEqual(recipients(sink), names)
  })
})

describe('text messages', () => {
  it('are posted to the webhook after the answer to a signup', async () => {
    const received: unknown[] = []
    const gateway = createHttpServer((incoming, outgoing) => {
      json(incoming).then((message) => {
        received.push(message)
        outgoing.writeHead(204).end()
      })
    }).listen(0, '127.0.0.1')
    await once(gateway, 'listening')
    closers.push(() => new Promise((resolve) => gateway.close(resolve)))
    const { port } = gateway.address() as AddressInfo
    const env = {
      ...settings,
      SMS_URL: `http://127.0.0.1:${port}/sms`,
      ACCOUNT_LOGIN_METHODS: 'phone',
      ACCOUNT_SIGNUP_FIELDS: 'phone*,password1*',
      ACCOUNT_PHONE_VERIFICATION_ENABLED: 'true',
    }
    const { url } = await startServer({ cwd: makeFolder(), env })
    const phone = '+31612345678'
    const account = { phone, password: 'correct horse battery' }
    const { outcome, body } = await request(url, 'POST', 'auth/signup', { json: account })
    assert.equal(outcome, '401')
    assert.equal(body.data?.flows?.find((flow) => flow.is_pending)?.id, 'verify_phone')
    const [message] = await until('the message', () => received.length > 0 && received)
    assert.deepEqual(Object.keys(message as object), ['phone', 'code', 'text', 'language'])
    assert.equal((message as { phone: string }).phone, phone)
  })
})

async function signUp(url: string, name: string): Promise<number> {
  const account = { email: `${name}@example.org`, password: 'correct horse battery' }
  return (await request(url, 'POST', 'auth/signup', { json: account })).status
}

async function smtpSink(options: { port?: number } = {}): Promise<SmtpSink> {
  const sink = await startSmtpSink(options)
  closers.push(() => sink.stop())
  return sink
}

/** Takes connections and never says a word. */
async function silentServer() {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    connections: () => sockets.length,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Does what a minute does: what the killed process was sending may be sent by another. */
function endLeases(path: string): void {
  const db = new DatabaseSync(path)
  assert.ok(Number(db.prepare('update outbox set lease_until = 0').run().changes) > 0)
  db.close()
}

function recipients(sink: SmtpSink): (string | undefined)[] {
  return sink.received.map(({ to }) => to[0]?.replace('@example.org', '')).sort()
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

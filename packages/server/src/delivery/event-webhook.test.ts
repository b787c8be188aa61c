import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { createMailbox } from './memory.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { enqueue, sweepWebhooks } from './store.ts'
import { type HttpSink, startHttpSink, verifyPosted } from './testing/http-sink.ts'
import { createTestLog, mailTo, testKeys, webhookTo } from './testing/parts.ts'

const secrets = [24, 64].map((length) => `whsec_${Buffer.alloc(length, 7).toString('base64')}`)
const [older = '', newer = ''] = secrets
const hour = 3_600_000
let database: TestDatabase
let sinks: HttpSink[] = []
const outboxes: Outbox[] = []
let time = Date.now()
const now = () => time

beforeEach(async () => {
  database = await createTestDatabase()
  time = Date.now()
})

afterEach(async () => {
  for (const outbox of outboxes.splice(0)) await outbox.close()
  for (const sink of sinks.splice(0)) await sink.stop()
  await database.close()
})

async function startSink(port?: number): Promise<HttpSink> {
  const sink = await startHttpSink(port)
  sinks.push(sink)
  return sink
}

async function stopSink(sink: HttpSink): Promise<void> {
  sinks = sinks.filter((it) => it !== sink)
  await sink.stop()
}

function start(urls: readonly string[], signedBy: readonly string[] = [older]) {
  const log = createTestLog()
  const mailbox = createMailbox(now)
  const webhooks = { urls, secrets: signedBy }
  const { db } = database
  const parts = { ...mailbox, db, keys: testKeys, now, webhooks, log, intervalMs: 60_000 }
  const outbox = createOutbox(parts)
  outboxes.push(outbox)
  return { outbox, log, mailbox }
}

const put = (...messages: Parameters<typeof enqueue>[1][number][]) =>
  enqueue(database.db, messages, { keys: testKeys, now })
const rows = () => database.db.selectFrom('outbox').selectAll().orderBy('id').execute()
const ids = (sink: HttpSink) => sink.received.map(({ headers }) => headers['webhook-id'])
const withStatus =
  (status: number, headers = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, headers).end('what it says does not matter')

describe('a webhook', () => {
  it('is signed by every secret, so that a receiver may know any of them', async () => {
    const sink = await startSink()
    const { outbox } = start([sink.url], [newer, older])
    await put(webhookTo(sink.url, 'one'))
    await outbox.drain()
    const [posted] = sink.received
    assert.ok(posted)
    assert.deepEqual(verifyPosted(older, posted), posted.event)
    assert.deepEqual(verifyPosted(newer, posted), posted.event)
    assert.match(posted.headers['webhook-signature'] ?? '', /^v1,\S{44} v1,\S{44}$/)
    assert.equal(posted.headers['content-type'], 'application/json')
    const other = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
    assert.throws(() => verifyPosted(other, posted))
    assert.throws(() => verifyPosted(older, { ...posted, body: `${posted.body} ` }))
    assert.deepEqual(await rows(), [])
  })

  it('is tried again with the same id and body, and the time of the try', async () => {
    const sink = await startSink()
    sink.answer = withStatus(500)
    const { outbox, log } = start([sink.url])
    await put(webhookTo(sink.url, 'one'))
    await outbox.drain()
    sink.answer = withStatus(200)
    await outbox.drain()
    assert.equal(sink.received.length, 1, 'not before its time')
    time += 6001
    await outbox.drain()
    const [first, second] = sink.received
    assert.ok(first && second)
    assert.deepEqual([first.body, ids(sink)], [second.body, ['one', 'one']])
    const times = [first, second].map(({ headers }) => Number(headers['webhook-timestamp']))
    assert.equal((times[1] ?? 0) - (times[0] ?? 0), 6)
    assert.deepEqual(verifyPosted(older, second), first.event)
    assert.deepEqual(await rows(), [])
    assert.equal(log.lines[0]?.details.code, 'http_500')
  })

  it.each([301, 302, 307, 308])('follows no redirect (%i)', async (status) => {
    const sink = await startSink()
    const other = await startSink()
    sink.answer = withStatus(status, { location: other.url })
    const { outbox } = start([sink.url])
    await put(webhookTo(sink.url, 'one'))
    await outbox.drain()
    assert.deepEqual([sink.received.length, other.received.length], [1, 0])
    assert.equal((await rows()).length, 1)
  })

  it('is given up at once where the endpoint says that it is gone', async () => {
    const sink = await startSink()
    sink.answer = withStatus(410)
    const { outbox, log } = start([sink.url])
    await put(webhookTo(sink.url, 'one'))
    await outbox.drain()
    assert.deepEqual(await rows(), [])
    assert.equal(log.lines.at(-1)?.message, 'a message was given up')
  })

  it.each([400, 401, 404, 429, 500, 503])(
    'is given up after about three days of %i',
    async (status) => {
      const sink = await startSink()
      sink.answer = withStatus(status)
      const { outbox } = start([sink.url])
      await put(webhookTo(sink.url, 'one'))
      const begin = time
      for (let left = await rows(); left[0]; left = await rows()) {
        time = left[0].available_at
        await outbox.drain()
      }
      const hours = (time - begin) / hour
      assert.ok(hours > 60 && hours < 80, `${hours} hours`)
      assert.ok(sink.received.length >= 15 && sink.received.length <= 20)
    },
  )

  it('is given up after three days of silence', async () => {
    const sink = await startSink()
    await stopSink(sink)
    const { outbox } = start([sink.url])
    await put(webhookTo(sink.url, 'one'))
    time += 72 * hour - 1
    await outbox.drain()
    assert.equal((await rows()).length, 1)
    time += 60_001
    await outbox.drain()
    assert.deepEqual(await rows(), [])
  })

  it('of an endpoint that there is no more is not sent, and goes after a while', async () => {
    const sink = await startSink()
    const { outbox } = start([])
    await put(webhookTo(sink.url, 'one'))
    await outbox.drain()
    assert.equal(await sweepWebhooks(database.db, time + 90 * hour), 0)
    assert.deepEqual([sink.received.length, (await rows()).length], [0, 1])
    assert.equal(
      await sweepWebhooks(database.db, time + 97 * hour),
      1,
      'it says how many, to be logged',
    )
    assert.deepEqual(await rows(), [])
  })

  it('carries name and password of the address as basic authentication', async () => {
    const sink = await startSink()
    const url = sink.url.replace('http://', 'http://hook:p%40ss@')
    const { outbox } = start([url])
    await put(webhookTo(url, 'one'))
    await outbox.drain()
    const expected = `Basic ${Buffer.from('hook:p@ss').toString('base64')}`
    assert.equal(sink.received[0]?.headers.authorization, expected)
  })
})

describe('an endpoint that is down', () => {
  it('gets all in order when it comes back, and holds back neither mail nor others', async () => {
    const sink = await startSink()
    const other = await startSink()
    await stopSink(sink)
    const { outbox, mailbox, log } = start([sink.url, other.url])
    const names = Array.from({ length: 30 }, (_, index) => `event ${index}`)
    for (const name of names) await put(webhookTo(sink.url, name), webhookTo(other.url, name))
    await put(mailTo('ann@example.org'))
    await outbox.drain()
    assert.deepEqual(ids(other), names)
    assert.equal(mailbox.messages().length, 1)
    assert.equal((await rows()).length, 30)
    const back = await startSink(sink.port)
    await outbox.drain()
    assert.deepEqual(ids(back), names)
    assert.deepEqual(await rows(), [])
    const said = JSON.stringify(log.lines)
    assert.match(said, /"endpoint":1/)
    assert.doesNotMatch(said, /127\.0\.0\.1|whsec|ann@|\/events/)
  })

  it('is asked less and less often, up to once a minute', async () => {
    const sink = await startSink()
    await stopSink(sink)
    const { outbox, log } = start([sink.url])
    await put(webhookTo(sink.url, 'one'), webhookTo(sink.url, 'two'))
    await outbox.drain()
    for (const seconds of [2, 4, 8, 16, 32, 60, 60]) {
      const before = log.lines.length
      time += 500
      outbox.kick()
      await sleep(30)
      assert.equal(log.lines.length, before, `${seconds} s`)
      time += seconds * 1000
      outbox.kick()
      await vi.waitFor(() => assert.equal(log.lines.length, before + 1, `${seconds} s`))
    }
  })

  it('and hangs holds back no other', async () => {
    const sink = await startSink()
    const other = await startSink()
    sink.answer = () => {}
    const { outbox } = start([sink.url, other.url])
    await put(webhookTo(sink.url, 'one'), webhookTo(other.url, 'one'))
    outbox.kick()
    await vi.waitFor(() => assert.deepEqual([ids(sink), ids(other)], [['one'], ['one']]), 10_000)
    sink.answer = withStatus(204)
    await stopSink(sink)
  })
})

it('a process that is killed while it posts loses nothing: the next one posts the same', async () => {
  const sink = await startSink()
  sink.answer = () => {}
  const script = fileURLToPath(new URL('./testing/post-and-wait.ts', import.meta.url))
  const child = spawn(process.execPath, [script, database.url, sink.url, older])
  for (let wait = 0; wait < 1000 && sink.received.length === 0; wait++) await sleep(10)
  child.kill('SIGKILL')
  await once(child, 'exit')
  sink.answer = withStatus(204)
  const { outbox } = start([sink.url])
  time = Date.now() + 2001
  await outbox.drain()
  assert.deepEqual(ids(sink), ['survivor', 'survivor'])
  assert.equal(sink.received[0]?.body, sink.received[1]?.body)
  assert.deepEqual(await rows(), [])
})

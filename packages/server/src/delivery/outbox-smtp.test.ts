import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { createMailbox } from './memory.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createSmtpTransport } from './smtp.ts'
import { enqueue } from './store.ts'
import { createTestLog, mailTo, testKeys } from './testing/parts.ts'
import { type SmtpSink, startSmtpSink, subjects } from './testing/smtp-sink.ts'

let database: TestDatabase
let sink: SmtpSink
let time = Date.now()
const now = () => time
const cleanups: (() => Promise<void>)[] = []

function start(url: string): Outbox {
  const mail = createSmtpTransport({ url, from: 'noreply@example.org', siteName: 'Acme' })
  const { sms } = createMailbox(now)
  const log = createTestLog()
  const outbox = createOutbox({
    db: database.db,
    keys: testKeys,
    now,
    mail,
    sms,
    log,
    intervalMs: 50,
  })
  cleanups.unshift(() => outbox.close().then(() => mail.close()))
  return outbox
}

const put = (to: string, ...list: string[]) => {
  const messages = list.map((subject) => mailTo(to, subject))
  return enqueue(database.db, messages, { keys: testKeys, now })
}
const isReceived = async (count: number) => {
  for (let wait = 0; wait < 800 && sink.received.length < count; wait++) await sleep(10)
  assert.equal(sink.received.length, count)
}

beforeEach(async () => {
  database = await createTestDatabase()
  sink = await startSmtpSink()
  cleanups.push(() => sink.stop())
  cleanups.push(() => database.close())
})

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

describe('an SMTP server', () => {
  it('that is down and comes up again gets every mail, once and in order', async () => {
    const { port, url } = sink
    await sink.stop()
    await put('ann@example.org', 'one', 'two', 'three')
    await put('bob@example.org', 'one', 'two')
    const outbox = start(url)
    await outbox.drain()
    await sleep(300)
    sink = await startSmtpSink({ port })
    time += 5000
    await isReceived(5)
    await outbox.drain()
    const toAnn = sink.received.filter((mail) => mail.to[0] === 'ann@example.org')
    assert.deepEqual(
      toAnn.map((mail) => mail.headers.get('subject')),
      ['one', 'two', 'three'],
    )
    assert.deepEqual(await database.db.selectFrom('outbox').selectAll().execute(), [])
  })

  it('that goes away between two mails gets the second when it is back', async () => {
    const { port, url } = sink
    const outbox = start(url)
    await put('ann@example.org', 'one')
    await outbox.drain()
    await sink.stop()
    await put('ann@example.org', 'two')
    await outbox.drain()
    await sleep(100)
    sink = await startSmtpSink({ port })
    for (let wait = 0; wait < 100 && sink.received.length === 0; wait++) {
      time += 1000
      await outbox.drain()
      await sleep(20)
    }
    assert.deepEqual(subjects(sink), ['two'])
  })

  it('that refuses one recipient for good still gets the mail to the others', async () => {
    const refusing = await startSmtpSink({
      onRcptTo({ address }, _, callback) {
        if (!address.startsWith('nobody')) return callback()
        callback(Object.assign(new Error('no such user'), { responseCode: 550 }))
      },
    })
    cleanups.unshift(() => refusing.stop())
    await put('nobody@example.org', 'lost')
    await put('ann@example.org', 'one')
    const outbox = start(refusing.url)
    for (let round = 0; round < 6; round++) {
      await outbox.drain()
      time += 60_000
    }
    assert.deepEqual(subjects(refusing), ['one'])
    const rows = await database.db.selectFrom('outbox').select('attempts').execute()
    assert.deepEqual(
      rows.map((row) => row.attempts),
      [3],
    )
  })

  it('that says "later" (greylisting) gets the mail later', async () => {
    let tries = 0
    const greylisting = await startSmtpSink({
      onRcptTo(_, __, callback) {
        tries += 1
        if (tries > 2) return callback()
        callback(Object.assign(new Error('try again later'), { responseCode: 451 }))
      },
    })
    cleanups.unshift(() => greylisting.stop())
    await put('ann@example.org', 'one')
    const outbox = start(greylisting.url)
    await outbox.drain()
    time += 1500
    await outbox.drain()
    assert.deepEqual(subjects(greylisting), [])
    time += 3000
    await outbox.drain()
    assert.deepEqual(subjects(greylisting), ['one'])
  })
})

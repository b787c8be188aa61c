import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import { deriveKeys } from '../crypto/keys.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import {
  type Attempt,
  DeliveryError,
  type Mail,
  type MailTransport,
  type Message,
  type SmsTransport,
} from './messages.ts'
import { createOutbox, type Outbox, type OutboxOptions } from './outbox.ts'
import { enqueue, neverMs } from './store.ts'
import { createTestLog, mailTo, smsTo, testKeys } from './testing/parts.ts'

let database: TestDatabase
let outboxes: Outbox[] = []
let time = Date.now()
let sent: string[] = []
const now = () => time

/** Keeps what it sends; what `decide` throws is the failure. */
function mailTransport(
  decide: (mail: Mail, attempt: Attempt) => Promise<void> | void = () => {},
): MailTransport {
  return {
    async send(mail, attempt) {
      assert.ok(attempt)
      await decide(mail, attempt)
      sent.push(`${mail.to} ${mail.subject}`)
    },
    async close() {},
  }
}

const smsTransport: SmsTransport = {
  async send({ phone, code }) {
    sent.push(`${phone} ${code}`)
  },
  async close() {},
}

function start(options: Partial<OutboxOptions> = {}) {
  const log = createTestLog()
  const outbox = createOutbox({
    db: database.db,
    keys: testKeys,
    now,
    mail: mailTransport(),
    sms: smsTransport,
    log,
    intervalMs: 20,
    ...options,
  })
  outboxes.push(outbox)
  return { outbox, log }
}

const put = (...messages: Message[]) => enqueue(database.db, messages, { keys: testKeys, now })
const rows = () => database.db.selectFrom('outbox').selectAll().orderBy('id').execute()
const isSent = async (count: number) => {
  for (let wait = 0; wait < 500 && sent.length < count; wait++) await sleep(10)
  assert.equal(sent.length, count)
}

beforeEach(async () => {
  database = await createTestDatabase()
  sent = []
  time += 60_000
})

afterEach(async () => {
  for (const outbox of outboxes) await outbox.close()
  outboxes = []
  await database.close()
})

describe('enqueue', () => {
  it('writes neither address nor content in the clear', async () => {
    await put(mailTo('Ann@Example.org', 'Secret subject'), smsTo('+31612345678', '483920'))
    const [mail, sms] = await rows()
    assert.deepEqual([mail?.kind, sms?.kind], ['mail', 'sms'])
    assert.doesNotMatch(
      JSON.stringify(await rows()),
      /ann@|example\.org|Secret subject|31612345678|483920/i,
    )
    assert.ok(mail!.recipient_hash.length <= 64 && mail!.id.length === 36)
    assert.ok(mail!.id < sms!.id)
  })

  it('takes addresses that differ in case for one recipient', async () => {
    await put(mailTo('Ann@Example.org'), mailTo('ann@example.org'))
    const [first, second] = await rows()
    assert.equal(first?.recipient_hash, second?.recipient_hash)
  })

  it('sends nothing of a transaction that was rolled back', async () => {
    const { outbox } = start()
    const failing = database.db.transaction().execute(async (tx) => {
      await enqueue(tx, [mailTo('ann@example.org')], { keys: testKeys, now })
      throw new Error('changed my mind')
    })
    await assert.rejects(failing, /changed my mind/)
    await outbox.drain()
    assert.deepEqual(sent, [])
  })

  it('takes an empty list', async () => {
    await put()
    assert.deepEqual(await rows(), [])
  })
})

describe('an outbox', () => {
  it('sends what it finds when it starts, and deletes it', async () => {
    await put(mailTo('ann@example.org', 'one'), smsTo('+31612345678', '111'))
    start()
    await isSent(2)
    await sleep(30)
    assert.deepEqual(sent.toSorted(), ['+31612345678 111', 'ann@example.org one'])
    assert.deepEqual(await rows(), [])
  })

  it('sends in order to one recipient, and more than one batch', async () => {
    const subjects = Array.from({ length: 45 }, (_, index) => `message ${index}`)
    await put(...subjects.map((subject) => mailTo('ann@example.org', subject)))
    const { outbox } = start({ batch: 7 })
    await outbox.drain()
    assert.deepEqual(
      sent,
      subjects.map((subject) => `ann@example.org ${subject}`),
    )
  })

  it('starts sending after kick() without holding up the caller', async () => {
    const { outbox } = start({ intervalMs: 60_000 })
    await outbox.drain()
    await put(mailTo('ann@example.org', 'one'))
    for (let count = 0; count < 100; count++) outbox.kick()
    assert.deepEqual(sent, [])
    await isSent(1)
  })

  it('finds what another process has enqueued without being told', async () => {
    start({ intervalMs: 20 })
    await enqueue(database.again(), [mailTo('ann@example.org', 'one')], { keys: testKeys, now })
    await isSent(1)
  })

  it('sends to four recipients at once, and no more', async () => {
    let atOnce = 0
    let most = 0
    const mail = mailTransport(async () => {
      atOnce += 1
      most = Math.max(most, atOnce)
      await sleep(50)
      atOnce -= 1
    })
    const people = Array.from({ length: 12 }, (_, index) => `user${index}@example.org`)
    await put(...people.flatMap((to) => [mailTo(to, 'one'), mailTo(to, 'two')]))
    const { outbox } = start({ mail, batch: 3 })
    await outbox.drain()
    assert.equal(most, 4)
    assert.equal(sent.length, 24)
  })

  it('gives every try of a message the same id', async () => {
    const ids: string[] = []
    const mail = mailTransport((_, attempt) => {
      ids.push(attempt.id)
      if (ids.length === 1) throw new DeliveryError('failed', 'smtp_451')
    })
    await put(mailTo('ann@example.org'))
    const { outbox } = start({ mail })
    await outbox.drain()
    time += 2000
    await outbox.drain()
    assert.equal(ids.length, 2)
    assert.equal(ids[0], ids[1])
  })

  it('tells how long the oldest message has waited', async () => {
    const { outbox } = start({ mail: mailTransport(fail('failed')), intervalMs: 60_000 })
    assert.equal(await outbox.oldestAgeMs(), 0)
    await put(mailTo('ann@example.org'))
    time += 5000
    await put(mailTo('bob@example.org'))
    assert.equal(await outbox.oldestAgeMs(), 5000)
  })
})

describe('a message that fails', () => {
  it('is tried again after 1, 2, 4 … seconds, at most 15 minutes, and given up after 12 tries', async () => {
    await put(mailTo('ann@example.org', 'doomed'))
    const { outbox, log } = start({ mail: mailTransport(fail('failed')), intervalMs: 60_000 })
    for (let attempt = 1; attempt < 12; attempt++) {
      await outbox.drain()
      const [row] = await rows()
      const base = Math.min(900_000, 1000 * 2 ** (attempt - 1))
      const delay = row!.available_at - time
      assert.equal(row!.attempts, attempt)
      assert.ok(delay >= base && delay <= Math.min(900_000, base * 1.2), `${attempt}: ${delay} ms`)
      time = row!.available_at - 1
      await outbox.drain()
      assert.equal((await rows())[0]!.attempts, attempt, 'not before its time')
      time += 1
    }
    await outbox.drain()
    const [row] = await rows()
    assert.deepEqual([row!.attempts, row!.available_at], [12, neverMs])
    assert.equal(await outbox.oldestAgeMs(), 0)
    time += 365 * 86_400_000
    await outbox.drain()
    assert.equal((await rows())[0]!.attempts, 12)
    assert.equal(log.lines.filter((line) => line.level === 'error').length, 1)
    assert.equal(log.lines.length, 12)
    assert.deepEqual(log.lines[0]!.details, {
      id: row!.id,
      kind: 'mail',
      code: 'smtp_451',
      attempts: 1,
      delayMs: log.lines[0]!.details.delayMs,
    })
    assert.doesNotMatch(JSON.stringify(log.lines), /ann|example|doomed/)
  })

  it('is given up after three tries where it was refused for good', async () => {
    await put(mailTo('nobody@example.org'))
    const { outbox, log } = start({ mail: mailTransport(fail('refused')), intervalMs: 60_000 })
    for (let attempt = 0; attempt < 5; attempt++) {
      await outbox.drain()
      time += 3_600_000
    }
    const [row] = await rows()
    assert.deepEqual([row!.attempts, row!.available_at], [3, neverMs])
    assert.equal(log.lines.at(-1)!.level, 'error')
  })

  it('holds back neither other recipients nor what the same one gets later', async () => {
    await put(
      mailTo('ann@example.org', 'bad'),
      mailTo('ann@example.org', 'good'),
      mailTo('bob@example.org'),
    )
    const mail = mailTransport(({ subject }) => {
      if (subject === 'bad') throw new DeliveryError('failed', 'smtp_451')
    })
    const { outbox } = start({ mail })
    await outbox.drain()
    assert.deepEqual(sent.toSorted(), ['ann@example.org good', 'bob@example.org Hello'])
    assert.equal((await rows()).length, 1)
  })

  it('is retried whatever a transport throws, and no address gets into the log', async () => {
    await put(mailTo('ann@example.org'))
    const mail = mailTransport(() => {
      throw new TypeError('cannot send to ann@example.org')
    })
    const { outbox, log } = start({ mail })
    await outbox.drain()
    assert.equal((await rows())[0]!.attempts, 1)
    assert.equal(log.lines[0]!.details.code, 'TypeError')
    assert.doesNotMatch(JSON.stringify(log.lines), /example/)
  })
})

describe('a transport that hangs', () => {
  it('holds back neither other recipients nor the other kind', async () => {
    await put(mailTo('slow@example.org'), mailTo('ann@example.org'), smsTo('+31612345678', '1'))
    const mail = mailTransport(async ({ to }) => {
      if (to.startsWith('slow')) await sleep(300)
    })
    start({ mail })
    await isSent(2)
    await put(mailTo('bob@example.org'))
    await isSent(3)
    assert.ok(!sent.some((line) => line.startsWith('slow')))
  })

  it('is given up in time, so that nobody else takes the lease meanwhile', async () => {
    await put(mailTo('slow@example.org'))
    let wasAborted = false
    const mail = mailTransport(async (_, { signal }) => {
      signal.addEventListener('abort', () => {
        wasAborted = true
      })
      await sleep(2000, undefined, { ref: false })
      // By now another test is running, to which this message does not belong.
      throw new Error('too late')
    })
    const { outbox, log } = start({ mail, leaseMs: 100 })
    await outbox.drain()
    assert.ok(wasAborted)
    assert.equal(log.lines[0]!.details.code, 'timeout')
    const [row] = await rows()
    assert.deepEqual([row!.attempts, row!.lease_id, row!.lease_until], [1, null, 0])
  })
})

describe('a server that cannot be reached', () => {
  it('costs no attempt and no order, however long it lasts', async () => {
    let isUp = false
    let tries = 0
    const mail = mailTransport(() => {
      tries += 1
      if (!isUp) throw new DeliveryError('unreachable', 'ECONNREFUSED')
    })
    const messages = ['one', 'two', 'three'].map((subject) => mailTo('ann@example.org', subject))
    await put(...messages)
    const { outbox, log } = start({ mail })
    for (let minute = 0; minute < 60; minute++) {
      await outbox.drain()
      time += 60_000
    }
    assert.ok((await rows()).every((row) => row.attempts === 0 && row.lease_id === null))
    await put(mailTo('ann@example.org', 'four'))
    isUp = true
    await outbox.drain()
    assert.deepEqual(
      sent,
      ['one', 'two', 'three', 'four'].map((subject) => `ann@example.org ${subject}`),
    )
    assert.ok(tries < 130, `${tries} tries`)
    assert.equal(log.lines.at(-1)!.message, 'messages get through again')
  })

  it('is not asked again before a pause of 1, 2, 4, 5, 5 … seconds', async () => {
    let tries = 0
    const mail = mailTransport(() => {
      tries += 1
      throw new DeliveryError('unreachable', 'ECONNREFUSED')
    })
    await put(mailTo('ann@example.org'))
    const { outbox } = start({ mail, intervalMs: 5 })
    await vi.waitFor(() => assert.equal(tries, 1))
    for (const [index, seconds] of [1, 2, 4, 5, 5].entries()) {
      time += seconds * 1000 - 1
      outbox.kick()
      await sleep(40)
      assert.equal(tries, index + 1)
      time += 1
      await vi.waitFor(() => assert.equal(tries, index + 2))
    }
  })
})

describe('a lease', () => {
  const lease = (until: number) =>
    database.db.updateTable('outbox').set({ lease_id: 'dead', lease_until: until }).execute()

  it('of a worker that was killed is taken over when it ends', async () => {
    await put(mailTo('ann@example.org', 'one'))
    await lease(time + 60_000)
    await put(mailTo('ann@example.org', 'two'), mailTo('bob@example.org', 'one'))
    const { outbox } = start()
    await outbox.drain()
    assert.deepEqual(sent, ['bob@example.org one'], 'two would overtake one')
    time += 59_999
    await outbox.drain()
    assert.equal(sent.length, 1)
    time += 1
    await outbox.drain()
    assert.deepEqual(sent.slice(1), ['ann@example.org one', 'ann@example.org two'])
  })

  it('goes to one of several outboxes over the same file', async () => {
    const people = Array.from({ length: 20 }, (_, index) => `user${index}@example.org`)
    const counts = Array.from({ length: 10 }, (_, index) => index)
    await put(...counts.flatMap((count) => people.map((to) => mailTo(to, `${count}`))))
    const running = [database.db, database.again(), database.again()].map((db) =>
      start({ db, mail: mailTransport(() => sleep(1)), intervalMs: 5 }),
    )
    await isSent(200)
    await Promise.all(running.map(({ outbox }) => outbox.drain()))
    assert.equal(new Set(sent).size, 200)
    assert.equal(sent.length, 200)
    for (const to of people) {
      const order = sent.filter((line) => line.startsWith(`${to} `))
      assert.deepEqual(
        order,
        counts.map((count) => `${to} ${count}`),
      )
    }
  })
})

describe('the secrets', () => {
  it('may change: what an older one encrypted is still sent', async () => {
    await put(mailTo('ann@example.org', 'one'))
    const keys = deriveKeys(['a new secret', 'a secret that is only used in tests'])
    const { outbox } = start({ keys })
    await outbox.drain()
    assert.deepEqual(sent, ['ann@example.org one'])
  })

  it('may be unknown here for a while: another server sends what was written with it', async () => {
    const keys = deriveKeys(['another secret'])
    await enqueue(database.db, [mailTo('ann@example.org', 'one')], { keys, now })
    const old = start({ intervalMs: 60_000 })
    for (let minutes = 0; minutes < 30; minutes++) {
      time += 60_000
      await old.outbox.drain()
    }
    const [row] = await rows()
    assert.equal(row!.attempts, 0)
    assert.ok(row!.available_at <= time + 300_000)
    assert.deepEqual([...new Set(old.log.lines.map(({ level }) => level))], ['warn'])
    assert.ok(old.log.lines.length < 15)
    const knowing = start({ keys, intervalMs: 60_000 })
    time += 300_000
    await knowing.outbox.drain()
    assert.deepEqual(sent, ['ann@example.org one'])
    assert.deepEqual(await rows(), [])
  })

  it('must fit: a message that none of them decrypts in a day is kept and reported, once', async () => {
    await put(mailTo('ann@example.org', 'one'))
    const { outbox, log } = start({ keys: deriveKeys(['another secret']), intervalMs: 60_000 })
    time += 86_400_000
    await outbox.drain()
    await outbox.drain()
    const [row] = await rows()
    assert.deepEqual([row!.attempts, row!.available_at], [12, neverMs])
    assert.deepEqual(
      log.lines.map((line) => line.level),
      ['error'],
    )
  })

  it('bind a message to its row: a payload that was moved is not sent', async () => {
    await put(mailTo('ann@example.org'), mailTo('bob@example.org'))
    const [first, second] = await rows()
    await database.db
      .updateTable('outbox')
      .set({ payload: second!.payload })
      .where('id', '=', first!.id)
      .execute()
    const { outbox } = start()
    await outbox.drain()
    assert.deepEqual(sent, ['bob@example.org Hello'])
  })
})

describe('close()', () => {
  it('waits for what is being sent and starts nothing more', async () => {
    await put(mailTo('ann@example.org', 'one'), mailTo('ann@example.org', 'two'))
    const { promise: started, resolve: begin } = Promise.withResolvers<void>()
    const { promise: accepted, resolve: accept } = Promise.withResolvers<void>()
    const mail = mailTransport(async () => {
      begin()
      await accepted
    })
    const { outbox } = start({ mail })
    await started
    const closed = outbox.close()
    accept()
    await closed
    assert.deepEqual(sent, ['ann@example.org one'])
    outbox.kick()
    await outbox.drain()
    assert.equal(sent.length, 1)
    assert.equal((await rows()).length, 1)
  })

  it('can be called twice', async () => {
    const { outbox } = start()
    await Promise.all([outbox.close(), outbox.close()])
  })
})

it('a database that fails is reported, and asked again later', async () => {
  const { outbox, log } = start({ intervalMs: 60_000 })
  await database.db.schema.alterTable('outbox').renameTo('outbox_elsewhere').execute()
  await outbox.drain()
  assert.equal(log.lines[0]!.level, 'error')
  await database.db.schema.alterTable('outbox_elsewhere').renameTo('outbox').execute()
  await put(mailTo('ann@example.org'))
  await outbox.drain()
  assert.equal(sent.length, 1)
})

function fail(failure: 'failed' | 'refused'): () => void {
  return () => {
    throw new DeliveryError(failure, failure === 'failed' ? 'smtp_451' : 'smtp_550')
  }
}

it('tells of a table that can not be read when that begins and when it ends', async () => {
  const { log } = start()
  const told = (text: string) => log.lines.filter((line) => JSON.stringify(line).includes(text))
  const rename = (from: string, to: string) =>
    sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(database.db)
  await rename('outbox', 'outbox_gone')
  try {
    await vi.waitFor(() => assert.equal(told('cannot be read').length, 2))
    await sleep(200)
    assert.equal(told('cannot be read').length, 2, 'one for each kind of message')
  } finally {
    await rename('outbox_gone', 'outbox')
  }
  await vi.waitFor(() => assert.equal(told('can be read again').length, 2))
  await put(mailTo('ann@example.org', 'after'))
  await isSent(1)
})

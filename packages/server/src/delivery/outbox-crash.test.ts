import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { enqueue } from './store.ts'
import { mailTo, testKeys } from './testing/parts.ts'
import { type SmtpSink, startSmtpSink, subjects } from './testing/smtp-sink.ts'

let database: TestDatabase
let sink: SmtpSink
let children: ChildProcess[] = []

function run(script: string, ...args: string[]): ChildProcess {
  const path = fileURLToPath(new URL(`./testing/${script}`, import.meta.url))
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit']
  const child = spawn(process.execPath, [path, ...args], { stdio })
  children.push(child)
  return child
}

async function killAfter(child: ChildProcess, word: string): Promise<void> {
  assert.ok(child.stdout)
  const [said] = await once(child.stdout, 'data')
  assert.equal(String(said).trim(), word)
  child.kill('SIGKILL')
  const [, signal] = await once(child, 'exit')
  assert.equal(signal, 'SIGKILL')
}

beforeEach(async () => {
  database = await createTestDatabase()
  sink = await startSmtpSink()
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  await sink.stop()
  await database.close()
})

describe('a process that is killed', () => {
  it('between its answer and sending loses no mail: the next process sends it', async () => {
    await killAfter(run('enqueue-and-wait.ts', database.url), 'answered')
    const next = run('send-all.ts', database.url, sink.url)
    const [code] = await once(next, 'exit')
    assert.equal(code, 0)
    assert.deepEqual(subjects(sink), ['survivor'])
  })

  it('while it sends loses no mail: the next process sends it when the lease has ended', async () => {
    await killAfter(run('enqueue-and-wait.ts', database.url, 'while-sending'), 'sending')
    const [row] = await database.db.selectFrom('outbox').selectAll().execute()
    assert.ok(row?.lease_id)
    const next = run('send-all.ts', database.url, sink.url)
    const [code] = await once(next, 'exit')
    assert.equal(code, 0)
    assert.ok(Date.now() >= row.lease_until)
    assert.deepEqual(subjects(sink), ['survivor'])
  })
})

it('three processes over one database send each mail once', async () => {
  const messages = Array.from({ length: 150 }, (_, index) =>
    mailTo(`user${index % 30}@example.org`, `mail ${index}`),
  )
  await enqueue(database.db, messages, { keys: testKeys, now: Date.now })
  const workers = [1, 2, 3].map(() => run('send-all.ts', database.url, sink.url))
  const ends = await Promise.all(workers.map((worker) => once(worker, 'exit')))
  assert.deepEqual(
    ends.map(([code]) => code),
    [0, 0, 0],
  )
  assert.equal(sink.received.length, 150)
  assert.equal(new Set(subjects(sink)).size, 150)
  for (let user = 0; user < 30; user++) {
    const mine = sink.received.filter((mail) => mail.to[0] === `user${user}@example.org`)
    const numbers = mine.map((mail) => Number(mail.headers.get('subject')?.slice(5)))
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    )
  }
})

// Enqueues one mail, says so on stdout, begins to send it to a transport that never answers, and
// waits to be killed. Run by outbox-crash.test.ts with the path of the database.
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../../storage/open.ts'
import { createMailbox } from '../memory.ts'
import { createOutbox } from '../outbox.ts'
import { enqueue } from '../store.ts'
import { createTestLog, mailTo, testKeys } from './parts.ts'

const [path = '', mode] = process.argv.slice(2)
const db = openDatabase(path)
await db.transaction().execute(async (tx) => {
  await enqueue(tx, [mailTo('ann@example.org', 'survivor')], { keys: testKeys, now: Date.now })
})

if (mode === 'while-sending') {
  const { sms } = createMailbox(Date.now)
  const mail = {
    async send() {
      process.stdout.write('sending\n')
      await sleep(60_000)
    },
    async close() {},
  }
  const log = createTestLog()
  createOutbox({ db, keys: testKeys, now: Date.now, mail, sms, log, leaseMs: 2000 })
} else {
  process.stdout.write('answered\n')
}
await sleep(60_000)

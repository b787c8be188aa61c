// Enqueues one webhook, begins to post it, and waits to be killed. Run by the tests with the path of the
// database and the address of an endpoint that does not answer.
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../../storage/open.ts'
import { createMailbox } from '../memory.ts'
import { createOutbox } from '../outbox.ts'
import { enqueue } from '../store.ts'
import { createTestLog, testKeys, webhookTo } from './parts.ts'

const [path = '', url = '', secret = ''] = process.argv.slice(2)
const db = openDatabase(path)
await enqueue(db, [webhookTo(url, 'survivor')], { keys: testKeys, now: Date.now })
createOutbox({
  ...createMailbox(Date.now),
  db,
  keys: testKeys,
  now: Date.now,
  webhooks: { urls: [url], secrets: [secret] },
  log: createTestLog(),
  leaseMs: 2000,
})
await sleep(60_000)

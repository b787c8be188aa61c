// Sends what is due in the database to an SMTP server until nothing is left, then ends. Run by the
// tests as a process of its own with the path of the database and the URL of the server.
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../../storage/open.ts'
import { createMailbox } from '../memory.ts'
import { createOutbox } from '../outbox.ts'
import { createSmtpTransport } from '../smtp.ts'
import { createTestLog, testKeys } from './parts.ts'

const [path = '', url = ''] = process.argv.slice(2)
const db = openDatabase(path)
const mail = createSmtpTransport({ url, from: 'noreply@example.org', siteName: 'Acme' })
const { sms } = createMailbox(Date.now)
const log = createTestLog()
const outbox = createOutbox({ db, keys: testKeys, now: Date.now, mail, sms, log, intervalMs: 20 })
const isEmpty = async () => (await db.selectFrom('outbox').select('id').execute()).length === 0
while (!(await isEmpty())) await sleep(20)
await outbox.close()
await mail.close()
await db.destroy()

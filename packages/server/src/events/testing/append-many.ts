// Appends events to the chain of a database, one transaction each. Run by the tests as a process of its
// own with the path of the database and the number of events.
import { deriveKeys } from '../../crypto/keys.ts'
import { openDatabase } from '../../storage/open.ts'
import { appendRows } from '../chain/append.ts'
import { toRow } from '../rows.ts'
import { auditSecret } from './chain.ts'

const [path = '', count = '0'] = process.argv.slice(2)
const db = openDatabase(path)
const keys = deriveKeys([auditSecret])
for (let written = 0; written < Number(count); written++) {
  const origin = { now: Date.now(), sessionId: null, ip: '192.0.2.1', userAgent: `${process.pid}` }
  const row = toRow({ type: 'logged_in', userId: 'ann', method: 'password' }, origin)
  await db.transaction().execute((tx) => appendRows(tx, keys, [row]))
}
await db.destroy()

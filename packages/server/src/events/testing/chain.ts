import { deriveKeys, type Keys } from '../../crypto/keys.ts'
import { loadSettings } from '../../settings/load.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { appendRows } from '../chain/append.ts'
import type { Link } from '../chain/links.ts'
import { verifyChain } from '../chain/verify.ts'
import { toRow } from '../rows.ts'

/** A chain in a database of its own. */
export interface TestChain extends TestDatabase {
  keys: Keys
  settings: ReturnType<typeof loadSettings>['settings']
  /** Writes so many events at a time. */
  write(count: number, at?: number): Promise<void>
  /** What `verifyChain` says: `1-5`, or where it is broken and how. */
  verify(options?: { checkpoint?: Link; keys?: Keys }): Promise<string>
  link(seq: number): Promise<Link>
  [Symbol.asyncDispose](): Promise<void>
}

export const auditSecret = 'the secret of the audit log in these tests'

export async function createTestChain(): Promise<TestChain> {
  const database = await createTestDatabase()
  const { db } = database
  const keys = deriveKeys([auditSecret])
  return {
    ...database,
    db,
    keys,
    settings: loadSettings({}).settings,
    async write(count, at = Date.now()) {
      const origin = { now: at, sessionId: null, ip: '192.0.2.1', userAgent: 'a test' }
      const rows = Array.from({ length: count }, () =>
        toRow({ type: 'logged_in', userId: 'ann', method: 'password' }, origin),
      )
      await db.transaction().execute((tx) => appendRows(tx, keys, rows))
    },
    async verify({ checkpoint, keys: others = keys } = {}) {
      const found = await verifyChain(db, others, checkpoint)
      return found.isWhole ? `${found.from}-${found.to}` : `${found.seq} ${found.problem}`
    },
    async link(seq) {
      const row = await db
        .selectFrom('events')
        .select('hash')
        .where('seq', '=', seq)
        .executeTakeFirstOrThrow()
      return { seq, hash: row.hash ?? '' }
    },
    [Symbol.asyncDispose]: () => database.close(),
  }
}

import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'

const password = 'velvet-Otter-41'
const mostPages = 1_000_000

/** As on a disk that is full: nothing is added to the file any more. SQLite alone can be made to do that. */
async function fillDisk({ server: { db } }: TestAuth): Promise<void> {
  await sql`pragma max_page_count = 1`.execute(db)
  for (let slot = 0; slot < 10_000; slot += 1) {
    const row = { limit_key: 'x'.repeat(200), slot, free_at: 0 }
    const written = db.insertInto('rate_limits').values(row).execute()
    if (!(await written.then(Boolean, () => false))) return
  }
  throw new Error('the disk is never full')
}

async function freeDisk({ server: { db } }: TestAuth): Promise<void> {
  await sql`pragma max_page_count = ${sql.raw(String(mostPages))}`.execute(db)
}

describe('a database that can not be used', () => {
  it('is answered with 503 and when to come back, and is over without a restart', async () => {
    await using auth = await createTestAuth()
    const client = auth.client('app', { mayFail: true })
    const input = { email: 'ann@example.org', password }
    await fillDisk(auth)
    for (let tries = 0; tries < 20; tries += 1) {
      const { status, text, headers } = await client.post('auth/signup', input)
      assert.deepEqual({ status, text }, { status: 503, text: '{"status":503}' })
      assert.equal(headers.get('retry-after'), '5')
    }
    assert.equal((await client.get('auth/session')).status, 401)
    await freeDisk(auth)
    assert.equal((await client.post('auth/signup', input)).status, 200)
  })

  it('is logged with the id of a request, once in ten seconds', async () => {
    await using auth = await createTestAuth()
    const client = auth.client('app', { mayFail: true })
    await fillDisk(auth)
    const ids: (string | null)[] = []
    for (let tries = 0; tries < 5; tries += 1) {
      if (tries === 4) auth.clock.advance(10)
      const input = { email: `u${tries}@example.org`, password }
      ids.push((await client.post('auth/signup', input)).headers.get('x-request-id'))
    }
    const lines = auth.logged.filter(({ text }) => text === 'the database does not answer')
    assert.deepEqual(
      lines.map(({ level, details }) => ({ level, ...details, err: undefined })),
      [
        { level: 'error', requestId: ids[0], others: 0, err: undefined },
        { level: 'error', requestId: ids[4], others: 3, err: undefined },
      ],
    )
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth } from '../testing/auth.ts'
import { createTestDatabase } from '../testing/database.ts'
import { prepareOutage } from '../testing/outage.ts'

const password = 'velvet-Otter-41'
async function start() {
  const database = await createTestDatabase()
  const outage = await prepareOutage(database)
  const auth = await createTestAuth({ database, settings: { DATABASE_URL: outage.url } })
  return {
    auth,
    outage,
    async [Symbol.asyncDispose]() {
      await auth.close()
      await outage.close()
      await database.close()
    },
  }
}

describe('a database that can not be used', () => {
  it('is answered with 503 and when to come back, and is over without a restart', async () => {
    await using started = await start()
    const { auth, outage } = started
    const client = auth.client('app', { mayFail: true })
    const input = { email: 'ann@example.org', password }
    await outage.begin(auth)
    for (let tries = 0; tries < 20; tries += 1) {
      const { status, text, headers } = await client.post('auth/signup', input)
      assert.deepEqual({ status, text }, { status: 503, text: '{"status":503}' })
      assert.equal(headers.get('retry-after'), '5')
    }
    assert.equal((await client.get('auth/session')).status, 401)
    await outage.end(auth)
    assert.equal((await client.post('auth/signup', input)).status, 200)
  })

  it('is logged with the id of a request, once in ten seconds', async () => {
    await using started = await start()
    const { auth, outage } = started
    const client = auth.client('app', { mayFail: true })
    await outage.begin(auth)
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

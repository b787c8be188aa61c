import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { type HttpSink, startHttpSink, verifyPosted } from '../delivery/testing/http-sink.ts'
import { createTestAuth } from '../testing/auth.ts'
import { signIn } from '../testing/signed-in.ts'
import { writeEventFrom } from './store.ts'

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const ann = { email: 'ann@example.org', password: 'correct horse battery' }
let sink: HttpSink

beforeEach(async () => {
  sink = await startHttpSink()
})

afterEach(() => sink.stop())

const start = (settings = {}) =>
  createTestAuth({
    settings: { WEBHOOK_URLS: [sink.url], WEBHOOK_SECRETS: [secret], ...settings },
    users: [ann],
  })
const types = () => sink.received.map(({ event }) => event.type)

describe('events', () => {
  it('are posted with who, where and what', async () => {
    await using auth = await start()
    const client = await signIn(auth, ann)
    await client.delete('auth/session')
    await auth.server.outbox.drain()
    assert.deepEqual(types(), ['logged_in', 'logged_out'])
    const rows = await auth.server.db.selectFrom('events').selectAll().orderBy('seq').execute()
    const [posted] = sink.received
    const [row] = rows
    assert.ok(posted && row)
    assert.deepEqual(verifyPosted(secret, posted), {
      type: 'logged_in',
      timestamp: new Date(row.created_at).toISOString(),
      data: {
        id: row.id,
        user_id: row.user_id,
        session_id: row.session_id,
        ip: '192.0.2.1',
        user_agent: '',
        method: 'password',
      },
    })
    assert.equal(posted.headers['webhook-id'], row.id)
  })

  it('name the session by what opens nothing', async () => {
    await using auth = await start()
    const client = await signIn(auth, ann)
    await auth.server.outbox.drain()
    const id = sink.received[0]?.event.data.session_id
    assert.equal(typeof id, 'string')
    assert.notEqual(client.token, id)
    const stranger = auth.client('app')
    const asked = await stranger.get('auth/session', { headers: { 'x-session-token': String(id) } })
    assert.equal(asked.status, 410)
    const browser = auth.client('browser')
    browser.cookies.set('sessionid', String(id))
    assert.equal((await browser.get('auth/session')).status, 401)
  })

  it('that were rolled back are not posted', async () => {
    await using auth = await start()
    const { db } = auth.server
    const origin = { now: auth.clock.now, sessionId: null, ip: '', userAgent: '' }
    const event = { type: 'logged_out', userId: 'ann' } as const
    const failing = db.transaction().execute(async (tx) => {
      await writeEventFrom(tx, auth.server, { event, origin })
      throw new Error('changed my mind')
    })
    await assert.rejects(failing, /changed my mind/)
    await auth.server.outbox.drain()
    assert.deepEqual(types(), [])
    await db.transaction().execute((tx) => writeEventFrom(tx, auth.server, { event, origin }))
    await auth.server.outbox.drain()
    assert.deepEqual(types(), ['logged_out'])
  })

  it('that strangers can cause without end are posted only where that is asked for', async () => {
    const wrong = { ...ann, password: 'wrong horse' }
    {
      await using auth = await start()
      await auth.client('app').post('auth/login', wrong)
      await signIn(auth, ann)
      await auth.server.outbox.drain()
      assert.deepEqual(types(), ['logged_in'])
    }
    await using auth = await start({ WEBHOOK_EVENTS: ['login_failed'] })
    await auth.client('app').post('auth/login', wrong)
    await signIn(auth, ann)
    await auth.server.outbox.drain()
    assert.deepEqual(types(), ['logged_in', 'login_failed'])
    const rows = await auth.server.db.selectFrom('users').select('id').execute()
    assert.equal(sink.received[1]?.event.data.user_id, rows[0]?.id)
  })

  it('hold back nobody who logs in, and nothing of them is in the log, while nobody is there', async () => {
    await sink.stop()
    await using auth = await start()
    await signIn(auth, ann)
    await auth.server.outbox.drain()
    assert.ok(auth.logged.length > 0)
    assert.doesNotMatch(JSON.stringify(auth.logged), /127\.0\.0\.1|192\.0|whsec|ann@|\/events/)
    sink = await startHttpSink(sink.port)
    await auth.server.outbox.drain()
    assert.deepEqual(types(), ['logged_in'])
  })
})

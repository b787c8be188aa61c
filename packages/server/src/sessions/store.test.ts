import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { LostRace } from '../errors.ts'
import type { Exchange } from '../exchange.ts'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { TestClient } from '../testing/client.ts'
import { commit, noWrites } from './commit.ts'
import { findSession, newSession, saveSession, sidOf, sweepSessions } from './store.ts'

const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', password, email_verified: false }
const bob = { email: 'bob@example.org', password, email_verified: false }
const byCode = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  ACCOUNT_RATE_LIMITS: false,
}

/** An exchange with a session, as the HTTP layer makes it. */
function exchange({ server }: TestAuth, session = newSession()): Exchange {
  const request = {
    method: 'POST',
    isSecure: false,
    body: {},
    ip: '192.0.2.1',
    userAgent: '',
    header: () => undefined,
    hasQuery: () => false,
  }
  return { server, client: 'app', request, session, pending: noWrites(), paid: new Set() }
}

async function saved(auth: TestAuth): Promise<{ token: string; ctx: Exchange }> {
  const ctx = exchange(auth)
  ctx.session.state.methods = []
  await saveSession(auth.server.db, ctx)
  return { token: String(ctx.session.newToken), ctx }
}

async function reopen(auth: TestAuth, token: string): Promise<Exchange> {
  const found = await findSession(auth.server, 'app', sidOf(token))
  assert.ok(found)
  return exchange(auth, found.session)
}

describe('saveSession', () => {
  it('keeps the state, and hands out a token once', async () => {
    await using auth = await createTestAuth()
    const { token } = await saved(auth)
    const { session } = await reopen(auth, token)
    assert.deepEqual(session.state, { methods: [] })
    assert.equal(session.newToken, null)
  })

  it('writes nothing from a state that another request has changed meanwhile', async () => {
    await using auth = await createTestAuth()
    const { token } = await saved(auth)
    const [first, second] = [await reopen(auth, token), await reopen(auth, token)]
    first.session.state.methods = [{ method: 'first', at: 1 }]
    second.session.state.methods = [{ method: 'second', at: 2 }]
    await saveSession(auth.server.db, first)
    await assert.rejects(saveSession(auth.server.db, second), LostRace)
    const { session } = await reopen(auth, token)
    assert.deepEqual(session.state.methods, [{ method: 'first', at: 1 }])
  })

  it('does not bring an ended session back', async () => {
    await using auth = await createTestAuth()
    const { token } = await saved(auth)
    const [ending, writing] = [await reopen(auth, token), await reopen(auth, token)]
    ending.session.change = 'end'
    await saveSession(auth.server.db, ending)
    writing.session.change = 'rotate'
    await assert.rejects(saveSession(auth.server.db, writing), LostRace)
    assert.deepEqual(await auth.server.db.selectFrom('sessions').selectAll().execute(), [])
  })

  it('gives another token at a rotation, and the earlier one opens nothing', async () => {
    await using auth = await createTestAuth()
    const { token } = await saved(auth)
    const ctx = await reopen(auth, token)
    ctx.session.change = 'rotate'
    await saveSession(auth.server.db, ctx)
    assert.ok(ctx.session.newToken)
    assert.equal(await findSession(auth.server, 'app', sidOf(token)), null)
    await reopen(auth, ctx.session.newToken)
  })
})

describe('findSession', () => {
  it('opens nothing for the other kind of client, nor after the end', async () => {
    await using auth = await createTestAuth({ settings: { SESSION_COOKIE_AGE: 60 } })
    const { token } = await saved(auth)
    const later = (ms: number) => ({ ...auth.server, now: () => auth.clock.now + ms })
    assert.equal(await findSession(auth.server, 'browser', sidOf(token)), null)
    assert.ok(await findSession(later(59_999), 'app', sidOf(token)))
    assert.equal(await findSession(later(60_000), 'app', sidOf(token)), null)
  })
})

describe('sweepSessions', () => {
  it('removes what is over, and nothing else', async () => {
    await using auth = await createTestAuth({ settings: { SESSION_COOKIE_AGE: 60 } })
    await saved(auth)
    auth.clock.advance(30)
    const { token } = await saved(auth)
    auth.clock.advance(30)
    await sweepSessions(auth.server.db, auth.server.now())
    assert.equal((await auth.server.db.selectFrom('sessions').selectAll().execute()).length, 1)
    await reopen(auth, token)
  })
})

describe('commit', () => {
  it('writes all or nothing', async () => {
    await using auth = await createTestAuth()
    const { token } = await saved(auth)
    const [first, second] = [await reopen(auth, token), await reopen(auth, token)]
    first.session.state.methods = [{ method: 'first', at: 1 }]
    await commit(first)
    second.session.state.methods = [{ method: 'second', at: 2 }]
    second.pending.events.push({ type: 'signed_up', userId: 'x' })
    second.pending.writes.push(async (tx) => {
      await tx.insertInto('rate_limits').values({ limit_key: 'x', slot: 0, free_at: 0 }).execute()
    })
    await assert.rejects(commit(second), LostRace)
    const { db } = auth.server
    assert.deepEqual(await db.selectFrom('rate_limits').selectAll().execute(), [])
    assert.deepEqual(await db.selectFrom('events').selectAll().execute(), [])
  })

  it('touches nothing where nothing changed', async () => {
    await using auth = await createTestAuth()
    const { token } = await saved(auth)
    const ctx = await reopen(auth, token)
    const { version } = ctx.session
    await commit(ctx)
    assert.equal((await reopen(auth, token)).session.version, version)
  })
})

describe('requests that change one session at once', () => {
  it('lose nothing: of two logins both are tried, and one waits', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann, bob] })
    const client = auth.client('app')
    await client.post('auth/login', { email: ann.email, password })
    await Promise.all([ann, bob].map(({ email }) => client.post('auth/login', { email, password })))
    const row = await auth.server.db
      .selectFrom('sessions')
      .select('state')
      .executeTakeFirstOrThrow()
    const state = JSON.parse(row.state)
    assert.equal(state.methods.length, 3)
    assert.equal(state.emailVerification.loginId, state.login.id)
    assert.equal(state.emailVerification.target, state.login.email)
  })

  it('are refused with 409, and change nothing, where too many are faster', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const client = auth.client('app')
    await client.post('auth/login', { email: ann.email, password })
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => client.post('auth/login', { email: ann.email, password })),
    )
    const waiting = answers.filter((answer) => TestClient.pending(answer) === 'verify_email')
    for (const { status } of answers) assert.ok(status === 401 || status === 409, String(status))
    const row = await auth.server.db
      .selectFrom('sessions')
      .select('state')
      .executeTakeFirstOrThrow()
    assert.equal(JSON.parse(row.state).methods.length, 1 + waiting.length)
    assert.equal((await auth.sent()).length, 1 + waiting.length)
  })

  it('end in one signed-in session where each would sign in', async () => {
    const users = [{ ...ann, email_verified: true }]
    await using auth = await createTestAuth({ settings: byCode, users: [...users, bob] })
    const client = auth.client('app')
    await client.post('auth/login', { email: bob.email, password })
    const { token } = client
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => {
        const same = auth.client('app')
        same.token = token
        return same.post('auth/login', { email: ann.email, password })
      }),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal((await auth.server.db.selectFrom('sessions').selectAll().execute()).length, 1)
  })
})

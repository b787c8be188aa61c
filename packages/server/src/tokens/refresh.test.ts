import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth } from '../testing/auth.ts'
import { eventTypes } from '../testing/signed-in.ts'
import {
  ann,
  askWith,
  createTokenAuth,
  logInWithTokens,
  quickJwt,
  refresh,
  statusWith,
  traded,
} from './testing/signed-in.ts'

describe('tokens/refresh', () => {
  it('trades a refresh token for tokens that work, and those of before work on', async () => {
    await using auth = await createTokenAuth()
    const held = await logInWithTokens(auth)
    const next = await traded(refresh(auth, held.refresh))
    assert.notEqual(next.refresh, held.refresh)
    assert.equal(await statusWith(auth, next.access), 200)
    assert.equal(await statusWith(auth, held.access), 200)
    await traded(refresh(auth, next.refresh))
    assert.equal((await held.client.get('auth/session')).status, 200)
  })

  it('answers the same successor again within the grace period', async () => {
    await using auth = await createTokenAuth()
    const held = await logInWithTokens(auth)
    const next = await traded(refresh(auth, held.refresh))
    auth.clock.advance(30)
    assert.deepEqual(await traded(refresh(auth, held.refresh)), next)
    await traded(refresh(auth, next.refresh))
    assert.deepEqual(await traded(refresh(auth, held.refresh)), next)
    assert.ok(!(await eventTypes(auth)).includes('refresh_token_reused'))
  })

  it('makes one successor, however many ask at once', async () => {
    await using auth = await createTokenAuth()
    const held = await logInWithTokens(auth)
    const asked = Array.from({ length: 50 }, () => traded(refresh(auth, held.refresh)))
    const answers = new Set((await Promise.all(asked)).map((it) => JSON.stringify(it)))
    assert.equal(answers.size, 1)
    const rows = await auth.server.db.selectFrom('refresh_tokens').select('used_at').execute()
    assert.equal(rows.length, 2)
  })

  it('ends the session and all that came of it when a token is used after the grace period', async () => {
    await using auth = await createTokenAuth()
    const held = await logInWithTokens(auth)
    const other = await logInWithTokens(auth)
    const next = await traded(refresh(auth, held.refresh))
    auth.clock.advance(31)
    const refused = await refresh(auth, held.refresh)
    assert.deepEqual(refused.body, { status: 400 })
    assert.equal((await refresh(auth, next.refresh)).status, 400)
    assert.equal(await statusWith(auth, next.access), 410)
    assert.equal((await held.client.get('auth/session')).status, 410)
    assert.equal((await other.client.get('auth/session')).status, 200)
    const events = (await eventTypes(auth)).filter((it) => it === 'refresh_token_reused')
    assert.equal(events.length, 1)
    assert.ok(auth.logged.some(({ level, text }) => level === 'warn' && /used again/.test(text)))
    assert.ok(!JSON.stringify(auth.logged).includes(held.refresh))
  })

  it('writes one event, however many use a spent token at once', async () => {
    await using auth = await createTokenAuth()
    const held = await logInWithTokens(auth)
    await traded(refresh(auth, held.refresh))
    auth.clock.advance(31)
    const asked = Array.from({ length: 50 }, () => refresh(auth, held.refresh))
    for (const { status } of await Promise.all(asked)) assert.equal(status, 400)
    const events = (await eventTypes(auth)).filter((it) => it === 'refresh_token_reused')
    assert.equal(events.length, 1)
  })

  it('refuses a second use within the grace period where that is set, and ends nothing', async () => {
    await using auth = await createTokenAuth({ HEADLESS_JWT_REFRESH_TOKEN_IDEMPOTENT: false })
    const held = await logInWithTokens(auth)
    const next = await traded(refresh(auth, held.refresh))
    assert.equal((await refresh(auth, held.refresh)).status, 400)
    assert.equal(await statusWith(auth, next.access), 200)
    auth.clock.advance(31)
    assert.equal((await refresh(auth, held.refresh)).status, 400)
    assert.equal(await statusWith(auth, next.access), 410)
  })

  it('without rotation answers access tokens alone, as often as one asks', async () => {
    await using auth = await createTokenAuth({ HEADLESS_JWT_ROTATE_REFRESH_TOKEN: false })
    const held = await logInWithTokens(auth)
    for (let time = 1; time <= 3; time += 1) {
      auth.clock.advance(100)
      const next = await traded(refresh(auth, held.refresh))
      assert.equal(next.refresh, '')
      assert.equal(await statusWith(auth, next.access), 200)
    }
  })

  it('without rotation keeps an idle session going, and takes no token that was spent before', async () => {
    await using auth = await createTokenAuth({ SESSION_IDLE_TIMEOUT: 900 })
    const spent = await logInWithTokens(auth)
    await traded(refresh(auth, spent.refresh))
    const { database } = auth
    const settings = {
      ...quickJwt,
      SESSION_IDLE_TIMEOUT: 900,
      HEADLESS_JWT_ROTATE_REFRESH_TOKEN: false,
      HEADLESS_JWT_REFRESH_TOKEN_IDEMPOTENT: false,
    }
    await using other = await createTestAuth({ database, settings })
    assert.equal((await refresh(other, spent.refresh)).status, 400)
    const held = await logInWithTokens(other)
    for (let time = 1; time <= 6; time += 1) {
      other.clock.advance(600)
      await traded(refresh(other, held.refresh))
    }
    other.clock.advance(901)
    assert.equal((await refresh(other, held.refresh)).status, 400)
  })

  it('refuses an expired token without holding it against anybody', async () => {
    await using auth = await createTokenAuth()
    const held = await logInWithTokens(auth)
    auth.clock.advance(86_401)
    assert.equal((await refresh(auth, held.refresh)).status, 400)
    assert.equal((await held.client.get('auth/session')).status, 200)
    assert.ok(!(await eventTypes(auth)).includes('refresh_token_reused'))
  })

  it('keeps a session going: each refresh counts as use', async () => {
    await using auth = await createTokenAuth({ SESSION_COOKIE_AGE: 3600 })
    let { refresh: token } = await logInWithTokens(auth)
    for (let hour = 1; hour <= 5; hour += 1) {
      auth.clock.advance(3000)
      token = (await traded(refresh(auth, token))).refresh
    }
    auth.clock.advance(3601)
    assert.equal((await refresh(auth, token)).status, 400)
  })

  it('makes no token that outlives its session', async () => {
    await using auth = await createTokenAuth({ SESSION_COOKIE_AGE: 100 })
    const held = await logInWithTokens(auth)
    auth.clock.advance(101)
    assert.equal((await askWith(auth, held.access)).status, 401)
    assert.equal((await refresh(auth, held.refresh)).status, 400)
  })

  it('stores neither a token nor what could open a session, and forgets successors', async () => {
    await using auth = await createTokenAuth()
    const held = await logInWithTokens(auth)
    const next = await traded(refresh(auth, held.refresh))
    const read = () => auth.server.db.selectFrom('refresh_tokens').selectAll().execute()
    const kept = JSON.stringify(await read())
    for (const token of [held.refresh, next.refresh, next.access]) {
      assert.ok(!kept.includes(token) && !kept.includes(token.split('.')[2] ?? ''))
    }
    const sid = JSON.parse(atob(held.access.split('.')[1] ?? '')).sid
    assert.equal((await auth.client('app').get('auth/session', headers(sid))).status, 410)
  })

  it('needs its input, and says no more than that', async () => {
    await using auth = await createTokenAuth()
    for (const refreshToken of ['nonsense', 'a.b.c', ann.password, `${'x'.repeat(5000)}`]) {
      assert.deepEqual((await refresh(auth, refreshToken)).body, { status: 400 })
    }
    const missing = await auth.client('app').post('tokens/refresh', {})
    assert.equal(missing.body.errors?.[0]?.code, 'required')
    assert.equal((await auth.client('browser').post('tokens/refresh', {})).status, 404)
  })
})

function headers(token: string) {
  return { headers: { 'x-session-token': token } }
}

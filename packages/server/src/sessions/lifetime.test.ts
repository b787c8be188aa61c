import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import type { TestClient } from '../testing/client.ts'
import { databaseKind } from '../testing/database.ts'
import { settleActivity } from './activity.ts'
import { sessionEnds } from './lifetime.ts'
import { sweepSessions } from './store.ts'

const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', password }
const byCode = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}

async function signedIn(auth: TestAuth, kind: 'app' | 'browser' = 'app'): Promise<TestClient> {
  const client = auth.client(kind)
  assert.equal((await client.post('auth/login', ann)).status, 200)
  return client
}

/** Looks at the session, and waits until its use is noted. */
async function use({ server }: TestAuth, client: TestClient): Promise<number> {
  const { status } = await client.get('auth/session')
  await settleActivity(server)
  return status
}

async function rows({ server }: TestAuth) {
  return server.db.selectFrom('sessions').selectAll().execute()
}

function maxAge(headers: Headers): string | undefined {
  const line = headers.getSetCookie().find((it) => it.startsWith('sessionid='))
  return /Max-Age=(\d+)/.exec(line ?? '')?.[1]
}

describe('sessionEnds', () => {
  const settings = {
    sessionCookieAge: 1000,
    sessionIdleTimeout: null,
    sessionAbsoluteTimeout: null,
  }

  it.each([
    [{}, 1000, 1000],
    [{ sessionIdleTimeout: 100 }, 100, 1000],
    [{ sessionIdleTimeout: 5000 }, 1000, 1000],
    [{ sessionAbsoluteTimeout: 700 }, 200, 200],
    [{ sessionAbsoluteTimeout: 5000 }, 1000, 1000],
    [{ sessionAbsoluteTimeout: 700, sessionIdleTimeout: 300 }, 200, 200],
    [{ sessionAbsoluteTimeout: 700, sessionIdleTimeout: 150 }, 150, 200],
  ])('%j: in %i s unused, in %i s used, 500 s after the login', (limits, unused, used) => {
    const ends = sessionEnds({ createdAt: 500_000, now: 1_000_000 }, { ...settings, ...limits })
    assert.equal(ends.expires_at, 1_000_000 + unused * 1000)
    assert.equal(ends.lasts_until, 1_000_000 + used * 1000)
  })
})

describe.each(['app', 'browser'] as const)('SESSION_IDLE_TIMEOUT, for the client %s', (kind) => {
  const over = kind === 'app' ? 410 : 401
  const settings = { SESSION_IDLE_TIMEOUT: 600 }

  it('ends what is not used, and not what is', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const [idle, busy] = [await signedIn(auth, kind), await signedIn(auth, kind)]
    for (let minutes = 0; minutes < 30; minutes += 5) {
      auth.clock.advance(300)
      assert.equal(await use(auth, busy), 200)
    }
    assert.equal(await use(auth, idle), over)
    assert.equal((await busy.get('auth/sessions')).text.match(/"id"/g)?.length, 1)
    await sweepSessions(auth.server.db, auth.server.now())
    assert.equal((await rows(auth)).length, 1)
    auth.clock.advance(599)
    assert.equal(await use(auth, busy), 200)
    auth.clock.advance(600)
    assert.equal(await use(auth, busy), over)
  })
})

describe('SESSION_IDLE_TIMEOUT', () => {
  const settings = { SESSION_IDLE_TIMEOUT: 600 }

  it('is never exceeded, and falls short by no more than a tenth', async () => {
    await using auth = await createTestAuth({
      settings: { SESSION_IDLE_TIMEOUT: 60 },
      users: [ann],
    })
    const client = await signedIn(auth)
    for (let turn = 0; turn < 5; turn += 1) {
      auth.clock.advance(5)
      assert.equal(await use(auth, client), 200)
      auth.clock.advance(54)
      assert.equal(await use(auth, client), 200)
    }
    auth.clock.advance(60)
    assert.equal(await use(auth, client), 410)
  })

  it('does not carry a session past SESSION_COOKIE_AGE, which changes count anew for', async () => {
    await using auth = await createTestAuth({
      settings: { ...settings, SESSION_COOKIE_AGE: 1800 },
      users: [ann],
    })
    const client = await signedIn(auth)
    const useFor = async (seconds: number) => {
      for (let at = 0; at < seconds; at += 300) {
        auth.clock.advance(300)
        assert.equal(await use(auth, client), 200)
      }
    }
    await useFor(1500)
    assert.equal((await client.post('auth/reauthenticate', { password })).status, 200)
    await useFor(1500)
    auth.clock.advance(300)
    assert.equal(await use(auth, client), 410)
  })

  it('is written once by many requests at once, and not again for a minute', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signedIn(auth)
    await countWrites(auth)
    auth.clock.advance(59)
    await use(auth, client)
    assert.equal(await writes(auth), 0)
    auth.clock.advance(1)
    await Promise.all(Array.from({ length: 40 }, () => use(auth, client)))
    assert.equal(await writes(auth), 1)
    auth.clock.advance(59)
    await use(auth, client)
    assert.equal(await writes(auth), 1)
  })

  it('leaves address and browser as they were at the login', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = auth.client('browser')
    await client.post('auth/login', ann, { headers: { 'user-agent': 'First/1' } })
    auth.clock.advance(120)
    const elsewhere = auth.client('browser', { ip: '198.51.100.7' })
    for (const [name, value] of client.cookies) elsewhere.cookies.set(name, value)
    const headers = { 'user-agent': 'Second/2' }
    assert.equal((await elsewhere.get('auth/session', { headers })).status, 200)
    await settleActivity(auth.server)
    const [row] = await rows(auth)
    const { ip, user_agent, last_seen_at } = row ?? {}
    assert.deepEqual({ ip, user_agent }, { ip: '192.0.2.1', user_agent: 'First/1' })
    assert.equal(last_seen_at, auth.clock.now)
  })

  it('does with USERSESSIONS_TRACK_ACTIVITY all in one write', async () => {
    await using auth = await createTestAuth({
      settings: { ...settings, USERSESSIONS_TRACK_ACTIVITY: true },
      users: [ann],
    })
    const client = await signedIn(auth, 'browser')
    await countWrites(auth)
    auth.clock.advance(120)
    const headers = { 'user-agent': 'Second/2' }
    await Promise.all(Array.from({ length: 20 }, () => client.get('auth/session', { headers })))
    await settleActivity(auth.server)
    await use(auth, client)
    const [row] = await rows(auth)
    assert.equal(row?.expires_at, auth.clock.now + 600_000)
    // One for the browser that has changed, one for the one that `use` has again.
    assert.equal(await writes(auth), 2)
  })

  it('holds a login that is under way as long as somebody asks for it', async () => {
    const unverified = { ...ann, email_verified: false }
    await using auth = await createTestAuth({
      settings: { ...settings, ...byCode, ACCOUNT_LOGIN_TIMEOUT: 3600 },
      users: [unverified],
    })
    const client = auth.client('app')
    await client.post('auth/login', ann)
    for (let turn = 0; turn < 3; turn += 1) {
      auth.clock.advance(500)
      assert.equal(await use(auth, client), 401)
    }
    auth.clock.advance(600)
    assert.equal(await use(auth, client), 410)
  })

  it('brings no session back that ended meanwhile, and no write fails after the close', async () => {
    const auth = await createTestAuth({ settings, users: [ann] })
    const client = await signedIn(auth)
    auth.clock.advance(120)
    await client.get('auth/session')
    await auth.close()
    assert.deepEqual(
      auth.logged.filter(({ level }) => level === 'error'),
      [],
    )
  })

  it('counts for a session of an earlier version from its next use', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signedIn(auth)
    const end = auth.clock.now + 1_000_000
    await auth.server.db
      .updateTable('sessions')
      .set({ lasts_until: null, expires_at: end })
      .execute()
    auth.clock.advance(300)
    await use(auth, client)
    assert.equal((await rows(auth))[0]?.expires_at, auth.clock.now + 600_000)
    auth.clock.advance(590)
    await use(auth, client)
    assert.equal((await rows(auth))[0]?.expires_at, end)
  })
})

describe('SESSION_ABSOLUTE_TIMEOUT', () => {
  const settings = { SESSION_ABSOLUTE_TIMEOUT: 3600 }

  it.each(['app', 'browser'] as const)('ends a session of the client %s in use', async (kind) => {
    await using auth = await createTestAuth({
      settings: { ...settings, SESSION_IDLE_TIMEOUT: 1800 },
      users: [ann],
    })
    const client = await signedIn(auth, kind)
    for (let minutes = 10; minutes < 60; minutes += 10) {
      auth.clock.advance(600)
      assert.equal(await use(auth, client), 200)
    }
    auth.clock.advance(599)
    assert.equal(await use(auth, client), 200)
    auth.clock.advance(1)
    assert.equal(await use(auth, client), kind === 'app' ? 410 : 401)
  })

  it('holds at once for sessions from before it was set', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = await signedIn(auth)
    const { database } = auth
    auth.clock.advance(3599)
    const limited = { ...settings, SESSION_IDLE_TIMEOUT: 86_400 }
    await using other = await createTestAuth({ database, settings: limited })
    const again = other.client('app')
    again.token = client.token
    other.clock.now = auth.clock.now
    assert.equal(await use(other, again), 200)
    other.clock.advance(1)
    assert.equal(await use(other, again), 410)
  })

  it('counts on across proofs, changes of the password and new tokens', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signedIn(auth)
    const before = client.token
    auth.clock.advance(1800)
    assert.equal((await client.post('auth/reauthenticate', { password })).status, 200)
    const change = { current_password: password, new_password: 'tidy walrus ninety' }
    assert.equal((await client.post('account/password/change', change)).status, 200)
    assert.notEqual(client.token, before)
    auth.clock.advance(1799)
    assert.equal(await use(auth, client), 200)
    auth.clock.advance(1)
    assert.equal(await use(auth, client), 410)
  })

  it('counts from the start of a login, and from the end of it once somebody is signed in', async () => {
    const unverified = { ...ann, email_verified: false }
    await using auth = await createTestAuth({
      settings: {
        ...settings,
        ...byCode,
        ACCOUNT_LOGIN_TIMEOUT: 7200,
        ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT: 7200,
      },
      users: [unverified],
    })
    const [slow, quick] = [auth.client('app'), auth.client('app')]
    await slow.post('auth/login', ann)
    auth.clock.advance(1800)
    await quick.post('auth/login', ann)
    const key = await auth.secretTo(ann.email)
    auth.clock.advance(1000)
    assert.equal((await quick.post('auth/email/verify', { key })).status, 200)
    auth.clock.advance(800)
    assert.equal(await use(auth, slow), 410)
    auth.clock.advance(2799)
    assert.equal(await use(auth, quick), 200)
    auth.clock.advance(1)
    assert.equal(await use(auth, quick), 410)
  })

  it('is how long a browser keeps the cookie', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = auth.client('browser')
    assert.equal(maxAge((await client.post('auth/login', ann)).headers), '3600')
    auth.clock.advance(600)
    const proved = await client.post('auth/reauthenticate', { password })
    assert.equal(maxAge(proved.headers), '3000')
  })
})

/** Has the database count the writes to sessions from now on. */
async function countWrites({ server }: TestAuth): Promise<void> {
  await sql`create table session_writes (n integer)`.execute(server.db)
  for (const statement of countingTriggers[databaseKind]) {
    await sql.raw(statement).execute(server.db)
  }
}

const insertion = 'insert into session_writes values (1)'
const countingTriggers = {
  sqlite: [`create trigger count_writes after update on sessions begin ${insertion}; end`],
  mysql: [`create trigger count_writes after update on sessions for each row ${insertion}`],
  postgres: [
    `create function note_write() returns trigger language plpgsql
       as 'begin ${insertion}; return null; end'`,
    `create trigger count_writes after update on sessions
       for each row execute function note_write()`,
  ],
}

async function writes({ server }: TestAuth): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from session_writes`.execute(
    server.db,
  )
  return rows[0]?.n ?? -1
}

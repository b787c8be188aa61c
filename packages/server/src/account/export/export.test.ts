import assert from 'node:assert/strict'
import type { AccountExport } from '@latchkey/contract'
import { describe, it } from 'vitest'
import { recoveryCodesOf, setUpTotp } from '../../mfa/testing/totp.ts'
import { insertSocialAccount } from '../../socialaccount/store.ts'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import type { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'

const password = 'velvet-Otter-41'
const ann = {
  email: 'ann@example.org',
  extra_emails: [{ email: 'ann@work.example', verified: true }],
  username: 'annabelle',
  phone: '+31612345678',
  password,
}
const bob = { email: 'bob@example.net', username: 'bobby', phone: '+31687654321', password }
const settings = { ACCOUNT_RATE_LIMITS: false }

async function start(more: Record<string, unknown> = {}) {
  return createTestAuth({ settings: { ...settings, ...more }, users: [ann, bob] })
}

async function exported(client: TestClient): Promise<AccountExport> {
  const { status, body, text } = await client.get('latchkey:account/export')
  assert.equal(status, 200, text)
  return body.data as unknown as AccountExport // the client has held it against the contract
}

/** Connects an account at a provider, as a log-in by it does. */
async function connect({ server }: TestAuth, userId: string, uid: string): Promise<void> {
  const account = { userId, provider: 'github', uid, label: `${uid}@github` }
  await insertSocialAccount(server.db, account, server.now())
}

async function idOf(client: TestClient): Promise<string> {
  return String((await client.get('auth/session')).body.data?.user?.id)
}

describe('GET account/export', () => {
  it('hands out everything about the user, as a file', async () => {
    await using auth = await start()
    const client = await signIn(auth, ann)
    const userId = await idOf(client)
    await setUpTotp(auth, client)
    await connect(auth, userId, 'gh-1')
    const answer = await client.get('latchkey:account/export')
    assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="account.json"')
    assert.match(answer.headers.get('cache-control') ?? '', /no-store/)
    const all = await exported(client)
    assert.equal(all.account.user.id, userId)
    assert.equal(all.account.user.username, 'annabelle')
    assert.deepEqual(
      all.email_addresses.map((it) => [it.email, it.primary, it.verified]),
      [
        ['ann@example.org', true, true],
        ['ann@work.example', false, true],
      ],
    )
    assert.deepEqual(all.phone_numbers, [{ phone: ann.phone, verified: true }])
    assert.deepEqual(all.authenticators.map((it) => it.type).sort(), ['recovery_codes', 'totp'])
    assert.deepEqual(
      all.provider_accounts.map((it) => [it.provider, it.uid, it.display]),
      [['github', 'gh-1', 'gh-1@github']],
    )
    assert.deepEqual(
      all.sessions.map((it) => [it.ip, it.is_current]),
      [['192.0.2.1', true]],
    )
    assert.deepEqual(
      all.events.map((it) => it.type).filter((it) => it !== 'recovery_codes_generated'),
      ['logged_in', 'totp_activated', 'account_exported'],
    )
    assert.equal(all.has_older_events, false)
  })

  it('has no secret in it', async () => {
    await using auth = await start()
    const client = await signIn(auth, ann)
    const { secret } = await setUpTotp(auth, client)
    const unused = await recoveryCodesOf(client)
    assert.ok(unused.length > 0)
    const { text } = await client.get('latchkey:account/export')
    const rows = await auth.server.db.selectFrom('users').select('password_hash').execute()
    const sealed = await auth.server.db.selectFrom('authenticators').select('data').execute()
    assert.ok(client.token)
    const kept = [
      ...rows.map((it) => it.password_hash),
      // A set of recovery codes has none.
      ...sealed.map((it) => it.data).filter((it) => it !== ''),
      ...unused,
      secret,
      client.token,
      password,
    ]
    for (const one of kept) assert.equal(text.includes(String(one)), false)
  })

  it('has nothing of anybody else in it', async () => {
    await using auth = await start()
    const other = await signIn(auth, bob, 'app', { ip: '203.0.113.7' })
    const otherId = await idOf(other)
    await setUpTotp(auth, other)
    await connect(auth, otherId, 'gh-bob')
    const client = await signIn(auth, ann)
    // A failed log-in to the account of somebody else, from here.
    await auth.client('app').post('auth/login', { email: bob.email, password: 'wrong' })
    const { text } = await client.get('latchkey:account/export')
    const foreign = [otherId, bob.email, bob.username, bob.phone, '203.0.113.7', 'gh-bob']
    for (const one of foreign) assert.equal(text.includes(one), false, one)
  })

  it('asks for a fresh proof', async () => {
    await using auth = await start()
    const client = await signIn(auth, ann, 'browser')
    auth.clock.advance(301)
    const asked = await client.get('latchkey:account/export')
    assert.equal(asked.status, 401)
    assert.equal(asked.body.meta?.is_authenticated, true)
    assert.equal(asked.text.includes(ann.phone), false)
    assert.equal((await eventTypes(auth)).includes('account_exported'), false)
    await client.post('auth/reauthenticate', { password })
    assert.equal((await exported(client)).account.user.email, ann.email)
  })

  it('is for users alone, and not for those who wait at a second factor', async () => {
    await using auth = await start()
    const client = await signIn(auth, ann)
    await setUpTotp(auth, client)
    const half = auth.client('app')
    const login = await half.post('auth/login', { email: ann.email, password })
    assert.equal(login.status, 401)
    for (const it of [half, auth.client('browser')]) {
      const answer = await it.get('latchkey:account/export')
      assert.equal(answer.status, 401)
      assert.equal(answer.text.includes(ann.email), false)
    }
  })

  it('is limited for each user', async () => {
    await using auth = await createTestAuth({ users: [ann, bob] })
    const client = await signIn(auth, ann)
    for (let use = 0; use < 5; use += 1) await exported(client)
    const answer = await client.get('latchkey:account/export')
    assert.equal(answer.status, 429)
    assert.ok(Number(answer.headers.get('retry-after')) > 0)
    await exported(await signIn(auth, bob))
  })

  it('lists the newest 10,000 events and says that there are more', async () => {
    await using auth = await start()
    const client = await signIn(auth, ann)
    const user_id = await idOf(client)
    const at = auth.clock.now - 1_000_000
    const rows = Array.from({ length: 10_000 }, (_, index) => ({
      id: `0-${String(index).padStart(6, '0')}`,
      type: 'logged_out',
      user_id,
      session_id: null,
      created_at: at + index,
      ip: '192.0.2.1',
      user_agent: '',
      data: '{}',
      seq: null,
      hash: null,
    }))
    for (let first = 0; first < rows.length; first += 1000) {
      await auth.server.db
        .insertInto('events')
        .values(rows.slice(first, first + 1000))
        .execute()
    }
    const all = await exported(client)
    assert.equal(all.events.length, 10_000)
    assert.equal(all.has_older_events, true)
    assert.equal(all.events.at(-1)?.type, 'logged_in')
  })

  it('does not exist where the settings have it off', async () => {
    await using auth = await start({ ACCOUNT_EXPORT_ENABLED: false })
    const client = await signIn(auth, ann)
    assert.equal((await client.get('latchkey:account/export')).status, 404)
  })
})

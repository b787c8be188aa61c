import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { Refusal } from '../../errors.ts'
import type { Exchange } from '../../exchange.ts'
import { activateUser, deactivateUser } from '../../operators/users.ts'
import { commit, noWrites } from '../../sessions/commit.ts'
import { newSession } from '../../sessions/store.ts'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { createTestDatabase } from '../../testing/database.ts'
import { readLinkKey, spendLinkKey } from './link.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password, email_verified: false }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const credentials = { email: ann.email, password }
const byLink = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
const stored = { ...byLink, ACCOUNT_EMAIL_CONFIRMATION_HMAC: false }
const signingIn = { ...byLink, ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION: true }
const threeDays = 3 * 86_400

/** A client whose login waits for the link that was mailed to it, and the key of that link. */
async function waiting(auth: TestAuth, kind: 'app' | 'browser' = 'app') {
  const client = auth.client(kind)
  assert.equal(pending(await client.post('auth/login', credentials)), 'verify_email')
  return { client, key: await auth.secretTo(ann.email) }
}

function lookUp(client: TestClient, key: string | undefined) {
  return client.get('auth/email/verify', { headers: { 'x-email-verification-key': key } })
}

async function isVerified({ server }: TestAuth, email = ann.email): Promise<boolean> {
  const { is_verified } = await server.db
    .selectFrom('email_addresses')
    .select('is_verified')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return is_verified === 1
}

/** A request as the HTTP layer hands it on. */
function exchange({ server }: TestAuth): Exchange {
  const request = {
    method: 'POST',
    isSecure: false,
    body: {},
    ip: '192.0.2.1',
    userAgent: '',
    header: () => undefined,
    hasQuery: () => false,
  }
  const session = newSession()
  return { server, client: 'app', request, session, pending: noWrites(), paid: new Set() }
}

describe('GET auth/email/verify by link', () => {
  it('tells whose address it is, and whether this session waits for it', async () => {
    await using auth = await createTestAuth({ settings: byLink, users: [ann] })
    const { client, key } = await waiting(auth)
    for (const [who, is_authenticating] of [
      [client, true],
      [auth.client('app'), false],
    ] as const) {
      const { status, body } = await lookUp(who, key)
      assert.equal(status, 200)
      assert.equal(body.data?.email, ann.email)
      assert.equal(body.data?.user?.username, 'ann')
      assert.deepEqual(body.meta, { is_authenticating })
    }
  })

  it('uses nothing up, however often', async () => {
    await using auth = await createTestAuth({ settings: stored, users: [ann] })
    const { client, key } = await waiting(auth)
    for (let n = 0; n < 5; n += 1) assert.equal((await lookUp(client, key)).status, 200)
    assert.equal(await isVerified(auth), false)
    assert.equal((await client.post('auth/email/verify', { key })).status, 401)
    assert.equal(await isVerified(auth), true)
  })

  it('refuses a key that is missing or none of ours', async () => {
    await using auth = await createTestAuth({ settings: byLink, users: [ann] })
    const client = auth.client('app')
    for (const key of [undefined, '', '  ']) {
      assert.deepEqual(errors(await lookUp(client, key)), ['required@key'])
    }
    for (const key of ['x', '.', 'a.b', 'a.b.c', '::', 'ünï', 'k'.repeat(8000), 'bnVsbA.x']) {
      assert.deepEqual(errors(await lookUp(client, key)), ['invalid_or_expired_key@key'], key)
    }
  })
})

describe('POST auth/email/verify by link', () => {
  it('verifies and ends the login that waits, which then has to be done again', async () => {
    for (const settings of [byLink, stored]) {
      await using auth = await createTestAuth({ settings, users: [ann] })
      const { client, key } = await waiting(auth)
      const answer = await client.post('auth/email/verify', { key })
      assert.equal(answer.status, 401)
      assert.equal(pending(answer), undefined)
      assert.equal((await client.post('auth/login', credentials)).status, 200)
    }
  })

  it('signs in where the settings say so and the session is the one that waits', async () => {
    await using auth = await createTestAuth({ settings: signingIn, users: [ann] })
    const { client, key } = await waiting(auth)
    const answer = await client.post('auth/email/verify', { key })
    assert.equal(answer.body.data?.user?.email, ann.email)
    assert.ok(answer.body.meta?.session_token)
  })

  it('signs nobody in elsewhere, and leaves what waits as it is', async () => {
    await using auth = await createTestAuth({ settings: signingIn, users: [ann] })
    const { client, key } = await waiting(auth)
    const stranger = auth.client('app')
    assert.equal((await stranger.post('auth/email/verify', { key })).status, 401)
    assert.equal((await stranger.get('auth/session')).status, 401)
    assert.equal(await isVerified(auth), true)
    assert.equal(pending(await client.get('auth/session')), 'verify_email')
  })

  it('of somebody else ends the login that waits, and signs nobody in', async () => {
    const users = [ann, { ...bob, email_verified: false }]
    await using auth = await createTestAuth({ settings: signingIn, users })
    const { client } = await waiting(auth)
    await auth.client('app').post('auth/login', { email: bob.email, password: bob.password })
    const key = await auth.secretTo(bob.email)
    const answer = await client.post('auth/email/verify', { key })
    assert.equal(answer.status, 401)
    assert.equal(pending(answer), undefined)
    assert.deepEqual([await isVerified(auth), await isVerified(auth, bob.email)], [false, true])
  })

  it('of somebody else leaves who is signed in as they are', async () => {
    await using auth = await createTestAuth({ users: [bob] })
    await auth.client('app').post('auth/signup', credentials)
    const key = await auth.secretTo(ann.email)
    const client = auth.client('app')
    await client.post('auth/login', { email: bob.email, password: bob.password })
    const answer = await client.post('auth/email/verify', { key })
    assert.equal(answer.body.data?.user?.email, bob.email)
    assert.equal(await isVerified(auth), true)
  })

  it('works for a browser too', async () => {
    await using auth = await createTestAuth({ settings: signingIn, users: [ann] })
    const { client, key } = await waiting(auth, 'browser')
    assert.equal((await client.post('auth/email/verify', { key })).status, 200)
  })

  it('works once', async () => {
    for (const settings of [byLink, stored]) {
      await using auth = await createTestAuth({ settings, users: [ann] })
      const { client, key } = await waiting(auth)
      assert.equal((await client.post('auth/email/verify', { key })).status, 401)
      const again = await client.post('auth/email/verify', { key })
      assert.deepEqual(errors(again), ['invalid_or_expired_key@key'])
      assert.deepEqual(errors(await lookUp(client, key)), ['invalid_or_expired_key@key'])
    }
  })

  it('of 30 uses at once lets one through', async () => {
    for (const settings of [byLink, stored]) {
      await using auth = await createTestAuth({ settings, users: [ann] })
      const { key } = await waiting(auth)
      const uses = Array.from({ length: 30 }, () =>
        auth.client('app').post('auth/email/verify', { key }),
      )
      const statuses = (await Promise.all(uses)).map(({ status }) => status)
      assert.equal(statuses.filter((it) => it === 401).length, 1)
      assert.equal(statuses.filter((it) => it === 400).length, 29)
      const events = await auth.server.db.selectFrom('events').select('type').execute()
      assert.equal(events.filter(({ type }) => type === 'email_confirmed').length, 1)
    }
  })

  it('is void where the user is deactivated between its check and its use', async () => {
    for (const settings of [byLink, stored]) {
      await using auth = await createTestAuth({ settings })
      const id = await auth.createUser(ann)
      const { key } = await waiting(auth)
      const ctx = exchange(auth)
      spendLinkKey(ctx, await readLinkKey(ctx, key), key)
      const { db, now } = auth.server
      const parts = { db, now, events: auth.server, means: 'library' } as const
      await deactivateUser(parts, id)
      await activateUser(parts, id)
      await assert.rejects(commit(ctx), new Refusal('invalid_or_expired_key', 'key'))
      assert.equal(await isVerified(auth), false)
    }
  })

  it('works until it expires', async () => {
    for (const settings of [byLink, stored]) {
      await using auth = await createTestAuth({ settings, users: [ann] })
      const { client, key } = await waiting(auth)
      auth.clock.advance(threeDays - 0.001)
      assert.equal((await lookUp(auth.client('app'), key)).status, 200)
      auth.clock.advance(0.001)
      const late = await client.post('auth/email/verify', { key })
      assert.deepEqual(errors(late), ['invalid_or_expired_key@key'])
      assert.equal(await isVerified(auth), false)
    }
  })

  it('refuses every change of the key', async () => {
    await using auth = await createTestAuth({
      settings: byLink,
      users: [ann, { ...bob, email_verified: false }],
    })
    const { client, key } = await waiting(auth)
    const [payload = '', signature = ''] = key.split('.')
    const text = Buffer.from(payload, 'base64url').toString()
    const forged = Buffer.from(text.replace(ann.email, bob.email)).toString('base64url')
    assert.notEqual(forged, payload)
    const later = Buffer.from(text.replace(/\d{13}/, '9999999999999')).toString('base64url')
    assert.notEqual(later, payload)
    for (const other of [
      `${key}x`,
      key.slice(0, -1),
      `${payload}.`,
      `.${signature}`,
      payload,
      `${forged}.${signature}`,
      `${later}.${signature}`,
      `${payload}.${signature}.${signature}`,
      key.toUpperCase(),
    ]) {
      const answer = await client.post('auth/email/verify', { key: other })
      assert.deepEqual(errors(answer), ['invalid_or_expired_key@key'], other)
    }
    assert.deepEqual(errors(await client.post('auth/email/verify', { code: key })), [
      'required@key',
    ])
    assert.equal(await isVerified(auth), false)
  })

  it('refuses a key of another kind, or of the other way to make them', async () => {
    await using auth = await createTestAuth({ settings: byLink, users: [ann] })
    const { client, key } = await waiting(auth)
    assert.ok(client.token)
    for (const other of [String(client.token), `${client.token}.${client.token}`]) {
      const answer = await client.post('auth/email/verify', { key: other })
      assert.deepEqual(errors(answer), ['invalid_or_expired_key@key'])
    }
    await using storing = await createTestAuth({ settings: stored, users: [ann] })
    const foreign = await storing.client('app').post('auth/email/verify', { key })
    assert.deepEqual(errors(foreign), ['invalid_or_expired_key@key'])
  })

  it('refuses the key of an address that its user has no more', async () => {
    await using auth = await createTestAuth({ settings: byLink, users: [ann] })
    const { client, key } = await waiting(auth)
    const { db } = auth.server
    await db.updateTable('email_addresses').set({ email: 'new@example.org' }).execute()
    const answer = await client.post('auth/email/verify', { key })
    assert.deepEqual(errors(answer), ['invalid_or_expired_key@key'])
  })

  it('accepts a key that an earlier secret signed, while that is listed', async () => {
    await using database = await createTestDatabase()
    const secrets = ['first secret, long enough to be one', 'second secret, long enough to be one']
    const start = (users: object[], secret?: string, fallbacks: (string | undefined)[] = []) =>
      createTestAuth({
        database,
        users,
        settings: { ...byLink, SECRET_KEY: secret, SECRET_KEY_FALLBACKS: fallbacks },
      })
    const before = await start([ann], secrets[0])
    const { key } = await waiting(before)
    await before.close()
    const without = await start([], secrets[1])
    const refused = await without.client('app').post('auth/email/verify', { key })
    assert.deepEqual(errors(refused), ['invalid_or_expired_key@key'])
    await without.close()
    const after = await start([], secrets[1], [secrets[0]])
    assert.equal((await after.client('app').post('auth/email/verify', { key })).status, 401)
    assert.equal(await isVerified(after), true)
    await after.close()
  })

  it('ends all links that are out when ACCOUNT_SALT changes', async () => {
    await using database = await createTestDatabase()
    const before = await createTestAuth({ database, settings: byLink, users: [ann] })
    const { key } = await waiting(before)
    await before.close()
    const settings = { ...byLink, ACCOUNT_SALT: 'another' }
    const after = await createTestAuth({ database, settings })
    const answer = await after.client('app').post('auth/email/verify', { key })
    assert.deepEqual(errors(answer), ['invalid_or_expired_key@key'])
    await after.close()
  })

  it('is mailed as the link of the front end where the settings name one', async () => {
    const settings = {
      ...byLink,
      HEADLESS_FRONTEND_URLS: { account_confirm_email: 'https://app.example.org/verify/{key}' },
    }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const { client, key: url } = await waiting(auth)
    assert.match(url, /^https:\/\/app\.example\.org\/verify\/[^/]+$/)
    const key = decodeURIComponent(url.slice(url.lastIndexOf('/') + 1))
    assert.equal((await lookUp(client, key)).status, 200)
  })

  it('is not mailed again to whoever logs in again while it works', async () => {
    await using auth = await createTestAuth({ settings: byLink, users: [ann] })
    const { key } = await waiting(auth)
    await waiting(auth)
    assert.equal((await auth.sent()).length, 1)
    assert.equal((await lookUp(auth.client('app'), key)).status, 200)
    auth.clock.advance(180)
    await waiting(auth)
    assert.equal((await auth.sent()).length, 2)
  })
})

describe('POST auth/email/verify/resend by link', () => {
  it('answers 409 and mails nothing', async () => {
    await using auth = await createTestAuth({ settings: byLink, users: [ann] })
    const { client } = await waiting(auth)
    assert.equal((await client.post('auth/email/verify/resend')).status, 409)
    assert.equal((await auth.sent()).length, 1)
  })
})

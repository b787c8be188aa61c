import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const newer = 'tidy-Walrus-90'
const ann = { email: 'ann@example.org', username: 'annabelle', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const noLimits = { ACCOUNT_RATE_LIMITS: false }
const spent = ['invalid_password_reset@key']

/** A server, and the key that was mailed to somebody. */
async function start({ settings = noLimits, users = [ann, bob] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const key = await keyFor(auth)
  return { auth, key, client: auth.client('app'), [Symbol.asyncDispose]: () => auth.close() }
}

async function keyFor(auth: TestAuth, email = ann.email): Promise<string> {
  await auth.client('app').post('auth/password/request', { email })
  return auth.secretTo(email)
}

function reset(client: TestClient, key: unknown, given: unknown = newer) {
  return client.post('auth/password/reset', { key, password: given })
}

function lookUp(client: TestClient, key: string | undefined) {
  return client.get('auth/password/reset', { headers: { 'x-password-reset-key': key } })
}

async function logsInWith(auth: TestAuth, given: string): Promise<boolean> {
  const login = { email: ann.email, password: given }
  return (await auth.client('app').post('auth/login', login)).status === 200
}

describe('POST auth/password/reset by link', () => {
  it('sets the password, and answers 401 without a session', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using it = await start()
      const client = it.auth.client(kind)
      const { status, body } = await reset(client, it.key)
      assert.deepEqual([status, body.meta], [401, { is_authenticated: false }])
      assert.equal(client.token ?? client.cookies.get('sessionid'), undefined)
      assert.deepEqual(
        [await logsInWith(it.auth, password), await logsInWith(it.auth, newer)],
        [false, true],
      )
      const types = await eventTypes(it.auth)
      assert.deepEqual(types.slice(0, 2), ['password_reset_requested', 'password_reset'])
    }
  })

  it('works once', async () => {
    await using it = await start()
    await reset(it.client, it.key)
    assert.deepEqual(errors(await reset(it.client, it.key, 'amber-Falcon-17')), spent)
    assert.deepEqual(errors(await lookUp(it.client, it.key)), spent)
    assert.equal(await logsInWith(it.auth, newer), true)
  })

  it('of 50 uses at once accepts one', async () => {
    await using it = await start()
    const uses = Array.from({ length: 50 }, (_, n) =>
      reset(it.auth.client('app'), it.key, `${newer}${n}`),
    )
    const answers = await Promise.all(uses)
    assert.equal(answers.filter(({ status }) => status === 401).length, 1)
    const others = answers.filter(({ status }) => status !== 401)
    assert.deepEqual(new Set(others.flatMap(errors)), new Set(spent))
    const winner = answers.findIndex(({ status }) => status === 401)
    assert.equal(await logsInWith(it.auth, `${newer}${winner}`), true)
  })

  it('ends every other link of the user, and none of another', async () => {
    await using it = await start()
    const other = await keyFor(it.auth)
    const ofBob = await keyFor(it.auth, bob.email)
    await reset(it.client, other)
    assert.deepEqual(errors(await reset(it.client, it.key)), spent)
    assert.equal((await reset(it.client, ofBob)).status, 401)
  })

  it('gives a first password to whoever has none', async () => {
    await using it = await start({ users: [{ ...ann, password: null }] })
    const { body } = await lookUp(it.client, it.key)
    assert.equal(body.data?.user?.has_usable_password, false)
    assert.equal((await reset(it.client, it.key)).status, 401)
    assert.equal(await logsInWith(it.auth, newer), true)
    assert.deepEqual(errors(await reset(it.client, it.key)), spent)
  })

  it('refuses what is missing, and names both', async () => {
    await using it = await start()
    for (const key of [undefined, null, '', ' ']) {
      assert.deepEqual(errors(await reset(it.client, key, null)), [
        'required@key',
        'required@password',
      ])
      assert.deepEqual(errors(await reset(it.client, key)), ['required@key'])
    }
    assert.deepEqual(errors(await reset(it.client, it.key, '')), ['required@password'])
    assert.deepEqual(errors(await reset(it.client, 'x', '')), [
      'invalid_password_reset@key',
      'required@password',
    ])
    assert.deepEqual(errors(await reset(it.client, 'x', '1')), ['invalid_password_reset@key'])
    assert.deepEqual(errors(await lookUp(it.client, undefined)), ['required@key'])
  })

  it('refuses whatever is no key of ours', async () => {
    await using it = await start()
    const [payload = '', signature = ''] = it.key.split('.')
    const claim = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const later = Buffer.from(JSON.stringify([claim[0] + 1, ...claim.slice(1)])).toString(
      'base64url',
    )
    const forged = ['x', '1-x', '.', payload, `${payload}.`, `.${signature}`, `${it.key}.x`]
    forged.push(`${later}.${signature}`, `${it.key}A`, it.key.slice(0, -1), it.key.toLowerCase())
    for (const key of forged) {
      assert.deepEqual(errors(await reset(it.client, key)), spent, key)
      assert.deepEqual(errors(await lookUp(it.client, key)), spent, key)
    }
    assert.equal((await reset(it.client, it.key)).status, 401)
  })

  it('holds the password against the rules, similarity included, and keeps the key', async () => {
    await using it = await start()
    assert.deepEqual(errors(await reset(it.client, it.key, '123')), [
      'password_too_short@password',
      'password_too_common@password',
      'password_entirely_numeric@password',
    ])
    for (const similar of ['annabelle1', 'ann@example.org']) {
      const answer = await reset(it.client, it.key, similar)
      assert.deepEqual(errors(answer), ['password_too_similar@password'])
    }
    assert.equal((await reset(it.client, it.key)).status, 401)
  })

  it('does not verify the address', async () => {
    await using it = await start({ users: [{ ...ann, email_verified: false }] })
    await reset(it.client, it.key)
    const client = await signIn(it.auth, { ...ann, password: newer })
    assert.deepEqual(listed(await client.get('account/email')), ['ann@example.org primary'])
  })

  it('works for PASSWORD_RESET_TIMEOUT', async () => {
    await using it = await start({ settings: { ...noLimits, PASSWORD_RESET_TIMEOUT: 60 } })
    it.auth.clock.advance(59.999)
    assert.equal((await lookUp(it.client, it.key)).status, 200)
    it.auth.clock.advance(0.001)
    assert.deepEqual(errors(await lookUp(it.client, it.key)), spent)
    assert.deepEqual(errors(await reset(it.client, it.key)), spent)
  })

  it('works for three days unless the settings say otherwise', async () => {
    await using it = await start()
    it.auth.clock.advance(259_199)
    assert.equal((await lookUp(it.client, it.key)).status, 200)
    it.auth.clock.advance(1)
    assert.deepEqual(errors(await lookUp(it.client, it.key)), spent)
  })

  it('is void once the password was changed', async () => {
    await using it = await start()
    const owner = await signIn(it.auth, ann)
    const change = { current_password: password, new_password: 'amber-Falcon-17' }
    await owner.post('account/password/change', change)
    assert.deepEqual(errors(await reset(it.client, it.key)), spent)
  })

  it('is void once an address was added, removed or replaced', async () => {
    const extra_emails = [{ email: 'second@example.org', verified: true }]
    for (const [method, json] of [
      ['POST', { email: 'new@example.org' }],
      ['DELETE', { email: 'second@example.org' }],
    ] as const) {
      await using it = await start({ users: [{ ...ann, extra_emails }] })
      const owner = await signIn(it.auth, ann)
      assert.equal((await owner.request(method, 'account/email', json)).status, 200)
      assert.deepEqual(errors(await reset(it.client, it.key)), spent)
    }
    await using it = await start({ settings: { ...noLimits, ACCOUNT_CHANGE_EMAIL: true } })
    const owner = await signIn(it.auth, ann)
    await owner.post('account/email', { email: 'new@example.org' })
    const mailed = await it.auth.secretTo('new@example.org')
    const key = await keyFor(it.auth)
    await owner.post('auth/email/verify', { key: mailed })
    assert.deepEqual(errors(await reset(it.client, key)), spent)
  })

  it('is void once the account was deactivated', async () => {
    await using it = await start()
    await it.auth.server.db.updateTable('users').set({ is_active: 0 }).execute()
    assert.deepEqual(errors(await lookUp(it.client, it.key)), spent)
    assert.deepEqual(errors(await reset(it.client, it.key)), spent)
  })

  it('verifies no address, and a key that does resets no password', async () => {
    await using it = await start({ users: [{ ...ann, email_verified: false }] })
    const owner = await signIn(it.auth, ann)
    await owner.put('account/email', { email: ann.email })
    const emailKey = await it.auth.secretTo(ann.email)
    assert.deepEqual(errors(await reset(it.client, emailKey)), spent)
    const answer = await it.client.post('auth/email/verify', { key: it.key })
    assert.deepEqual(errors(answer), ['invalid_or_expired_key@key'])
    assert.equal((await it.client.post('auth/email/verify', { key: emailKey })).status, 401)
  })

  it('counts what one network address submits, good or bad, but no look', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { reset_password_from_key: '2/m/ip' } }
    await using it = await start({ settings })
    await reset(it.client, 'bad')
    await reset(it.client, it.key, '123')
    assert.equal((await reset(it.client, it.key)).status, 429)
    assert.equal((await lookUp(it.client, it.key)).status, 200)
    assert.equal((await reset(it.auth.client('app', { ip: '192.0.2.2' }), it.key)).status, 401)
  })

  it('is answered alike by GET as often as asked, and shows whose it is', async () => {
    await using it = await start()
    for (let n = 0; n < 3; n += 1) {
      const { status, body } = await lookUp(it.client, it.key)
      assert.equal(status, 200)
      assert.equal(body.data?.user?.email, ann.email)
      assert.equal(it.client.token, undefined)
    }
    assert.equal((await reset(it.client, it.key)).status, 401)
  })
})

describe('POST auth/password/reset, what else it ends', () => {
  it('ends the sessions of the user: 401, then 410 for an app; and no other', async () => {
    await using it = await start()
    const app = await signIn(it.auth, ann)
    const browser = await signIn(it.auth, ann, 'browser')
    const ofBob = await signIn(it.auth, bob)
    await reset(it.client, it.key)
    assert.equal((await app.get('account/email')).status, 401)
    assert.equal((await app.get('account/email')).status, 410)
    assert.equal((await browser.get('auth/session')).status, 401)
    assert.equal((await browser.get('auth/session')).status, 401)
    assert.equal((await ofBob.get('auth/session')).status, 200)
  })

  it('answers 200 in a session of the user, which is over with the next request', async () => {
    await using it = await start()
    const client = await signIn(it.auth, ann)
    assert.equal((await reset(client, it.key)).status, 200)
    assert.equal((await client.get('auth/session')).status, 401)
    assert.equal((await client.get('auth/session')).status, 410)
  })

  it('leaves the session of another user alone', async () => {
    await using it = await start()
    const client = await signIn(it.auth, bob)
    const { status, body } = await reset(client, it.key)
    assert.deepEqual([status, body.data?.user?.email], [200, bob.email])
    assert.equal((await client.get('auth/session')).status, 200)
    assert.equal(await logsInWith(it.auth, newer), true)
  })

  it('ends a login that waits for its code with the old password', async () => {
    const settings = {
      ...noLimits,
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
    }
    await using it = await start({ settings, users: [{ ...ann, email_verified: false }] })
    const thief = it.auth.client('app')
    assert.equal(pending(await thief.post('auth/login', ann)), 'verify_email')
    const code = await it.auth.secretTo(ann.email)
    await reset(it.client, it.key)
    assert.equal((await thief.post('auth/email/verify', { key: code })).status, 409)
    assert.equal(pending(await thief.get('auth/session')), undefined)
  })

  it('lets no login through whose password was compared before', async () => {
    for (let round = 0; round < 3; round += 1) {
      await using it = await start()
      const thieves = Array.from({ length: 4 }, () => it.auth.client('app'))
      const logins = thieves.map((client) => client.post('auth/login', ann))
      await Promise.all([reset(it.client, it.key), ...logins])
      const sessions = await Promise.all(thieves.map((client) => client.get('auth/session')))
      const open = sessions.filter(({ status }) => status === 200)
      assert.equal(open.length, 0)
    }
  })

  it.each(['key', 'user'])('lifts the lock per %s on each name of the user', async (per) => {
    const settings = {
      ACCOUNT_RATE_LIMITS: { login_failed: `1/h/${per}` },
      ACCOUNT_LOGIN_METHODS: ['email', 'username'],
      ACCOUNT_SIGNUP_FIELDS: ['username', 'email*', 'password1*'],
    }
    await using it = await start({ settings })
    const names = [{ email: ann.email }, { username: 'ANNABELLE' }]
    for (const name of [...names, { email: bob.email }]) {
      await it.client.post('auth/login', { ...name, password: 'wrong' })
    }
    await reset(it.client, it.key)
    for (const name of names) {
      const login = { ...name, password: newer }
      assert.equal((await it.auth.client('app').post('auth/login', login)).status, 200)
    }
    const locked = await it.auth.client('app').post('auth/login', {
      email: bob.email,
      password: bob.password,
    })
    assert.deepEqual(errors(locked), ['too_many_login_attempts@-'])
  })

  it('tells the owner where the settings say so', async () => {
    await using it = await start({ settings: { ...noLimits, ACCOUNT_EMAIL_NOTIFICATIONS: true } })
    const headers = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 1) Version/1 Safari/1' }
    await it.client.post('auth/password/reset', { key: it.key, password: newer }, { headers })
    const [, notice] = await it.auth.sent()
    assert.equal(notice, 'ann@example.org: Your password was reset - Latchkey')
    const mail = await it.auth.mailTo(ann.email)
    assert.match(mail, /Address: 192\.0\.2\.1\nDevice: Safari on iPhone\n/)
  })
})

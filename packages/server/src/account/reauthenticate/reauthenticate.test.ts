import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { listed, signIn } from '../../testing/signed-in.ts'

const { errors } = TestClient
const password = 'velvet-Otter-41'
const second = 'second@example.org'
const ann = {
  email: 'ann@example.org',
  username: 'ann',
  phone: '+31612345678',
  password,
  extra_emails: [{ email: second, verified: true }],
}
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const required = {
  ACCOUNT_REAUTHENTICATION_REQUIRED: true,
  ACCOUNT_RATE_LIMITS: false,
  ACCOUNT_SIGNUP_FIELDS: ['email*', 'phone', 'password1*'],
}

async function start({ settings = required, users = [ann, bob] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const client = await signIn(auth, ann)
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

function reauthenticate(client: TestClient, given: unknown = password) {
  return client.post('auth/reauthenticate', { password: given })
}

function logIn(auth: TestAuth, given = password, ip = '192.0.2.1') {
  return auth.client('app', { ip }).post('auth/login', { email: ann.email, password: given })
}

describe('POST auth/reauthenticate', () => {
  it('records the proof, and leaves the session as it is', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using auth = await createTestAuth({ users: [ann] })
      const client = await signIn(auth, ann, kind)
      auth.clock.advance(5)
      const { status, body } = await reauthenticate(client, ` ${password} `)
      assert.equal(status, 200)
      assert.equal(body.meta?.session_token, undefined)
      const [first, again] = (body.data?.methods ?? []) as Record<string, number>[]
      assert.equal(first?.reauthenticated, undefined)
      const at = (first?.at ?? 0) + 5
      assert.deepEqual(
        { ...again, at: Math.round((again?.at ?? 0) * 1000) },
        {
          method: 'password',
          at: Math.round(at * 1000),
          reauthenticated: true,
        },
      )
      const session = await client.get('auth/session')
      assert.equal(session.body.data?.methods?.length, 2)
    }
  })

  it('refuses a wrong, a missing and a blank password', async () => {
    await using it = await start()
    assert.deepEqual(errors(await reauthenticate(it.client, 'wrong')), [
      'incorrect_password@password',
    ])
    assert.deepEqual(errors(await reauthenticate(it.client, bob.password)), [
      'incorrect_password@password',
    ])
    for (const given of [undefined, null, '', ' ']) {
      const answer = await it.client.post('auth/reauthenticate', { password: given })
      assert.deepEqual(errors(answer), ['required@password'])
    }
    const { body } = await it.client.get('auth/session')
    assert.equal(body.data?.methods?.length, 1)
  })

  it('answers 401 to whoever is not signed in, or only half', async () => {
    const settings = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
    const users = [{ ...bob, email_verified: false }]
    await using auth = await createTestAuth({ settings, users })
    const client = auth.client('app')
    assert.equal((await reauthenticate(client)).status, 401)
    await client.post('auth/login', bob)
    const answer = await reauthenticate(client, bob.password)
    assert.equal(answer.status, 401)
    assert.equal(answer.body.meta?.is_authenticated, false)
  })

  it('has no password to compare with for whoever has none, and says no more than that', async () => {
    const settings = { ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
    await using auth = await createTestAuth({ settings, users: [{ ...ann, password: null }] })
    const client = auth.client('app')
    await client.post('auth/code/request', { email: ann.email })
    await client.post('auth/code/confirm', { code: await auth.secretTo(ann.email) })
    for (const given of ['x', password]) {
      assert.deepEqual(errors(await reauthenticate(client, given)), ['incorrect_password@password'])
    }
  })

  it('lists at most 50 proofs, the newest', async () => {
    await using it = await start()
    await it.auth.server.db
      .updateTable('sessions')
      .set({
        state: JSON.stringify({
          methods: Array.from({ length: 50 }, (_, n) => ({ method: 'password', at: n })),
        }),
      })
      .execute()
    const { body } = await reauthenticate(it.client)
    const methods = (body.data?.methods ?? []) as { at: number }[]
    assert.equal(methods.length, 50)
    assert.equal(methods[0]?.at, 1)
  })
})

describe('POST auth/reauthenticate, the limits', () => {
  const limited = (limits: object) => ({ ...required, ACCOUNT_RATE_LIMITS: limits })

  it('shares the count of failures with logins, both ways', async () => {
    const settings = limited({ login_failed: '2/m/key' })
    await using it = await start({ settings })
    await reauthenticate(it.client, 'wrong')
    await logIn(it.auth, 'wrong')
    const locked = await reauthenticate(it.client)
    assert.deepEqual(errors(locked), ['too_many_login_attempts@password'])
    assert.deepEqual(errors(await logIn(it.auth)), ['too_many_login_attempts@-'])
    it.auth.clock.advance(60)
    assert.equal((await reauthenticate(it.client)).status, 200)
  })

  it('shares it with logins by username, where that is the first way in', async () => {
    const settings = {
      ...limited({ login_failed: '1/m/key' }),
      ACCOUNT_LOGIN_METHODS: ['username', 'email'],
      ACCOUNT_SIGNUP_FIELDS: ['username*', 'email', 'password1*'],
    }
    await using it = await start({ settings })
    await reauthenticate(it.client, 'wrong')
    const answer = await it.auth.client('app').post('auth/login', { username: 'ANN', password })
    assert.deepEqual(errors(answer), ['too_many_login_attempts@-'])
  })

  it('does not count successes as failures', async () => {
    await using it = await start({ settings: limited({ login_failed: '1/m/key,1/m/ip' }) })
    for (let n = 0; n < 4; n += 1) assert.equal((await reauthenticate(it.client)).status, 200)
  })

  it('answers 429 to more requests than a user may send, right or wrong', async () => {
    await using it = await start({ settings: limited({ reauthenticate: '3/m/user' }) })
    const other = await signIn(it.auth, ann, 'browser')
    await reauthenticate(it.client)
    await reauthenticate(other, '')
    await reauthenticate(it.client)
    assert.equal((await reauthenticate(other)).status, 429)
    assert.equal((await reauthenticate(await signIn(it.auth, bob), bob.password)).status, 200)
  })

  it('compares as many of 50 guesses at once as failures are allowed', async () => {
    const settings = limited({ login_failed: '5/m/key', reauthenticate: '100/m/user' })
    await using it = await start({ settings })
    const guesses = Array.from({ length: 50 }, () => reauthenticate(it.client, 'wrong'))
    const codes = (await Promise.all(guesses)).flatMap(errors)
    assert.equal(codes.filter((it) => it === 'incorrect_password@password').length, 5)
    assert.equal(codes.filter((it) => it === 'too_many_login_attempts@password').length, 45)
  })

  it('is not used up by requests that the full gate turned away', async () => {
    const settings = {
      ...limited({ login_failed: '3/m/key', reauthenticate: '' }),
      HASH_CONCURRENCY: 1,
      HASH_MAX_QUEUED: 0,
    }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signIn(auth, ann, 'app', { mayFail: true })
    const storm = await Promise.all([1, 2, 3, 4].map(() => reauthenticate(client, 'wrong')))
    const turnedAway = storm.filter(({ status }) => status === 503).length
    const codes = storm.flatMap(errors)
    const compared = codes.filter((code) => code === 'incorrect_password@password').length
    // While those who are turned away have not got back what they paid, others may find it used up.
    assert.ok(turnedAway > 0 && turnedAway + codes.length === 4, `${compared} compared`)
    for (let n = compared; n < 3; n += 1) {
      assert.deepEqual(errors(await reauthenticate(client, 'wrong')), [
        'incorrect_password@password',
      ])
    }
    assert.deepEqual(errors(await reauthenticate(client)), ['too_many_login_attempts@password'])
  })
})

describe('ACCOUNT_REAUTHENTICATION_REQUIRED', () => {
  const changes = [
    ['POST', 'account/email', { email: 'new@example.org' }],
    ['PATCH', 'account/email', { email: second, primary: true }],
    ['DELETE', 'account/email', { email: second }],
    ['POST', 'account/phone', { phone: '+31600000001' }],
  ] as const

  it('has each change of the account ask for a proof once the last is too old', async () => {
    for (const [method, path, json] of changes) {
      await using it = await start()
      it.auth.clock.advance(300)
      const { status, body } = await it.client.request(method, path, json)
      assert.equal(status, 401, `${method} ${path}`)
      assert.deepEqual(body.data?.flows, [{ id: 'reauthenticate' }])
      assert.equal(body.data?.user?.email, ann.email)
      assert.equal(body.data?.methods?.length, 1)
      assert.deepEqual(body.meta, { is_authenticated: true })
      assert.equal((await it.client.get('auth/session')).status, 200)
      assert.deepEqual(await it.auth.sent(), [])
      assert.equal((await reauthenticate(it.client)).status, 200)
      const again = await it.client.request(method, path, json)
      assert.ok(again.status === 200 || again.status === 202, `${method} ${path}`)
    }
  })

  it('lets them pass within the time, counted from the last proof', async () => {
    await using it = await start({
      settings: { ...required, ACCOUNT_REAUTHENTICATION_TIMEOUT: 60 },
    })
    it.auth.clock.advance(59.999)
    assert.equal((await it.client.post('account/email', { email: 'a@example.org' })).status, 200)
    it.auth.clock.advance(0.001)
    assert.equal((await it.client.post('account/email', { email: 'b@example.org' })).status, 401)
    await reauthenticate(it.client, 'wrong')
    assert.equal((await it.client.post('account/email', { email: 'b@example.org' })).status, 401)
    await reauthenticate(it.client)
    it.auth.clock.advance(59.999)
    assert.equal((await it.client.post('account/email', { email: 'b@example.org' })).status, 200)
  })

  it('comes after the checks of the input', async () => {
    await using it = await start()
    it.auth.clock.advance(300)
    const answers = [
      await it.client.post('account/email', { email: 'bad' }),
      await it.client.post('account/email', { email: ann.email }),
      await it.client.patch('account/email', { email: second }),
      await it.client.patch('account/email', { email: bob.email, primary: true }),
      await it.client.delete('account/email', { email: bob.email }),
      await it.client.delete('account/email', { email: ann.email }),
      await it.client.post('account/phone', { phone: 'bad' }),
      await it.client.post('account/phone', { phone: ann.phone }),
    ]
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([400]))
  })

  it('is asked for neither by a look, nor by a resend, nor by a password change', async () => {
    await using it = await start()
    it.auth.clock.advance(300)
    assert.equal((await it.client.get('account/email')).status, 200)
    assert.equal((await it.client.get('account/phone')).status, 200)
    assert.equal((await it.client.put('account/email', { email: second })).status, 200)
    const change = { current_password: password, new_password: 'tidy-Walrus-90' }
    assert.equal((await it.client.post('account/password/change', change)).status, 200)
  })

  it('is asked for by nothing where it is off', async () => {
    await using it = await start({
      settings: { ...required, ACCOUNT_REAUTHENTICATION_REQUIRED: false },
    })
    it.auth.clock.advance(100_000)
    assert.deepEqual(listed(await it.client.delete('account/email', { email: second })), [
      'ann@example.org verified primary',
    ])
  })

  it('lists the reset of a password by code besides, which is no way to prove it', async () => {
    const settings = { ...required, ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true }
    await using it = await start({ settings, users: [ann, { ...bob, password: null }] })
    it.auth.clock.advance(1000)
    const add = { email: 'new@example.org' }
    const { status, body } = await it.client.post('account/email', add)
    assert.equal(status, 401)
    const reset = { id: 'password_reset_by_code', is_pending: false }
    assert.deepEqual(body.data?.flows, [{ id: 'reauthenticate' }, reset])
    await it.client.post('auth/password/request', { email: ann.email })
    const again = await it.client.post('account/email', add)
    assert.equal(TestClient.pending(again), 'password_reset_by_code')
  })

  it('does not hold up whoever has no way to prove it', async () => {
    const settings = { ...required, ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
    await using auth = await createTestAuth({ settings, users: [{ ...ann, password: null }] })
    const client = auth.client('app')
    await client.post('auth/code/request', { email: ann.email })
    await client.post('auth/code/confirm', { code: await auth.secretTo(ann.email) })
    auth.clock.advance(300)
    assert.equal((await client.post('account/email', { email: 'new@example.org' })).status, 200)
  })

  it('takes a login by code for a proof, and a signup for none', async () => {
    const settings = { ...required, ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const byCode = auth.client('app')
    await byCode.post('auth/code/request', { email: ann.email })
    await byCode.post('auth/code/confirm', { code: await auth.secretTo(ann.email) })
    assert.equal((await byCode.post('account/email', { email: 'a@example.org' })).status, 200)
    const fresh = auth.client('app')
    const signup = { email: 'fresh@example.org', password }
    assert.equal((await fresh.post('auth/signup', signup)).status, 200)
    assert.equal((await fresh.post('account/email', { email: 'b@example.org' })).status, 401)
  })

  it('is not satisfied by the proof of another user in the same session before', async () => {
    const settings = { ...required, ACCOUNT_EMAIL_VERIFICATION: 'none' }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = auth.client('browser')
    await client.post('auth/login', { email: ann.email, password })
    await client.delete('auth/session')
    await client.post('auth/signup', { email: 'fresh@example.org', password })
    assert.equal((await client.post('account/email', { email: 'b@example.org' })).status, 401)
  })
})

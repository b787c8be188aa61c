import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const phone = '+31612345678'
const paula = { username: 'paula', phone, password, phone_verified: false }
const otto = { username: 'otto', phone: '+31687654321', password }
const wrong = 'BCDF-GHJK'
const byPhone = {
  ACCOUNT_LOGIN_METHODS: ['phone'],
  ACCOUNT_SIGNUP_FIELDS: ['phone*', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'none',
}
const noLimits = { ...byPhone, ACCOUNT_RATE_LIMITS: false }
const resending = { ...noLimits, ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND: 2 }

/** A client whose login waits for the code to the number, and that code. */
async function waiting(auth: TestAuth, kind: 'app' | 'browser' = 'app') {
  const client = auth.client(kind)
  assert.equal(pending(await client.post('auth/login', { phone, password })), 'verify_phone')
  return { client, code: await auth.secretTo(phone) }
}

function verify(client: TestClient, code: unknown) {
  return client.post('auth/phone/verify', { code })
}

function resend(client: TestClient) {
  return client.post('auth/phone/verify/resend')
}

describe('POST auth/phone/verify', () => {
  it('verifies the number and signs in', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using auth = await createTestAuth({ settings: byPhone, users: [paula] })
      const { client, code } = await waiting(auth, kind)
      const { token } = client
      const { status, body } = await verify(client, ` ${code.toLowerCase().replace('-', ' ')}.`)
      assert.equal(status, 200)
      assert.equal(body.data?.methods?.length, 1)
      if (kind === 'app') assert.notEqual(client.token, token)
      assert.deepEqual(listed(await client.get('account/phone')), [`${phone} verified`])
      await signIn(auth, paula)
      assert.deepEqual(await eventTypes(auth), ['phone_verified', 'logged_in', 'logged_in'])
    }
  })

  it('answers 409 where nothing waits, before any look at the input', async () => {
    await using auth = await createTestAuth({ settings: byPhone, users: [otto] })
    const signedIn = await signIn(auth, otto)
    for (const client of [auth.client('app'), auth.client('browser'), signedIn]) {
      assert.equal((await client.post('auth/phone/verify', {})).status, 409)
      assert.equal((await verify(client, wrong)).status, 409)
      assert.equal((await resend(client)).status, 409)
    }
  })

  it('counts wrong, blank and missing codes, and ends the login with the last', async () => {
    const settings = { ...byPhone, ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS: 4 }
    await using auth = await createTestAuth({ settings, users: [paula] })
    const { client, code } = await waiting(auth)
    const answers = [
      await verify(client, wrong),
      await verify(client, ''),
      await client.post('auth/phone/verify', {}),
      await verify(client, ' -- '),
    ]
    assert.deepEqual(answers.flatMap(errors), [
      'incorrect_code@code',
      'required@code',
      'required@code',
      'incorrect_code@code',
    ])
    assert.equal((await verify(client, code)).status, 409)
    assert.equal(pending(await client.get('auth/session')), undefined)
  })

  it('compares exactly as many of 50 guesses at once as are allowed', async () => {
    await using auth = await createTestAuth({ settings: byPhone, users: [paula] })
    const { client } = await waiting(auth)
    const guesses = Array.from({ length: 50 }, () => verify(client, wrong))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 400).length, 3)
    assert.equal(statuses.filter((it) => it === 409).length, 47)
  })

  it('works until it expires', async () => {
    const settings = { ...noLimits, ACCOUNT_PHONE_VERIFICATION_TIMEOUT: 300 }
    await using auth = await createTestAuth({ settings, users: [paula] })
    const first = await waiting(auth)
    auth.clock.advance(299.999)
    assert.deepEqual(errors(await verify(first.client, wrong)), ['incorrect_code@code'])
    auth.clock.advance(0.001)
    assert.equal((await verify(first.client, first.code)).status, 409)
    assert.equal(pending(await first.client.get('auth/session')), undefined)
  })

  it('is over with the time of the login', async () => {
    const settings = { ...byPhone, ACCOUNT_LOGIN_TIMEOUT: 60 }
    await using auth = await createTestAuth({ settings, users: [paula] })
    const { client, code } = await waiting(auth)
    auth.clock.advance(60)
    assert.equal((await verify(client, code)).status, 409)
  })

  it('of one session does nothing in another', async () => {
    await using auth = await createTestAuth({ settings: noLimits, users: [paula] })
    const first = await waiting(auth)
    const second = await waiting(auth)
    assert.deepEqual(errors(await verify(second.client, first.code)), ['incorrect_code@code'])
    assert.equal((await verify(auth.client('app'), first.code)).status, 409)
    assert.equal((await verify(first.client, first.code)).status, 200)
    assert.equal((await verify(second.client, second.code)).status, 200)
  })

  it('is void once another user has signed in in the session', async () => {
    await using auth = await createTestAuth({ settings: byPhone, users: [paula, otto] })
    const { client, code } = await waiting(auth)
    await client.post('auth/login', { phone: otto.phone, password })
    assert.equal((await verify(client, code)).status, 409)
    assert.deepEqual(listed(await client.get('account/phone')), [`${otto.phone} verified`])
  })

  it('serves no other purpose', async () => {
    const settings = { ...noLimits, ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
    await using auth = await createTestAuth({ settings, users: [paula] })
    const { client, code } = await waiting(auth)
    assert.equal((await client.post('auth/code/confirm', { code })).status, 409)
    const byCode = auth.client('app')
    await byCode.post('auth/code/request', { phone })
    const login = await auth.secretTo(phone)
    assert.equal((await verify(byCode, login)).status, 409)
    assert.equal((await verify(client, code)).status, 200)
  })

  it('is void once the account was deactivated', async () => {
    await using auth = await createTestAuth({ settings: byPhone, users: [paula] })
    const { client, code } = await waiting(auth)
    await auth.server.db.updateTable('users').set({ is_active: 0 }).execute()
    assert.equal((await verify(client, code)).status, 409)
    assert.equal(pending(await client.get('auth/session')), undefined)
  })

  it('is formatted as the settings say', async () => {
    const settings = {
      ...byPhone,
      ALLAUTH_USER_CODE_FORMAT: { numeric: true, dashed: false },
      ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT: { length: 6 },
    }
    await using auth = await createTestAuth({ settings, users: [paula] })
    const { client, code } = await waiting(auth)
    assert.match(code, /^\d{6}$/)
    const given = code.startsWith('0') ? code : Number(code)
    assert.equal((await verify(client, given)).status, 200)
  })

  it('is stored as nobody can read it', async () => {
    await using auth = await createTestAuth({ settings: byPhone, users: [paula] })
    const { code } = await waiting(auth)
    for (const table of ['codes', 'sessions', 'events', 'outbox', 'rate_limits'] as const) {
      const rows = JSON.stringify(await auth.server.db.selectFrom(table).selectAll().execute())
      assert.equal(rows.includes(code) || rows.includes(code.replace('-', '')), false, table)
    }
  })
})

describe('POST auth/phone/verify/resend', () => {
  it('sends a code that replaces the first, as often as the settings allow', async () => {
    await using auth = await createTestAuth({ settings: resending, users: [paula] })
    const { client, code: first } = await waiting(auth)
    assert.equal((await resend(client)).status, 200)
    assert.deepEqual(errors(await verify(client, first)), ['incorrect_code@code'])
    assert.equal((await resend(client)).status, 200)
    assert.equal((await resend(client)).status, 409)
    assert.equal((await auth.sent()).length, 3)
    assert.equal((await verify(client, await auth.secretTo(phone))).status, 200)
  })

  it('answers 409 where the settings do not allow it', async () => {
    await using auth = await createTestAuth({ settings: noLimits, users: [paula] })
    const { client } = await waiting(auth)
    assert.equal((await resend(client)).status, 409)
    assert.equal((await auth.sent()).length, 1)
  })

  it('answers 429 when it is too soon, and uses nothing up', async () => {
    const settings = { ...resending, ACCOUNT_RATE_LIMITS: {} }
    await using auth = await createTestAuth({ settings, users: [paula] })
    const { client, code } = await waiting(auth)
    const early = await resend(client)
    assert.deepEqual([early.status, early.headers.get('retry-after')], [429, '30'])
    auth.clock.advance(29.999)
    assert.equal((await resend(client)).status, 429)
    auth.clock.advance(0.001)
    assert.equal((await resend(client)).status, 200)
    assert.deepEqual(errors(await verify(client, code)), ['incorrect_code@code'])
    auth.clock.advance(30)
    assert.equal((await resend(client)).status, 200)
  })

  it('gives no attempts back', async () => {
    await using auth = await createTestAuth({ settings: resending, users: [paula] })
    const { client } = await waiting(auth)
    for (let n = 0; n < 2; n += 1) {
      await verify(client, wrong)
      await resend(client)
    }
    await verify(client, wrong)
    assert.equal((await verify(client, await auth.secretTo(phone))).status, 409)
  })

  it('answers 409 for a change that a signed-in user began', async () => {
    await using auth = await createTestAuth({ settings: resending, users: [otto] })
    const client = await signIn(auth, otto)
    await client.post('account/phone', { phone })
    assert.equal((await resend(client)).status, 409)
    assert.equal((await verify(client, await auth.secretTo(phone))).status, 200)
  })

  it('of 20 at once sends as many as are allowed', async () => {
    await using auth = await createTestAuth({ settings: resending, users: [paula] })
    const { client } = await waiting(auth)
    const answers = await Promise.all(Array.from({ length: 20 }, () => resend(client)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 2)
    assert.equal((await auth.sent()).length, 3)
  })
})

describe('POST auth/login while a code to the number is waited for', () => {
  it('answers 429 within 30 seconds, sends nothing, and the first code still works', async () => {
    await using auth = await createTestAuth({ settings: byPhone, users: [paula] })
    const { client, code } = await waiting(auth)
    const other = await auth.client('browser').post('auth/login', { phone, password })
    assert.equal(other.status, 429)
    assert.equal((await auth.sent()).length, 1)
    assert.equal((await verify(client, code)).status, 200)
  })
})

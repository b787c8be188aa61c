import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password, email_verified: false }
const bob = { ...ann, email: 'bob@example.org', username: 'bob' }
const byCode = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}
const resending = {
  ...byCode,
  ACCOUNT_RATE_LIMITS: false,
  ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 2,
}
const wrong = 'BCDF-GHJK'

/** A client whose login waits for a code, and that code. */
async function waiting(auth: TestAuth, kind: 'app' | 'browser' = 'app', email = ann.email) {
  const client = auth.client(kind)
  const answer = await client.post('auth/login', { email, password })
  assert.equal(pending(answer), 'verify_email')
  return { client, key: await auth.secretTo(email) }
}

function verify(client: TestClient, key: unknown) {
  return client.post('auth/email/verify', { key })
}

function lookUp(client: TestClient, key: string | undefined) {
  return client.get('auth/email/verify', { headers: { 'x-email-verification-key': key } })
}

describe('POST auth/email/verify by code', () => {
  it('verifies and signs in', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using auth = await createTestAuth({ settings: byCode, users: [ann] })
      const { client, key } = await waiting(auth, kind)
      assert.match(key, /^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/)
      const { status, body } = await verify(client, key)
      assert.equal(status, 200)
      assert.equal(body.data?.user?.email, ann.email)
      assert.equal(body.data?.methods?.length, 1)
      assert.equal((await client.get('auth/session')).status, 200)
      const again = await auth.client(kind).post('auth/login', { email: ann.email, password })
      assert.equal(again.status, 200)
    }
  })

  it('minds neither case nor dashes, blanks and punctuation of the code', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const { client, key } = await waiting(auth)
    const spelled = ` \u2013${[...key.toLowerCase()].join(' ')}. \u200b`
    assert.equal((await verify(client, spelled)).status, 200)
  })

  it('takes a code of digits as the number that JSON may hold', async () => {
    const settings = {
      ...byCode,
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT: { numeric: true, dashed: false, length: 6 },
    }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const { client, key } = await waiting(auth)
    assert.match(key, /^\d{6}$/)
    const given = key.startsWith('0') ? key : Number(key)
    assert.equal((await verify(client, given)).status, 200)
  })

  it('answers 409 where nothing waits, before any look at the input', async () => {
    const verified = { ...ann, email_verified: true }
    await using auth = await createTestAuth({ settings: byCode, users: [verified] })
    const stranger = auth.client('app')
    const signedIn = auth.client('app')
    await signedIn.post('auth/login', { email: ann.email, password })
    for (const client of [stranger, signedIn]) {
      assert.equal((await client.post('auth/email/verify', {})).status, 409)
      assert.equal((await verify(client, wrong)).status, 409)
      assert.equal((await lookUp(client, wrong)).status, 409)
      assert.equal((await client.post('auth/email/verify/resend')).status, 409)
    }
  })

  it('counts a wrong, an empty and a missing code, by POST and by GET, as attempts', async () => {
    const settings = { ...byCode, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS: 5 }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const { client, key } = await waiting(auth)
    const answers = [
      await verify(client, wrong),
      await verify(client, ''),
      await client.post('auth/email/verify', {}),
      await lookUp(client, wrong),
      await lookUp(client, undefined),
    ]
    assert.deepEqual(answers.flatMap(errors), [
      'incorrect_code@key',
      'required@key',
      'required@key',
      'incorrect_code@key',
      'required@key',
    ])
    assert.equal((await verify(client, key)).status, 409)
    assert.equal((await lookUp(client, key)).status, 409)
    assert.equal(pending(await client.get('auth/session')), undefined)
  })

  it('lets a right look-up cost nothing', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const { client, key } = await waiting(auth)
    for (let n = 0; n < 5; n += 1) {
      const { status, body } = await lookUp(client, key)
      assert.equal(status, 200)
      assert.equal(body.data?.email, ann.email)
      assert.deepEqual(body.meta, { is_authenticating: true })
    }
    assert.equal((await verify(client, key)).status, 200)
  })

  it('compares exactly as many of 50 guesses at once as are allowed', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const { client, key } = await waiting(auth)
    const guesses = Array.from({ length: 50 }, (_, n) =>
      n % 2 ? verify(client, wrong) : lookUp(client, wrong),
    )
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 400).length, 3)
    assert.equal(statuses.filter((it) => it === 409).length, 47)
    assert.equal((await verify(client, key)).status, 409)
  })

  it('of 50 right ones at once lets one through', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const { client, key } = await waiting(auth)
    const { token } = client
    const uses = Array.from({ length: 50 }, () => {
      const same = auth.client('app')
      same.token = token
      return verify(same, key)
    })
    const answers = await Promise.all(uses)
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    const others = answers.filter(({ status }) => status !== 200).map(({ status }) => status)
    assert.deepEqual(
      others.filter((it) => it !== 409 && it !== 410),
      [],
    )
    const events = await auth.server.db.selectFrom('events').select('type').execute()
    assert.equal(events.filter(({ type }) => type === 'logged_in').length, 1)
  })

  it('works until it expires', async () => {
    await using auth = await createTestAuth({
      settings: { ...byCode, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT: 300 },
      users: [ann],
    })
    const { client, key } = await waiting(auth)
    auth.clock.advance(299.999)
    assert.equal((await lookUp(client, key)).status, 200)
    auth.clock.advance(0.001)
    assert.equal((await verify(client, key)).status, 409)
    assert.equal(pending(await client.get('auth/session')), undefined)
  })

  it('works once', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const { client, key } = await waiting(auth)
    await verify(client, key)
    assert.equal((await verify(client, key)).status, 409)
  })

  it('of one session does nothing in another, even of the same user', async () => {
    const settings = { ...byCode, ACCOUNT_RATE_LIMITS: false }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const first = await waiting(auth)
    const second = await waiting(auth)
    assert.notEqual(first.key, second.key)
    assert.deepEqual(errors(await verify(second.client, first.key)), ['incorrect_code@key'])
    assert.equal((await verify(auth.client('app'), first.key)).status, 409)
    assert.equal((await verify(first.client, first.key)).status, 200)
  })

  it('of one user does nothing for another', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann, bob] })
    const ofAnn = await waiting(auth)
    const ofBob = await waiting(auth, 'app', bob.email)
    assert.deepEqual(errors(await verify(ofBob.client, ofAnn.key)), ['incorrect_code@key'])
    assert.equal((await verify(ofBob.client, ofBob.key)).body.data?.user?.email, bob.email)
  })

  it('is void once the login of another user begins in the session', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann, bob] })
    const { client, key } = await waiting(auth)
    const answer = await client.post('auth/login', { email: bob.email, password })
    assert.equal(pending(answer), 'verify_email')
    assert.deepEqual(errors(await verify(client, key)), ['incorrect_code@key'])
    const own = await verify(client, await auth.secretTo(bob.email))
    assert.equal(own.body.data?.user?.email, bob.email)
    const addresses = await auth.server.db.selectFrom('email_addresses').selectAll().execute()
    const isVerified = addresses.find(({ email }) => email === ann.email)?.is_verified
    assert.equal(isVerified, 0)
  })

  it('is void once another user has signed in in the session', async () => {
    const users = [ann, { ...bob, email_verified: true }]
    await using auth = await createTestAuth({ settings: byCode, users })
    const { client, key } = await waiting(auth)
    assert.equal((await client.post('auth/login', { email: bob.email, password })).status, 200)
    assert.equal((await verify(client, key)).status, 409)
  })

  it('is void once the session was ended', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const { client, key } = await waiting(auth, 'browser')
    await client.delete('auth/session')
    assert.equal((await verify(client, key)).status, 409)
  })

  it('is stored as nobody can read it', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const { key } = await waiting(auth)
    for (const table of ['codes', 'sessions', 'events', 'outbox', 'rate_limits'] as const) {
      const rows = JSON.stringify(await auth.server.db.selectFrom(table).selectAll().execute())
      assert.equal(rows.includes(key) || rows.includes(key.replace('-', '')), false, table)
    }
  })
})

describe('POST auth/login by code of somebody without an address', () => {
  it('waits for a code that never comes', async () => {
    const settings = { ...byCode, ACCOUNT_LOGIN_METHODS: ['username'] }
    await using auth = await createTestAuth({ settings, users: [{ username: 'nina', password }] })
    const client = auth.client('app')
    const answer = await client.post('auth/login', { username: 'nina', password })
    assert.equal(pending(answer), 'verify_email')
    assert.equal((await verify(client, wrong)).status, 409)
    assert.equal((await client.post('account/email', { email: ann.email })).status, 409)
    assert.equal(pending(await client.get('auth/session')), 'verify_email')
    assert.deepEqual(await auth.sent(), [])
  })
})

describe('POST auth/login while a code is waited for', () => {
  it('answers too_many_login_attempts and mails nothing, and the first code still works', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const { client, key } = await waiting(auth)
    for (const other of [client, auth.client('app'), auth.client('browser')]) {
      const answer = await other.post('auth/login', { email: ann.email, password })
      assert.deepEqual(errors(answer), ['too_many_login_attempts@-'])
    }
    assert.equal((await auth.sent()).length, 1)
    assert.equal((await verify(client, key)).status, 200)
  })

  it('answers 429 instead to a login by username', async () => {
    const settings = { ...byCode, ACCOUNT_LOGIN_METHODS: ['username', 'email'] }
    await using auth = await createTestAuth({ settings, users: [ann] })
    await waiting(auth)
    const answer = await auth.client('app').post('auth/login', { username: 'ann', password })
    assert.equal(answer.status, 429)
  })

  it('mails another code after a while, and buys no attempts at the first', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const first = await waiting(auth)
    for (let n = 0; n < 3; n += 1) await verify(first.client, wrong)
    auth.clock.advance(180)
    const second = await waiting(auth)
    assert.equal((await verify(first.client, first.key)).status, 409)
    assert.equal((await verify(second.client, second.key)).status, 200)
  })
})

describe('POST auth/email/verify/resend by code', () => {
  it('sends a code that replaces the first, as often as the settings allow', async () => {
    await using auth = await createTestAuth({ settings: resending, users: [ann] })
    const { client, key: first } = await waiting(auth)
    assert.equal((await client.post('auth/email/verify/resend')).status, 200)
    const second = await auth.secretTo(ann.email)
    assert.notEqual(second, first)
    assert.deepEqual(errors(await verify(client, first)), ['incorrect_code@key'])
    assert.equal((await client.post('auth/email/verify/resend')).status, 200)
    const third = await auth.secretTo(ann.email)
    assert.equal((await client.post('auth/email/verify/resend')).status, 409)
    assert.equal((await auth.sent()).length, 3)
    assert.deepEqual(errors(await verify(client, second)), ['incorrect_code@key'])
    assert.equal((await verify(client, third)).status, 200)
  })

  it('answers 409 where the settings do not allow it', async () => {
    const settings = { ...resending, ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: false }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const { client } = await waiting(auth)
    assert.equal((await client.post('auth/email/verify/resend')).status, 409)
    assert.equal((await auth.sent()).length, 1)
  })

  it('answers 429 when it is too soon, and uses nothing up', async () => {
    const settings = {
      ...resending,
      ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 1,
      ACCOUNT_RATE_LIMITS: { confirm_email: '1/2s/key' },
    }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const { client, key } = await waiting(auth)
    for (let n = 0; n < 3; n += 1) {
      const answer = await client.post('auth/email/verify/resend')
      assert.equal(answer.status, 429)
      assert.equal(answer.headers.get('retry-after'), '2')
    }
    assert.equal((await lookUp(client, key)).status, 200)
    auth.clock.advance(2)
    assert.equal((await client.post('auth/email/verify/resend')).status, 200)
    assert.equal((await verify(client, await auth.secretTo(ann.email))).status, 200)
  })

  it('gives no attempts back', async () => {
    await using auth = await createTestAuth({ settings: resending, users: [ann] })
    const { client } = await waiting(auth)
    await verify(client, wrong)
    await client.post('auth/email/verify/resend')
    await verify(client, wrong)
    await client.post('auth/email/verify/resend')
    const code = await auth.secretTo(ann.email)
    assert.deepEqual(errors(await verify(client, wrong)), ['incorrect_code@key'])
    assert.equal((await verify(client, code)).status, 409)
    assert.equal((await client.post('auth/email/verify/resend')).status, 409)
  })

  it('of 20 at once sends as many as are allowed', async () => {
    await using auth = await createTestAuth({ settings: resending, users: [ann] })
    const { client } = await waiting(auth)
    const asked = Array.from({ length: 20 }, () => client.post('auth/email/verify/resend'))
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 200).length, 2)
    assert.equal((await auth.sent()).length, 3)
    assert.equal((await verify(client, await auth.secretTo(ann.email))).status, 200)
  })
})

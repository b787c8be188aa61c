import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const second = 'second@example.org'
const wrong = 'BCDF-GHJK'
const byEmail = { ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
const noLimits = { ...byEmail, ACCOUNT_RATE_LIMITS: false }
const resending = { ...noLimits, ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND: 2 }

/** A client that waits for a code, and that code. */
async function waiting(auth: TestAuth, email = ann.email, kind: 'app' | 'browser' = 'app') {
  const client = auth.client(kind)
  const answer = await client.post('auth/code/request', { email })
  assert.equal(pending(answer), 'login_by_code')
  return { client, code: await auth.secretTo(email) }
}

async function start({ settings = byEmail, users = [ann, bob] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  return { auth, ...(await waiting(auth)), [Symbol.asyncDispose]: () => auth.close() }
}

function confirm(client: TestClient, code: unknown) {
  return client.post('auth/code/confirm', { code })
}

function resend(client: TestClient) {
  return client.post('auth/code/resend')
}

describe('POST auth/code/confirm', () => {
  it('signs in, with the address among the methods and a new token', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using auth = await createTestAuth({ settings: byEmail, users: [ann] })
      const { client, code } = await waiting(auth, ann.email, kind)
      const before = kind === 'app' ? client.token : client.cookies.get('sessionid')
      const { status, body } = await confirm(client, code)
      assert.equal(status, 200)
      const [{ method, email } = {}] = (body.data?.methods ?? []) as Record<string, unknown>[]
      assert.deepEqual([method, email], ['code', ann.email])
      const after = kind === 'app' ? client.token : client.cookies.get('sessionid')
      assert.notEqual(after, before)
      assert.deepEqual(await eventTypes(auth), ['logged_in'])
      const late = await confirm(client, code)
      assert.equal(late.status, 409)
    }
  })

  it('minds neither case nor punctuation, and takes digits as a number', async () => {
    await using it = await start()
    const spelled = ` \u2013${[...it.code.toLowerCase()].join(' ')}.`
    assert.equal((await confirm(it.client, spelled)).status, 200)
    const settings = { ...byEmail, ACCOUNT_LOGIN_BY_CODE_FORMAT: { numeric: true, dashed: false } }
    await using digits = await start({ settings })
    assert.match(digits.code, /^\d{9}$/)
    const given = digits.code.startsWith('0') ? digits.code : Number(digits.code)
    assert.equal((await confirm(digits.client, given)).status, 200)
  })

  it('counts wrong, blank and missing codes, and ends with the last', async () => {
    await using it = await start({
      settings: { ...byEmail, ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS: 4 },
    })
    const answers = [
      await confirm(it.client, wrong),
      await confirm(it.client, ''),
      await it.client.post('auth/code/confirm', {}),
      await confirm(it.client, `${it.code}B`),
    ]
    assert.deepEqual(answers.flatMap(errors), [
      'incorrect_code@code',
      'required@code',
      'required@code',
      'incorrect_code@code',
    ])
    assert.equal((await confirm(it.client, it.code)).status, 409)
    assert.equal(pending(await it.client.get('auth/session')), undefined)
  })

  it('compares exactly as many of 50 guesses at once as are allowed', async () => {
    await using it = await start()
    const guesses = Array.from({ length: 50 }, () => confirm(it.client, wrong))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 400).length, 3)
    assert.equal(statuses.filter((it) => it === 409).length, 47)
    assert.equal((await confirm(it.client, it.code)).status, 409)
  })

  it('of 50 right ones at once lets one through', async () => {
    await using it = await start()
    const uses = Array.from({ length: 50 }, () => {
      const same = it.auth.client('app')
      same.token = it.client.token
      return confirm(same, it.code)
    })
    const statuses = (await Promise.all(uses)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 200).length, 1)
    assert.equal(statuses.filter((it) => it === 409 || it === 410).length, 49)
    assert.deepEqual(await eventTypes(it.auth), ['logged_in'])
  })

  it('works until it expires', async () => {
    await using it = await start({ settings: { ...byEmail, ACCOUNT_LOGIN_BY_CODE_TIMEOUT: 60 } })
    it.auth.clock.advance(59.999)
    assert.deepEqual(errors(await confirm(it.client, wrong)), ['incorrect_code@code'])
    it.auth.clock.advance(0.001)
    assert.equal((await confirm(it.client, it.code)).status, 409)
    assert.equal(pending(await it.client.get('auth/session')), undefined)
  })

  it('is over with the time of the login', async () => {
    const settings = { ...byEmail, ACCOUNT_LOGIN_TIMEOUT: 30, ACCOUNT_LOGIN_BY_CODE_TIMEOUT: 60 }
    await using it = await start({ settings })
    it.auth.clock.advance(30)
    assert.equal((await confirm(it.client, it.code)).status, 409)
  })

  it('gives what comes after it the whole time of a login', async () => {
    const settings = {
      ...byEmail,
      ACCOUNT_LOGIN_METHODS: ['phone', 'email'],
      ACCOUNT_SIGNUP_FIELDS: ['phone', 'email*', 'password1*'],
      ACCOUNT_LOGIN_TIMEOUT: 30,
    }
    const users = [{ ...ann, phone: '+31612345678', phone_verified: false }]
    await using it = await start({ settings, users })
    it.auth.clock.advance(29)
    assert.equal(pending(await confirm(it.client, it.code)), 'verify_phone')
    it.auth.clock.advance(29)
    assert.equal(pending(await it.client.get('auth/session')), 'verify_phone')
    it.auth.clock.advance(1)
    assert.equal(pending(await it.client.get('auth/session')), undefined)
  })

  it('answers 409 where nothing waits, before any look at the input', async () => {
    await using auth = await createTestAuth({ settings: byEmail, users: [ann] })
    for (const client of [auth.client('app'), auth.client('browser'), await signIn(auth, ann)]) {
      assert.equal((await client.post('auth/code/confirm', {})).status, 409)
      assert.equal((await confirm(client, wrong)).status, 409)
      assert.equal((await client.get('auth/code/confirm')).status, 409)
      assert.equal((await resend(client)).status, 409)
    }
  })

  it('of one session answers 409 in another, and of one user does nothing for another', async () => {
    await using it = await start({ settings: noLimits })
    assert.equal((await confirm(it.auth.client('app'), it.code)).status, 409)
    const ofBob = await waiting(it.auth, bob.email)
    assert.deepEqual(errors(await confirm(ofBob.client, it.code)), ['incorrect_code@code'])
    const same = await waiting(it.auth)
    assert.deepEqual(errors(await confirm(same.client, it.code)), ['incorrect_code@code'])
    assert.equal((await confirm(it.client, it.code)).body.data?.user?.email, ann.email)
  })

  it('is void once another login began or ended in the session', async () => {
    await using it = await start()
    await it.client.post('auth/login', { email: bob.email, password: bob.password })
    assert.equal((await confirm(it.client, it.code)).status, 409)
    assert.equal((await it.client.get('auth/session')).body.data?.user?.email, bob.email)
  })

  it('is void once the session was ended', async () => {
    await using auth = await createTestAuth({ settings: byEmail, users: [ann] })
    const { client, code } = await waiting(auth, ann.email, 'browser')
    await client.delete('auth/session')
    assert.equal((await confirm(client, code)).status, 409)
  })

  it('is void once the account was deactivated', async () => {
    await using it = await start()
    await it.auth.server.db.updateTable('users').set({ is_active: 0 }).execute()
    assert.equal((await confirm(it.client, it.code)).status, 409)
    assert.equal(pending(await it.client.get('auth/session')), undefined)
  })

  it('is void once the address was removed', async () => {
    const users = [{ ...ann, extra_emails: [{ email: second, verified: true }] }]
    await using auth = await createTestAuth({ settings: byEmail, users })
    const { client, code } = await waiting(auth, second)
    const owner = await signIn(auth, ann)
    await owner.delete('account/email', { email: second })
    assert.equal((await confirm(client, code)).status, 409)
    assert.equal((await client.get('auth/session')).status, 401)
  })

  it('is void once another user has verified the address', async () => {
    const settings = { ...noLimits, ACCOUNT_PREVENT_ENUMERATION: 'strict' }
    const users = [{ ...ann, email_verified: false }, bob]
    await using it = await start({ settings, users })
    const ofBob = await signIn(it.auth, bob)
    await ofBob.post('account/email', { email: ann.email })
    const key = await it.auth.secretTo(ann.email)
    assert.equal((await ofBob.post('auth/email/verify', { key })).status, 200)
    assert.equal((await confirm(it.client, it.code)).status, 409)
    assert.equal((await it.client.get('auth/session')).status, 401)
  })

  it('is void after a password reset, as every login that is under way', async () => {
    await using it = await start({ settings: noLimits })
    await it.auth.client('app').post('auth/password/request', { email: ann.email })
    const key = await it.auth.secretTo(ann.email)
    const reset = { key, password: 'tidy-Walrus-90' }
    assert.equal((await it.auth.client('app').post('auth/password/reset', reset)).status, 401)
    assert.equal((await confirm(it.client, it.code)).status, 409)
  })

  it('is no reset code, and a reset code is no login code', async () => {
    const settings = { ...noLimits, ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true }
    await using it = await start({ settings })
    await it.client.post('auth/password/request', { email: ann.email })
    const resetCode = await it.auth.secretTo(ann.email)
    assert.deepEqual(errors(await confirm(it.client, resetCode)), ['incorrect_code@code'])
    const reset = { key: it.code, password: 'tidy-Walrus-90' }
    const answer = await it.client.post('auth/password/reset', reset)
    assert.deepEqual(errors(answer), ['incorrect_code@key'])
  })

  it('is stored as nobody can read it', async () => {
    await using it = await start()
    for (const table of ['codes', 'sessions', 'events', 'outbox', 'rate_limits'] as const) {
      const rows = JSON.stringify(await it.auth.server.db.selectFrom(table).selectAll().execute())
      const isThere = rows.includes(it.code) || rows.includes(it.code.replace('-', ''))
      assert.equal(isThere, false, table)
    }
  })
})

describe('POST auth/code/confirm, what the code proves', () => {
  const mandatory = { ...byEmail, ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }

  it('verifies the address, so that verification does not stop the login', async () => {
    await using it = await start({
      settings: mandatory,
      users: [{ ...ann, email_verified: false }],
    })
    assert.equal((await confirm(it.client, it.code)).status, 200)
    assert.deepEqual(listed(await it.client.get('account/email')), [
      `${ann.email} verified primary`,
    ])
    assert.equal((await it.auth.sent()).length, 1)
  })

  it('ends every other session once an address is proved for the first time', async () => {
    const users = [{ ...ann, email_verified: false }]
    await using auth = await createTestAuth({ settings: byEmail, users })
    const squatter = await signIn(auth, ann)
    const browser = await signIn(auth, ann, 'browser')
    const owner = await waiting(auth)
    await confirm(owner.client, owner.code)
    assert.equal((await squatter.get('auth/session')).status, 410)
    assert.equal((await browser.get('auth/session')).status, 401)
    assert.equal((await owner.client.get('auth/session')).status, 200)
  })

  it('ends no session where the address was verified before', async () => {
    await using it = await start()
    const other = await signIn(it.auth, ann)
    await confirm(it.client, it.code)
    assert.equal((await other.get('auth/session')).status, 200)
  })

  it('verifies the number, and leaves the address to be verified', async () => {
    const phone = '+31612345678'
    const settings = {
      ...mandatory,
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
      ACCOUNT_LOGIN_METHODS: ['phone', 'email'],
      ACCOUNT_SIGNUP_FIELDS: ['phone*', 'email*', 'password1*'],
    }
    const users = [{ ...ann, email_verified: false, phone, phone_verified: false }]
    await using auth = await createTestAuth({ settings, users })
    const client = auth.client('app')
    await client.post('auth/code/request', { phone })
    const answer = await confirm(client, await auth.secretTo(phone))
    assert.equal(pending(answer), 'verify_email')
    const verified = await client.post('auth/email/verify', { key: await auth.secretTo(ann.email) })
    assert.equal(verified.status, 200)
    assert.deepEqual(listed(await client.get('account/phone')), [`${phone} verified`])
  })

  it('answers 409 where the number was changed meanwhile', async () => {
    const settings = {
      ...byEmail,
      ACCOUNT_LOGIN_METHODS: ['phone', 'email'],
      ACCOUNT_SIGNUP_FIELDS: ['phone', 'email*', 'password1*'],
      ACCOUNT_PHONE_VERIFICATION_ENABLED: false,
    }
    const phone = '+31612345678'
    await using auth = await createTestAuth({ settings, users: [{ ...ann, phone }] })
    const client = auth.client('app')
    await client.post('auth/code/request', { phone })
    const code = await auth.secretTo(phone)
    const owner = await signIn(auth, { email: ann.email, password })
    const other = '+31600000001'
    assert.equal((await owner.post('account/phone', { phone: other })).status, 202)
    await owner.post('auth/phone/verify', { code: await auth.secretTo(other) })
    assert.equal((await confirm(client, code)).status, 409)
    assert.equal((await client.get('auth/session')).status, 401)
  })
})

describe('POST auth/code/resend', () => {
  it('sends a code that replaces the first, as often as the settings allow', async () => {
    await using it = await start({ settings: resending })
    assert.equal((await resend(it.client)).status, 200)
    assert.deepEqual(errors(await confirm(it.client, it.code)), ['incorrect_code@code'])
    assert.equal((await resend(it.client)).status, 200)
    assert.equal((await resend(it.client)).status, 409)
    assert.equal((await it.auth.sent()).length, 3)
    assert.equal((await confirm(it.client, await it.auth.secretTo(ann.email))).status, 200)
  })

  it('answers 409 where the settings do not allow it', async () => {
    await using it = await start({ settings: noLimits })
    assert.equal((await resend(it.client)).status, 409)
    assert.equal((await it.auth.sent()).length, 1)
    assert.equal((await confirm(it.client, it.code)).status, 200)
  })

  it('gives no attempts back', async () => {
    await using it = await start({ settings: resending })
    for (let n = 0; n < 2; n += 1) {
      await confirm(it.client, wrong)
      await resend(it.client)
    }
    await confirm(it.client, wrong)
    assert.equal((await confirm(it.client, await it.auth.secretTo(ann.email))).status, 409)
    assert.equal((await resend(it.client)).status, 409)
  })

  it('of 20 at once sends as many as are allowed', async () => {
    await using it = await start({ settings: resending })
    const answers = await Promise.all(Array.from({ length: 20 }, () => resend(it.client)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 2)
    assert.equal((await it.auth.sent()).length, 3)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const required = { ACCOUNT_LOGIN_BY_CODE_REQUIRED: true }
const noLimits = { ...required, ACCOUNT_RATE_LIMITS: false }

function logIn(auth: TestAuth, user: object = { email: ann.email, password }) {
  const client = auth.client('app')
  return client.post('auth/login', user).then((answer) => ({ client, answer }))
}

function confirm(client: TestClient, code: string) {
  return client.post('auth/code/confirm', { code })
}

describe('POST auth/login with ACCOUNT_LOGIN_BY_CODE_REQUIRED', () => {
  it('waits for a code and then signs in, with both proofs', async () => {
    for (const value of [true, ['password'], ['mfa', 'password']]) {
      const settings = { ACCOUNT_LOGIN_BY_CODE_REQUIRED: value }
      await using auth = await createTestAuth({ settings, users: [ann] })
      const { client, answer } = await logIn(auth)
      assert.equal(pending(answer), 'login_by_code')
      assert.equal((await client.get('account/email')).status, 401)
      const { status, body } = await confirm(client, await auth.secretTo(ann.email))
      assert.equal(status, 200)
      const methods = (body.data?.methods ?? []) as { method: string }[]
      assert.deepEqual(
        methods.map(({ method }) => method),
        ['password', 'code'],
      )
    }
  })

  it('signs in at once where it is not required after a password', async () => {
    for (const value of [false, [], ['mfa'], ['socialaccount', 'mfa']]) {
      const settings = { ACCOUNT_LOGIN_BY_CODE_REQUIRED: value }
      await using auth = await createTestAuth({ settings, users: [ann] })
      assert.equal((await logIn(auth)).answer.status, 200)
      assert.deepEqual(await auth.sent(), [])
    }
  })

  it('asks nobody for a second code who logged in by code', async () => {
    const settings = { ...required, ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = auth.client('app')
    await client.post('auth/code/request', { email: ann.email })
    assert.equal((await confirm(client, await auth.secretTo(ann.email))).status, 200)
    assert.equal((await auth.sent()).length, 1)
  })

  it('is not satisfied by a code login of before in the same session', async () => {
    const settings = { ...required, ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
    const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }
    await using auth = await createTestAuth({ settings, users: [ann, bob] })
    const client = auth.client('browser')
    await client.post('auth/code/request', { email: bob.email })
    const ofBob = await auth.secretTo(bob.email)
    const answer = await client.post('auth/login', { email: ann.email, password })
    assert.equal(pending(answer), 'login_by_code')
    assert.deepEqual(errors(await confirm(client, ofBob)), ['incorrect_code@code'])
    const { body } = await confirm(client, await auth.secretTo(ann.email))
    assert.equal(body.data?.user?.email, ann.email)
  })

  it('ends the login with the attempts', async () => {
    await using auth = await createTestAuth({ settings: required, users: [ann] })
    const { client } = await logIn(auth)
    for (let n = 0; n < 3; n += 1) await confirm(client, 'BCDF-GHJK')
    assert.equal((await confirm(client, await auth.secretTo(ann.email))).status, 409)
    assert.equal(pending(await client.get('auth/session')), undefined)
  })

  it('sends the code to the primary address, whichever the login is with, else to the number', async () => {
    const settings = {
      ...required,
      ACCOUNT_LOGIN_METHODS: ['username', 'email', 'phone'],
      ACCOUNT_SIGNUP_FIELDS: ['username*', 'email', 'phone', 'password1*'],
    }
    const second = 'second@example.org'
    const phone = '+31612345678'
    const users = [
      { ...ann, phone, extra_emails: [{ email: second, verified: true }] },
      { username: 'paula', phone: '+31687654321', password },
    ]
    await using auth = await createTestAuth({ settings, users })
    const logins = [{ email: second }, { username: 'ann' }, { phone }, { username: 'paula' }]
    for (const by of logins) {
      const { answer } = await logIn(auth, { ...by, password })
      assert.equal(pending(answer), 'login_by_code')
    }
    const to = (await auth.sent()).map((it) => it.split(':')[0])
    assert.deepEqual(to, [ann.email, ann.email, ann.email, '+31687654321'])
  })

  it('answers 401 and nothing pending to whoever can not be reached', async () => {
    const settings = {
      ...required,
      ACCOUNT_LOGIN_METHODS: ['username'],
      ACCOUNT_SIGNUP_FIELDS: ['username*', 'password1*'],
      ACCOUNT_EMAIL_VERIFICATION: 'none',
    }
    await using auth = await createTestAuth({ settings, users: [{ username: 'nina', password }] })
    const { client, answer } = await logIn(auth, { username: 'nina', password })
    assert.deepEqual([answer.status, pending(answer)], [401, undefined])
    assert.equal((await client.get('auth/session')).status, 401)
  })

  it('sends five codes in ten minutes at most to whoever has the password', async () => {
    await using auth = await createTestAuth({ settings: noLimits, users: [ann] })
    for (let n = 0; n < 5; n += 1) assert.equal((await logIn(auth)).answer.status, 401)
    const { answer } = await logIn(auth)
    assert.deepEqual(errors(answer), ['too_many_login_attempts@-'])
    assert.equal((await auth.sent()).length, 5)
    auth.clock.advance(600)
    assert.equal(pending((await logIn(auth)).answer), 'login_by_code')
  })

  it('sends it again where that is switched on', async () => {
    const settings = {
      ...required,
      ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
      ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND: 1,
    }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const { client } = await logIn(auth)
    const first = await auth.secretTo(ann.email)
    assert.equal((await client.post('auth/code/resend')).status, 200)
    assert.deepEqual(errors(await confirm(client, first)), ['incorrect_code@code'])
    assert.equal((await confirm(client, await auth.secretTo(ann.email))).status, 200)
  })

  it('comes before the number and the address, and proves what it was sent to', async () => {
    const settings = {
      ...required,
      ACCOUNT_LOGIN_METHODS: ['phone', 'email'],
      ACCOUNT_SIGNUP_FIELDS: ['phone*', 'email*', 'password1*'],
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
    }
    const phone = '+31612345678'
    const users = [{ ...ann, email_verified: false, phone, phone_verified: false }]
    await using auth = await createTestAuth({ settings, users })
    const { client, answer } = await logIn(auth, { phone, password })
    assert.equal(pending(answer), 'login_by_code')
    const next = await confirm(client, await auth.secretTo(ann.email))
    assert.equal(pending(next), 'verify_phone')
    const code = await auth.secretTo(phone)
    assert.equal((await client.post('auth/phone/verify', { code })).status, 200)
    assert.equal((await auth.sent()).length, 2)
  })
})

describe('POST auth/signup with ACCOUNT_LOGIN_BY_CODE_REQUIRED', () => {
  const settings = {
    ...noLimits,
    ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  }

  it('signs in and verifies by one code', async () => {
    for (const value of [true, ['password']]) {
      const asked = { ...settings, ACCOUNT_LOGIN_BY_CODE_REQUIRED: value }
      await using auth = await createTestAuth({ settings: asked })
      const client = auth.client('app')
      const answer = await client.post('auth/signup', { email: ann.email, password })
      assert.equal(pending(answer), 'login_by_code')
      assert.equal((await confirm(client, await auth.secretTo(ann.email))).status, 200)
      assert.equal((await auth.sent()).length, 1)
    }
  })

  it('answers the same with a taken address, and no code ever matches', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const seen = new Set<string>()
    for (const email of [ann.email, 'new@example.org']) {
      const client = auth.client('app')
      const steps = [await client.post('auth/signup', { email, password })]
      for (let n = 0; n < 4; n += 1) steps.push(await confirm(client, 'BCDF-GHJK'))
      steps.push(await client.get('auth/session'))
      seen.add(steps.map(({ status, body }) => `${status} ${JSON.stringify(body.data)}`).join('\n'))
    }
    assert.equal(seen.size, 1, [...seen].join('\n\n'))
    assert.ok((await auth.sent()).includes(`${ann.email}: You already have an account - Latchkey`))
  })
})

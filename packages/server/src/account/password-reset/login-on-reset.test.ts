import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const newer = 'tidy-Walrus-90'
const ann = { email: 'ann@example.org', username: 'ann', password }
const unverified = { ...ann, email_verified: false }
const byLink = { ACCOUNT_LOGIN_ON_PASSWORD_RESET: true, ACCOUNT_RATE_LIMITS: false }
const byCode = { ...byLink, ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true }
const mandatory = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
const mandatoryByCode = { ...mandatory, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true }

async function reset(auth: TestAuth, client: TestClient = auth.client('app')) {
  await client.post('auth/password/request', { email: ann.email })
  const key = await auth.secretTo(ann.email)
  return { client, answer: await client.post('auth/password/reset', { key, password: newer }) }
}

function methods({ body }: Awaited<ReturnType<typeof reset>>['answer']) {
  const given = (body.data?.methods ?? []) as Record<string, unknown>[]
  return given.map(({ method, email }) => [method, email])
}

describe('POST auth/password/reset with ACCOUNT_LOGIN_ON_PASSWORD_RESET', () => {
  it('signs in by link and by code', async () => {
    for (const [settings, email] of [
      [byLink, undefined],
      [byCode, ann.email],
    ] as const) {
      for (const kind of ['app', 'browser'] as const) {
        await using auth = await createTestAuth({ settings, users: [ann] })
        const { client, answer } = await reset(auth, auth.client(kind))
        assert.equal(answer.status, 200)
        assert.deepEqual(methods(answer), [['password_reset', email]])
        assert.equal((await client.get('auth/session')).status, 200)
        assert.deepEqual(await eventTypes(auth), [
          'password_reset_requested',
          'password_reset',
          'logged_in',
        ])
      }
    }
  })

  it('ends the other sessions all the same', async () => {
    await using auth = await createTestAuth({ settings: byLink, users: [ann] })
    const other = await signIn(auth, ann)
    await reset(auth)
    assert.equal((await other.get('auth/session')).status, 410)
  })

  it('lets a user who is signed in go on in a new session, with no proof listed', async () => {
    for (const settings of [byLink, byCode]) {
      for (const kind of ['app', 'browser'] as const) {
        await using auth = await createTestAuth({ settings, users: [ann] })
        const client = await signIn(auth, ann, kind)
        const before = [client.token, client.cookies.get('sessionid')]
        const other = await signIn(auth, ann)
        const { answer } = await reset(auth, client)
        assert.deepEqual([answer.status, methods(answer)], [200, []])
        assert.notDeepEqual([client.token, client.cookies.get('sessionid')], before)
        const { status, body } = await client.get('auth/session')
        assert.deepEqual([status, body.data?.methods], [200, []])
        assert.equal((await other.get('auth/session')).status, 410)
      }
    }
  })

  it('ends the session of a user who is signed in and has a second step to take', async () => {
    const settings = { ...byLink, ACCOUNT_LOGIN_BY_CODE_REQUIRED: true }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = auth.client('app')
    await client.post('auth/login', ann)
    await client.post('auth/code/confirm', { code: await auth.secretTo(ann.email) })
    const { answer } = await reset(auth, client)
    assert.equal(answer.status, 200)
    assert.equal((await client.get('auth/session')).status, 401)
  })

  it('signs nobody in over somebody who is', async () => {
    const bob = { email: 'bob@example.org', password }
    await using auth = await createTestAuth({ settings: byLink, users: [ann, bob] })
    const { client, answer } = await reset(auth, await signIn(auth, bob))
    assert.equal(answer.body.data?.user?.email, bob.email)
    assert.equal((await client.get('auth/session')).body.data?.user?.email, bob.email)
  })

  it('counts as a recent proof', async () => {
    const settings = { ...byLink, ACCOUNT_REAUTHENTICATION_REQUIRED: true }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const { client } = await reset(auth)
    assert.equal((await client.post('account/email', { email: 'a@example.org' })).status, 200)
  })

  it('by link waits for an address to be verified, by link or by code', async () => {
    for (const settings of [mandatory, mandatoryByCode]) {
      await using auth = await createTestAuth({
        settings: { ...byLink, ...settings },
        users: [unverified],
      })
      const { client, answer } = await reset(auth)
      assert.equal(pending(answer), 'verify_email')
      const key = await auth.secretTo(ann.email)
      const verified = await client.post('auth/email/verify', { key })
      assert.equal(verified.status, settings === mandatory ? 401 : 200)
      await signIn(auth, { ...ann, password: newer })
    }
  })

  it('by code has verified the address by that', async () => {
    const settings = { ...byCode, ...mandatoryByCode }
    await using auth = await createTestAuth({ settings, users: [unverified] })
    const { client, answer } = await reset(auth)
    assert.equal(answer.status, 200)
    assert.deepEqual(listed(await client.get('account/email')), [
      'ann@example.org verified primary',
    ])
    assert.equal((await auth.sent()).length, 1)
  })

  it('waits for a code where every login needs one', async () => {
    for (const base of [byLink, byCode]) {
      const settings = { ...base, ACCOUNT_LOGIN_BY_CODE_REQUIRED: true }
      await using auth = await createTestAuth({ settings, users: [ann] })
      const { client, answer } = await reset(auth)
      assert.equal(pending(answer), 'login_by_code')
      assert.equal((await client.get('account/email')).status, 401)
      const confirmed = await client.post('auth/code/confirm', {
        code: await auth.secretTo(ann.email),
      })
      assert.deepEqual(
        methods(confirmed).map(([method]) => method),
        ['password_reset', 'code'],
      )
    }
  })

  it('waits for a number that is required', async () => {
    const settings = {
      ...byLink,
      ACCOUNT_LOGIN_METHODS: ['email', 'phone'],
      ACCOUNT_SIGNUP_FIELDS: ['email*', 'phone*', 'password1*'],
    }
    const users = [{ ...ann, phone: '+31612345678', phone_verified: false }]
    await using auth = await createTestAuth({ settings, users })
    assert.equal(pending((await reset(auth)).answer), 'verify_phone')
  })

  it('resets also where the code for the login was mailed a moment ago', async () => {
    const settings = { ...byLink, ...mandatoryByCode, ACCOUNT_RATE_LIMITS: {} }
    await using auth = await createTestAuth({ settings, users: [unverified] })
    const thief = auth.client('app')
    await auth.client('app').post('auth/password/request', { email: ann.email })
    const key = await auth.secretTo(ann.email)
    assert.equal(pending(await thief.post('auth/login', ann)), 'verify_email')
    const answer = await auth.client('app').post('auth/password/reset', { key, password: newer })
    assert.deepEqual([answer.status, pending(answer)], [401, undefined])
    const old = await thief.post('auth/login', ann)
    assert.deepEqual(errors(old), ['email_password_mismatch@password'])
  })

  it('resets also where somebody has had the codes for the login used up', async () => {
    const settings = { ...byLink, ACCOUNT_LOGIN_BY_CODE_REQUIRED: true }
    await using auth = await createTestAuth({ settings, users: [ann] })
    for (let n = 0; n < 5; n += 1) await auth.client('app').post('auth/login', ann)
    const { answer } = await reset(auth)
    assert.deepEqual([answer.status, pending(answer)], [401, undefined])
    const old = await auth.client('app').post('auth/login', ann)
    assert.deepEqual(errors(old), ['email_password_mismatch@password'])
  })
})

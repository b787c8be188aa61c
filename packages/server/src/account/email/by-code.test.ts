import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'

const { errors } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password }
const [second, third] = ['second@example.org', 'third@example.org']
const wrong = 'BCDF-GHJK'
const byCode = { ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true }
const noLimits = { ...byCode, ACCOUNT_RATE_LIMITS: false }
const annVerified = 'ann@example.org verified primary'

async function start({ settings = byCode, users = [ann, bob] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const client = await signIn(auth, ann)
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

function add(client: TestClient, email: string) {
  return client.post('account/email', { email })
}

function resend(client: TestClient, email: string) {
  return client.put('account/email', { email })
}

function verify(client: TestClient, key: string) {
  return client.post('auth/email/verify', { key })
}

describe('POST account/email by code', () => {
  it('lists the address while it waits, and stores it once it is verified', async () => {
    await using it = await start()
    const { db } = it.auth.server
    const count = async () => (await db.selectFrom('email_addresses').select('id').execute()).length
    assert.deepEqual(listed(await add(it.client, 'Second@example.org')), [annVerified, second])
    assert.deepEqual(listed(await it.client.get('account/email')), [annVerified, second])
    assert.equal(await count(), 2)
    const answer = await verify(it.client, await it.auth.secretTo(second))
    assert.equal(answer.status, 200)
    assert.equal(answer.body.data?.user?.email, ann.email)
    assert.deepEqual(listed(await it.client.get('account/email')), [
      annVerified,
      `${second} verified`,
    ])
    assert.equal(await count(), 3)
    assert.ok((await eventTypes(it.auth)).includes('email_confirmed'))
  })

  it('shows what waits to its own session alone', async () => {
    await using it = await start()
    const other = await signIn(it.auth, ann)
    await add(it.client, second)
    assert.deepEqual(listed(await other.get('account/email')), [annVerified])
    const key = await it.auth.secretTo(second)
    assert.equal((await verify(other, key)).status, 409)
    assert.equal((await verify(await signIn(it.auth, bob), key)).status, 409)
    assert.equal((await verify(it.client, key)).status, 200)
  })

  it('answers 429 for the same address at once; another takes its place', async () => {
    await using it = await start()
    await add(it.client, second)
    const first = await it.auth.secretTo(second)
    assert.equal((await add(it.client, second)).status, 429)
    assert.deepEqual(listed(await add(it.client, third)), [annVerified, third])
    assert.deepEqual(errors(await verify(it.client, first)), ['incorrect_code@key'])
    assert.equal((await verify(it.client, await it.auth.secretTo(third))).status, 200)
    assert.deepEqual(listed(await it.client.get('account/email')), [
      annVerified,
      `${third} verified`,
    ])
  })

  it('ends with the attempts, and lists the address no more', async () => {
    const settings = { ...byCode, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS: 2 }
    await using it = await start({ settings })
    await add(it.client, second)
    const key = await it.auth.secretTo(second)
    assert.deepEqual(errors(await verify(it.client, wrong)), ['incorrect_code@key'])
    assert.deepEqual(errors(await verify(it.client, '')), ['required@key'])
    assert.equal((await verify(it.client, key)).status, 409)
    assert.deepEqual(listed(await it.client.get('account/email')), [annVerified])
  })

  it('ends with the time', async () => {
    const settings = { ...byCode, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT: 60 }
    await using it = await start({ settings })
    await add(it.client, second)
    const key = await it.auth.secretTo(second)
    it.auth.clock.advance(60)
    assert.equal((await verify(it.client, key)).status, 409)
    assert.deepEqual(listed(await it.client.get('account/email')), [annVerified])
  })

  it('outlives a login that takes longer, since no login waits for it', async () => {
    await using it = await start({ settings: { ...byCode, ACCOUNT_LOGIN_TIMEOUT: 10 } })
    await add(it.client, second)
    it.auth.clock.advance(11)
    assert.equal((await verify(it.client, await it.auth.secretTo(second))).status, 200)
  })

  it('is void after a password change elsewhere, with its session', async () => {
    await using it = await start()
    const other = await signIn(it.auth, ann)
    await add(it.client, second)
    const key = await it.auth.secretTo(second)
    const change = { current_password: password, new_password: 'tidy-Walrus-90' }
    assert.equal((await other.post('account/password/change', change)).status, 200)
    assert.equal((await verify(it.client, key)).status, 409)
    assert.equal((await verify(it.client, key)).status, 410)
    assert.deepEqual(listed(await other.get('account/email')), [annVerified])
  })

  it('is void once the account was deactivated', async () => {
    await using it = await start()
    await add(it.client, second)
    const key = await it.auth.secretTo(second)
    await it.auth.server.db.updateTable('users').set({ is_active: 0 }).execute()
    assert.equal((await verify(it.client, key)).status, 409)
    const rows = await it.auth.server.db.selectFrom('email_addresses').select('email').execute()
    assert.equal(
      rows.some(({ email }) => email === second),
      false,
    )
  })

  it('fails where another user verified the address meanwhile', async () => {
    await using it = await start()
    await add(it.client, second)
    const key = await it.auth.secretTo(second)
    const ofBob = await signIn(it.auth, bob)
    it.auth.clock.advance(10)
    await add(ofBob, second)
    assert.equal((await verify(ofBob, await it.auth.secretTo(second))).status, 200)
    assert.deepEqual(errors(await verify(it.client, key)), ['email_taken@key'])
  })

  it('counts a right code for the address of another user as an attempt, by POST and by GET', async () => {
    await using it = await start()
    await add(it.client, bob.email)
    const key = await it.auth.secretTo(bob.email)
    const headers = { 'x-email-verification-key': key }
    for (let n = 0; n < 2; n += 1) {
      assert.deepEqual(errors(await verify(it.client, key)), ['email_taken@key'])
    }
    const looked = await it.client.get('auth/email/verify', { headers })
    assert.deepEqual(errors(looked), ['email_taken@key'])
    assert.equal((await verify(it.client, key)).status, 409)
    assert.deepEqual(listed(await it.client.get('account/email')), [annVerified])
  })

  it('is formatted as the settings say', async () => {
    const formats = [
      [{ ALLAUTH_USER_CODE_FORMAT: { numeric: true, dashed: false, length: 6 } }, /^\d{6}$/],
      [{ ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT: { length: 12 } }, /^(?:[A-Z]{4}-){2}[A-Z]{4}$/],
    ] as const
    for (const [format, pattern] of formats) {
      await using it = await start({ settings: { ...byCode, ...format } })
      await add(it.client, second)
      assert.match(await it.auth.secretTo(second), pattern)
    }
  })
})

describe('PUT account/email by code', () => {
  it('answers 403 for an address that waits, unless codes may be sent again', async () => {
    await using it = await start({ settings: noLimits })
    await add(it.client, second)
    assert.equal((await resend(it.client, second)).status, 403)
    assert.equal((await it.auth.sent()).length, 1)
  })

  it('sends another code in place of the first, as often as the settings allow', async () => {
    const settings = { ...noLimits, ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 1 }
    await using it = await start({ settings })
    await add(it.client, second)
    const first = await it.auth.secretTo(second)
    assert.equal((await resend(it.client, ' SECOND@example.org')).status, 200)
    assert.equal((await resend(it.client, second)).status, 403)
    assert.deepEqual(errors(await verify(it.client, first)), ['incorrect_code@key'])
    assert.equal((await verify(it.client, await it.auth.secretTo(second))).status, 200)
  })

  it('answers 429 when it is too soon, and uses nothing up', async () => {
    const settings = { ...byCode, ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: true }
    await using it = await start({ settings })
    await add(it.client, second)
    for (let n = 0; n < 3; n += 1) assert.equal((await resend(it.client, second)).status, 429)
    for (let n = 0; n < 2; n += 1) {
      it.auth.clock.advance(10)
      assert.equal((await resend(it.client, second)).status, 200)
    }
    it.auth.clock.advance(10)
    assert.equal((await resend(it.client, second)).status, 403)
  })

  it('sends a stored address a code that verifies it, 429 when too soon', async () => {
    const users = [{ ...ann, extra_emails: [{ email: second, verified: false }] }]
    await using it = await start({ users })
    assert.equal((await resend(it.client, second)).status, 200)
    assert.equal((await resend(it.client, second)).status, 429)
    assert.equal((await verify(it.client, await it.auth.secretTo(second))).status, 200)
    assert.deepEqual(listed(await it.client.get('account/email')), [
      annVerified,
      `${second} verified`,
    ])
  })

  it('lists a stored address once more while it waits, as it is', async () => {
    await using it = await start()
    await resend(it.client, ann.email)
    assert.deepEqual(listed(await it.client.get('account/email')), [annVerified, annVerified])
  })

  it('gives no attempts back', async () => {
    const settings = { ...noLimits, ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 2 }
    await using it = await start({ settings })
    await add(it.client, second)
    await verify(it.client, wrong)
    await resend(it.client, second)
    await verify(it.client, wrong)
    await resend(it.client, second)
    await verify(it.client, wrong)
    assert.equal((await verify(it.client, await it.auth.secretTo(second))).status, 409)
  })
})

describe('PATCH and DELETE account/email while an address waits for its code', () => {
  it('do not make it the primary one', async () => {
    await using it = await start()
    await add(it.client, second)
    const answer = await it.client.patch('account/email', { email: second, primary: true })
    assert.deepEqual(errors(answer), ['unverified_primary_email@email'])
  })

  it('take it away without another proof, since it was never added', async () => {
    const settings = {
      ...byCode,
      ACCOUNT_REAUTHENTICATION_REQUIRED: true,
      ACCOUNT_REAUTHENTICATION_TIMEOUT: 10,
    }
    await using it = await start({ settings })
    await add(it.client, second)
    it.auth.clock.advance(11)
    const answer = await it.client.delete('account/email', { email: second })
    assert.deepEqual(listed(answer), [annVerified])
  })

  it('take it away together with its code', async () => {
    await using it = await start()
    await add(it.client, second)
    const key = await it.auth.secretTo(second)
    const answer = await it.client.delete('account/email', { email: second })
    assert.deepEqual(listed(answer), [annVerified])
    assert.equal((await verify(it.client, key)).status, 409)
    const again = await it.client.delete('account/email', { email: second })
    assert.deepEqual(errors(again), ['unknown_email@email'])
  })
})

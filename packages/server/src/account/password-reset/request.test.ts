import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const inactive = { email: 'off@example.org', password, is_active: false }
const nobody = 'nobody@example.org'
const noLimits = { ACCOUNT_RATE_LIMITS: false }
const byCode = { ...noLimits, ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true }
const link = 'Reset your password - Latchkey'

function ask(auth: TestAuth, email: unknown = ann.email, kind: 'app' | 'browser' = 'app') {
  return auth.client(kind).post('auth/password/request', { email })
}

describe('POST auth/password/request', () => {
  it('by link answers 200, keeps no session and mails a link', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using auth = await createTestAuth({ users: [ann] })
      const client = auth.client(kind)
      const answer = await client.post('auth/password/request', { email: ' ANN@example.org' })
      assert.deepEqual([answer.status, answer.body], [200, { status: 200 }])
      assert.equal(client.token ?? client.cookies.get('sessionid'), undefined)
      assert.deepEqual(await auth.sent(), [`${ann.email}: ${link}`])
      assert.deepEqual(await eventTypes(auth), ['password_reset_requested'])
    }
  })

  it('mails the page of the front end where it is known, with the username', async () => {
    const page = 'https://app.example.test/reset?k={key}'
    const settings = { HEADLESS_FRONTEND_URLS: { account_reset_password_from_key: page } }
    await using auth = await createTestAuth({ settings, users: [ann] })
    await ask(auth)
    const mail = await auth.mailTo(ann.email)
    assert.match(mail, /https:\/\/app\.example\.test\/reset\?k=\S{60,}\n/)
    assert.match(mail, /"ann"|“ann”|'ann'/)
    assert.match(mail, /for 3 days/)
  })

  it('mails one link for each Host that the request claims, always to the page of the settings', async () => {
    const page = 'https://app.example.test/reset/{key}'
    const settings = { HEADLESS_FRONTEND_URLS: { account_reset_password_from_key: page } }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const headers = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
    await auth.client('app').post('auth/password/request', { email: ann.email }, { headers })
    assert.doesNotMatch(await auth.mailTo(ann.email), /evil/)
  })

  it('by code waits for the code, listed as pending', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using auth = await createTestAuth({ settings: byCode, users: [ann] })
      const client = auth.client(kind)
      const before = await client.get('auth/session')
      assert.deepEqual(before.body.data?.flows?.at(-1), {
        id: 'password_reset_by_code',
        is_pending: false,
      })
      const answer = await client.post('auth/password/request', { email: ann.email })
      assert.equal(answer.status, 401)
      assert.equal(pending(answer), 'password_reset_by_code')
      assert.equal(pending(await client.get('auth/session')), 'password_reset_by_code')
      assert.match(await auth.secretTo(ann.email), /^[A-Z]{4}-[A-Z]{4}$/)
    }
  })

  it('answers 200 to whoever is signed in', async () => {
    for (const settings of [noLimits, byCode]) {
      await using auth = await createTestAuth({ settings, users: [ann] })
      const client = await signIn(auth, ann)
      const answer = await client.post('auth/password/request', { email: ann.email })
      assert.equal(answer.status, 200)
      assert.equal((await client.get('auth/session')).status, 200)
      assert.equal((await auth.sent()).length, 1)
    }
  })

  it('refuses what is missing or malformed', async () => {
    await using auth = await createTestAuth({ settings: noLimits })
    for (const email of [undefined, null, '', ' ']) {
      assert.deepEqual(errors(await ask(auth, email ?? null)), ['required@email'])
    }
    for (const email of ['bad', 'a@example.org\r\nBcc: b@example.org', '<a@example.org>']) {
      assert.deepEqual(errors(await ask(auth, email)), ['invalid@email'])
    }
    assert.deepEqual(await auth.sent(), [])
  })
})

describe('POST auth/password/request for no account', () => {
  it('answers as for any account, inactive ones included, and points to the signup page', async () => {
    for (const base of [noLimits, byCode]) {
      const settings = {
        ...base,
        HEADLESS_FRONTEND_URLS: { account_signup: 'https://app.example.test/signup' },
      }
      await using auth = await createTestAuth({ settings, users: [ann, inactive] })
      const seen = new Set<string>()
      for (const email of [ann.email, inactive.email, nobody]) {
        const client = auth.client('app')
        const steps = [await client.post('auth/password/request', { email })]
        steps.push(await client.get('auth/session'))
        for (const key of ['BCDF-GHJK', '', 'BCDF-GHJK', 'BCDF-GHJK']) {
          steps.push(await client.post('auth/password/reset', { key, password: '1' }))
          const headers = { 'x-password-reset-key': key }
          steps.push(await client.get('auth/password/reset', { headers }))
        }
        steps.push(await client.get('auth/session'))
        seen.add(steps.map(withoutToken).join('\n'))
      }
      assert.equal(seen.size, 1, [...seen].join('\n\n'))
      for (const email of [inactive.email, nobody]) {
        assert.match(await auth.mailTo(email), /https:\/\/app\.example\.test\/signup/)
      }
    }
  })

  it('mails nothing where the settings say so, and answers the same', async () => {
    for (const [base, status] of [
      [noLimits, 200],
      [byCode, 401],
    ] as const) {
      const settings = { ...base, ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS: false }
      await using auth = await createTestAuth({ settings })
      assert.equal((await ask(auth, nobody)).status, status)
      assert.deepEqual(await auth.sent(), [])
    }
  })

  it('says so where nothing is to be hidden', async () => {
    for (const base of [noLimits, byCode]) {
      const settings = { ...base, ACCOUNT_PREVENT_ENUMERATION: false }
      await using auth = await createTestAuth({ settings, users: [ann, inactive] })
      for (const email of [nobody, inactive.email]) {
        assert.deepEqual(errors(await ask(auth, email)), ['unknown_email@email'])
      }
      assert.notEqual((await ask(auth)).status, 400)
      assert.equal((await auth.sent()).length, 1)
    }
  })

  it('writes to a stranger five times in ten minutes at most', async () => {
    await using auth = await createTestAuth({ settings: noLimits })
    for (let n = 0; n < 7; n += 1) assert.equal((await ask(auth, nobody)).status, 200)
    assert.equal((await auth.sent()).length, 5)
    auth.clock.advance(600)
    await ask(auth, nobody)
    assert.equal((await auth.sent()).length, 6)
  })
})

describe('POST auth/password/request, whom an address reaches', () => {
  const second = 'second@example.org'

  it('reaches the user by a verified secondary address, but not by an unverified one', async () => {
    for (const settings of [noLimits, byCode]) {
      for (const verified of [true, false]) {
        const users = [{ ...ann, extra_emails: [{ email: second, verified }] }]
        await using auth = await createTestAuth({ settings, users })
        await ask(auth, second)
        const unknown = 'There is no account with this address - Latchkey'
        const [sent = ''] = await auth.sent()
        assert.equal(sent.startsWith(`${second}: `), true)
        assert.equal(sent.endsWith(unknown), !verified, sent)
      }
    }
  })

  it('prefers who has verified the address', async () => {
    for (const settings of [noLimits, byCode]) {
      const strict = { ...settings, ACCOUNT_PREVENT_ENUMERATION: 'strict' }
      const users = [{ ...ann, username: 'other', email_verified: false }, ann]
      await using auth = await createTestAuth({ settings: strict, users })
      const client = auth.client('app')
      await client.post('auth/password/request', { email: ann.email })
      assert.equal((await auth.sent()).length, 1)
      const headers = { 'x-password-reset-key': await auth.secretTo(ann.email) }
      const { body } = await client.get('auth/password/reset', { headers })
      assert.equal(body.data?.user?.username, 'ann')
    }
  })

  it('of two unverified owners sends each a link of its own, but nobody a code', async () => {
    const users = ['one', 'two'].map((username) => ({ ...ann, username, email_verified: false }))
    const strict = { ACCOUNT_PREVENT_ENUMERATION: 'strict' }
    await using auth = await createTestAuth({ settings: { ...noLimits, ...strict }, users })
    await ask(auth)
    const sent = await auth.sent()
    assert.deepEqual(sent, [`${ann.email}: ${link}`, `${ann.email}: ${link}`])
    await using coded = await createTestAuth({ settings: { ...byCode, ...strict }, users })
    assert.equal(pending(await ask(coded)), 'password_reset_by_code')
    assert.deepEqual(await coded.sent(), [
      `${ann.email}: There is no account with this address - Latchkey`,
    ])
  })

  it('reaches nobody else where who has verified it is inactive', async () => {
    const settings = { ...noLimits, ACCOUNT_PREVENT_ENUMERATION: 'strict' }
    const users = [
      { ...ann, is_active: false },
      { ...ann, username: 'other', email_verified: false },
    ]
    await using auth = await createTestAuth({ settings, users })
    await ask(auth)
    assert.deepEqual(await auth.sent(), [
      `${ann.email}: There is no account with this address - Latchkey`,
    ])
  })
})

describe('POST auth/password/request, the limits', () => {
  it('counts per address in every spelling, known or not, and no bad input', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { reset_password: '2/m/key' } }
    for (const email of [ann.email, nobody]) {
      await using auth = await createTestAuth({ settings, users: [ann] })
      assert.equal((await ask(auth, 'bad')).status, 400)
      assert.equal((await ask(auth, email)).status, 200)
      assert.equal((await ask(auth, email.toUpperCase())).status, 200)
      const answer = await ask(auth, email, 'browser')
      assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '60'])
      assert.equal((await ask(auth, 'third@example.org')).status, 200)
      assert.equal((await auth.sent()).length, 3)
    }
  })

  it('counts per network address', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { reset_password: '1/m/ip' } }
    await using auth = await createTestAuth({ settings, users: [ann] })
    await ask(auth, nobody)
    assert.equal((await ask(auth)).status, 429)
    const elsewhere = auth.client('app', { ip: '192.0.2.2' })
    assert.equal((await elsewhere.post('auth/password/request', { email: ann.email })).status, 200)
  })

  it('mails as often as it allows for 30 requests at once', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const statuses = (await Promise.all(Array.from({ length: 20 }, () => ask(auth)))).map(
      ({ status }) => status,
    )
    assert.equal(statuses.filter((it) => it === 200).length, 5)
    assert.equal((await auth.sent()).length, 5)
  })
})

function withoutToken({ status, text }: { status: number; text: string }): string {
  return `${status} ${text.replace(/"session_token":"[^"]+"/, '')}`
}

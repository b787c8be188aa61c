import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const paula = { username: 'paula', phone: '+31612345678', password }
const wrong = 'BCDF-GHJK'
const byEmail = { ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
const byPhone = {
  ...byEmail,
  ACCOUNT_LOGIN_METHODS: ['phone'],
  ACCOUNT_SIGNUP_FIELDS: ['phone*', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'none',
}
const byBoth = {
  ...byEmail,
  ACCOUNT_LOGIN_METHODS: ['phone', 'email'],
  ACCOUNT_SIGNUP_FIELDS: ['phone', 'email*', 'password1*'],
}
const noLimits = { ...byEmail, ACCOUNT_RATE_LIMITS: false }

function ask(auth: TestAuth, given: object, kind: 'app' | 'browser' = 'app') {
  return auth.client(kind).post('auth/code/request', given)
}

/** Whether a code would be sent to the address. */
async function isReached(auth: TestAuth, email: string): Promise<boolean> {
  const before = (await auth.sent()).length
  assert.equal(pending(await ask(auth, { email })), 'login_by_code')
  const sent = (await auth.sent()).slice(before)
  return sent.includes(`${email}: Your login code - Latchkey`)
}

describe('POST auth/code/request', () => {
  it('sends a code and waits for it', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using auth = await createTestAuth({ settings: byEmail, users: [ann] })
      const client = auth.client(kind)
      const answer = await client.post('auth/code/request', { email: ' Ann@EXAMPLE.org ' })
      assert.equal(answer.status, 401)
      assert.equal(pending(answer), 'login_by_code')
      assert.equal(pending(await client.get('auth/session')), 'login_by_code')
      assert.deepEqual(await auth.sent(), ['ann@example.org: Your login code - Latchkey'])
      assert.match(await auth.secretTo(ann.email), /^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/)
    }
  })

  it('does not exist, nor does resending, unless it is switched on', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const client = auth.client('app')
    assert.equal((await client.post('auth/code/request', { email: ann.email })).status, 404)
    assert.equal((await client.post('auth/code/resend')).status, 404)
    assert.equal((await client.post('auth/code/confirm', { code: wrong })).status, 409)
    assert.equal((await client.get('auth/code/confirm')).status, 409)
  })

  it('takes an address where people log in by address or username', async () => {
    for (const more of [
      {},
      {
        ACCOUNT_LOGIN_METHODS: ['username'],
        ACCOUNT_SIGNUP_FIELDS: ['username*', 'email*', 'password1*'],
      },
    ]) {
      await using auth = await createTestAuth({ settings: { ...noLimits, ...more }, users: [ann] })
      for (const given of [{}, { email: '' }, { phone: paula.phone }, { username: 'ann' }]) {
        assert.deepEqual(errors(await ask(auth, given)), ['required@email'])
      }
      assert.deepEqual(errors(await ask(auth, { email: 'bad' })), ['invalid@email'])
      assert.equal(await isReached(auth, ann.email), true)
    }
  })

  it('takes a number where people log in by that alone', async () => {
    await using auth = await createTestAuth({ settings: byPhone, users: [paula] })
    for (const given of [{}, { phone: '' }, { email: ann.email }]) {
      assert.deepEqual(errors(await ask(auth, given)), ['required@phone'])
    }
    assert.deepEqual(errors(await ask(auth, { phone: '+31 612345678' })), ['invalid_phone@phone'])
    assert.equal(pending(await ask(auth, { phone: paula.phone })), 'login_by_code')
    assert.match(
      String(await auth.sent()),
      /^\+31612345678: [A-Z]{4}-[A-Z]{4} is your Latchkey login/,
    )
  })

  it('takes exactly one of the two where people log in by both', async () => {
    const users = [{ ...ann, phone: paula.phone }]
    await using auth = await createTestAuth({ settings: byBoth, users })
    assert.deepEqual(errors(await ask(auth, {})), ['required@email'])
    const both = { email: ann.email, phone: paula.phone }
    assert.deepEqual(errors(await ask(auth, both)), ['select_only_one@-'])
    assert.equal((await ask(auth, { email: ann.email, phone: '' })).status, 401)
    assert.equal((await ask(auth, { phone: paula.phone })).status, 401)
    const to = (await auth.sent()).map((it) => it.split(':')[0])
    assert.deepEqual(to, [ann.email, paula.phone])
  })

  it('takes an address that begins like a number for an address', async () => {
    const tricky = { email: '+31612345678@example.org', password }
    await using auth = await createTestAuth({ settings: byBoth, users: [tricky] })
    const client = auth.client('app')
    await client.post('auth/code/request', { email: tricky.email })
    assert.match(String(await auth.sent()), /^\+31612345678@example\.org: Your login code/)
    const code = await auth.secretTo(tricky.email)
    const { body } = await client.post('auth/code/confirm', { code })
    const [{ method, email, phone } = {}] = (body.data?.methods ?? []) as Record<string, unknown>[]
    assert.deepEqual([method, email, phone], ['code', tricky.email, undefined])
    const asPhone = await ask(auth, { phone: tricky.email })
    assert.deepEqual(errors(asPhone), ['invalid_phone@phone'])
  })

  it('sends a code that opens nothing while somebody is signed in', async () => {
    await using auth = await createTestAuth({ settings: byEmail, users: [ann] })
    const client = await signIn(auth, ann)
    assert.equal((await client.post('auth/code/request', { email: ann.email })).status, 200)
    const code = await auth.secretTo(ann.email)
    assert.equal((await client.post('auth/code/confirm', { code })).status, 409)
    assert.equal((await client.get('auth/session')).status, 200)
  })

  it('replaces a code that waits, and what began before in the session', async () => {
    const users = [ann, { email: 'bob@example.org', password }]
    await using auth = await createTestAuth({ settings: byEmail, users })
    const client = auth.client('app')
    await client.post('auth/code/request', { email: ann.email })
    const first = await auth.secretTo(ann.email)
    await client.post('auth/code/request', { email: 'bob@example.org' })
    const answer = await client.post('auth/code/confirm', { code: first })
    assert.deepEqual(errors(answer), ['incorrect_code@code'])
    const code = await auth.secretTo('bob@example.org')
    const { body } = await client.post('auth/code/confirm', { code })
    assert.equal(body.data?.user?.email, 'bob@example.org')
  })
})

describe('POST auth/code/request for no account', () => {
  const inactive = { ...ann, is_active: false }

  it('answers as for any account and points to the signup page, by mail alone', async () => {
    const settings = {
      ...noLimits,
      HEADLESS_FRONTEND_URLS: { account_signup: 'https://app.example.test/signup' },
    }
    await using auth = await createTestAuth({
      settings,
      users: [ann, { ...inactive, email: 'off@example.org', username: 'off' }],
    })
    const seen = new Set<string>()
    for (const email of [ann.email, 'off@example.org', 'nobody@example.org']) {
      const client = auth.client('app')
      const steps = [await client.post('auth/code/request', { email })]
      steps.push(await client.get('auth/session'))
      steps.push(await client.post('auth/code/resend'))
      for (const code of [wrong, '', wrong, wrong]) {
        steps.push(await client.post('auth/code/confirm', { code }))
      }
      steps.push(await client.get('auth/session'))
      seen.add(steps.map(withoutToken).join('\n'))
    }
    assert.equal(seen.size, 1, [...seen].join('\n\n'))
    for (const email of ['off@example.org', 'nobody@example.org']) {
      assert.match(await auth.mailTo(email), /https:\/\/app\.example\.test\/signup/)
    }
  })

  it('mails nothing where the settings say so, and answers the same', async () => {
    const settings = { ...byEmail, ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS: false }
    await using auth = await createTestAuth({ settings })
    assert.equal(pending(await ask(auth, { email: 'nobody@example.org' })), 'login_by_code')
    assert.deepEqual(await auth.sent(), [])
  })

  it('sends a text message to an unknown number', async () => {
    await using auth = await createTestAuth({ settings: byPhone })
    assert.equal(pending(await ask(auth, { phone: paula.phone })), 'login_by_code')
    assert.match(String(await auth.sent()), /^\+31612345678: No account at Latchkey/)
  })

  it('says so where nothing is to be hidden', async () => {
    const shown = { ACCOUNT_PREVENT_ENUMERATION: false }
    await using auth = await createTestAuth({
      settings: { ...byEmail, ...shown },
      users: [inactive],
    })
    for (const email of [ann.email, 'nobody@example.org']) {
      assert.deepEqual(errors(await ask(auth, { email })), ['unknown_email@email'])
    }
    assert.deepEqual(await auth.sent(), [])
    await using phones = await createTestAuth({ settings: { ...byPhone, ...shown } })
    assert.deepEqual(errors(await ask(phones, { phone: paula.phone })), ['unknown_phone@phone'])
  })

  it('writes to a stranger five times in ten minutes at most', async () => {
    await using auth = await createTestAuth({ settings: noLimits })
    for (let n = 0; n < 7; n += 1) await ask(auth, { email: 'nobody@example.org' })
    assert.equal((await auth.sent()).length, 5)
    auth.clock.advance(600)
    await ask(auth, { email: 'nobody@example.org' })
    assert.equal((await auth.sent()).length, 6)
  })
})

describe('POST auth/code/request, whom an address reaches', () => {
  const second = 'second@example.org'
  const withSecond = (verified: boolean) => ({
    ...ann,
    extra_emails: [{ email: second, verified }],
  })

  it('reaches the user by a verified secondary address, but not by an unverified one', async () => {
    for (const verified of [true, false]) {
      await using auth = await createTestAuth({ settings: byEmail, users: [withSecond(verified)] })
      assert.equal(await isReached(auth, second), verified)
    }
  })

  it('reaches the user by an unverified primary address', async () => {
    const users = [{ ...ann, email_verified: false }]
    await using auth = await createTestAuth({ settings: byEmail, users })
    assert.equal(await isReached(auth, ann.email), true)
  })

  it('prefers who has verified the address, and reaches nobody where two have not', async () => {
    const settings = { ...byEmail, ACCOUNT_PREVENT_ENUMERATION: 'strict' }
    for (const verified of [true, false]) {
      const users = [
        { ...ann, username: 'other', email_verified: false },
        { ...ann, email_verified: verified },
      ]
      await using auth = await createTestAuth({ settings, users })
      assert.equal(await isReached(auth, ann.email), verified)
      if (!verified) continue
      const client = auth.client('app')
      await client.post('auth/code/request', { email: ann.email })
      const code = await auth.secretTo(ann.email)
      const { body } = await client.post('auth/code/confirm', { code })
      assert.equal(body.data?.user?.username, 'ann')
    }
  })

  it('reaches nobody else where who has verified it is inactive', async () => {
    const settings = { ...byEmail, ACCOUNT_PREVENT_ENUMERATION: 'strict' }
    const users = [
      { ...ann, is_active: false },
      { ...ann, username: 'other', email_verified: false },
    ]
    await using auth = await createTestAuth({ settings, users })
    assert.equal(await isReached(auth, ann.email), false)
  })
})

describe('POST auth/code/request, the limits', () => {
  it('sends three codes a minute to one target, however it is written', async () => {
    await using auth = await createTestAuth({ settings: byEmail, users: [ann] })
    for (const email of ['ann@example.org', 'ANN@EXAMPLE.ORG', ' ann@example.\u00adorg']) {
      assert.equal(pending(await ask(auth, { email })), 'login_by_code')
    }
    const answer = await ask(auth, { email: 'Ann@Example.org' }, 'browser')
    assert.deepEqual(errors(answer), ['too_many_login_attempts@email'])
    assert.equal((await auth.sent()).length, 3)
    auth.clock.advance(60)
    assert.equal(pending(await ask(auth, { email: ann.email })), 'login_by_code')
  })

  it('names the number where that is what was asked for', async () => {
    await using auth = await createTestAuth({ settings: byPhone, users: [paula] })
    for (let n = 0; n < 3; n += 1) await ask(auth, { phone: paula.phone })
    const answer = await ask(auth, { phone: paula.phone })
    assert.deepEqual(errors(answer), ['too_many_login_attempts@phone'])
  })

  it('counts the requests of one network address, whoever they are for', async () => {
    const settings = { ...byEmail, ACCOUNT_RATE_LIMITS: { request_login_code: '2/m/ip' } }
    await using auth = await createTestAuth({ settings, users: [ann] })
    await ask(auth, { email: 'a@example.org' })
    await ask(auth, { email: 'b@example.org' })
    assert.equal((await ask(auth, { email: ann.email })).status, 400)
    const elsewhere = auth.client('app', { ip: '192.0.2.2' })
    assert.equal((await elsewhere.post('auth/code/request', { email: ann.email })).status, 401)
  })

  it('counts unknown accounts as it counts known ones, later demands included', async () => {
    const settings = { ...byEmail, ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND: 5 }
    const seen = new Set<string>()
    for (const email of [ann.email, 'nobody@example.org']) {
      await using auth = await createTestAuth({ settings, users: [ann] })
      const client = auth.client('app')
      const steps = [await ask(auth, { email })]
      steps.push(await client.post('auth/code/request', { email }))
      for (let n = 0; n < 3; n += 1) steps.push(await client.post('auth/code/resend'))
      steps.push(await ask(auth, { email }))
      seen.add(steps.map(({ status }) => status).join())
    }
    assert.deepEqual([...seen], ['401,401,200,429,429,400'])
  })

  it('sends three codes for 30 requests at once', async () => {
    await using auth = await createTestAuth({ settings: byEmail, users: [ann] })
    const asked = Array.from({ length: 20 }, () => ask(auth, { email: ann.email }))
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 401).length, 3)
    assert.equal((await auth.sent()).length, 3)
  })
})

function withoutToken({ status, text }: { status: number; text: string }): string {
  return `${status} ${text.replace(/"session_token":"[^"]+"/, '')}`
}

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const paula = { username: 'paula', phone: '+31612345678', password }
const byPhone = {
  ACCOUNT_LOGIN_METHODS: ['phone'],
  ACCOUNT_SIGNUP_FIELDS: ['phone*', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'none',
}
const byBoth = {
  ACCOUNT_LOGIN_METHODS: ['phone', 'email'],
  ACCOUNT_SIGNUP_FIELDS: ['phone*', 'email*', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}

function signUp(auth: TestAuth, phone: unknown, more: object = {}) {
  return auth.client('app').post('auth/signup', { phone, password, ...more })
}

function countUsers({ server }: TestAuth) {
  return server.db.selectFrom('users').select('id').execute()
}

describe('POST auth/signup with a phone number', () => {
  it('waits for the number to be verified and sends a code to it', async () => {
    await using auth = await createTestAuth({ settings: byPhone })
    const answer = await signUp(auth, paula.phone)
    assert.equal(answer.status, 401)
    assert.equal(pending(answer), 'verify_phone')
    assert.match(await auth.secretTo(paula.phone), /^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/)
    assert.equal((await auth.sent()).length, 1)
    const [row] = await auth.server.db.selectFrom('phone_numbers').selectAll().execute()
    assert.deepEqual([row?.phone, row?.is_verified], [paula.phone, 0])
  })

  it('asks for the number before the address', async () => {
    await using auth = await createTestAuth({ settings: byBoth })
    const answer = await signUp(auth, paula.phone, { email: 'paula@example.org' })
    assert.equal(pending(answer), 'verify_phone')
    const sent = await auth.sent()
    assert.equal(sent.length, 1)
    assert.match(String(sent[0]), /^\+31612345678: /)
  })

  it('refuses what is no number in E.164', async () => {
    const settings = { ...byPhone, ACCOUNT_RATE_LIMITS: false }
    await using auth = await createTestAuth({ settings })
    const wrong = ['12', '0612345678', '+31 612345678', '+0612345678', '+316123456789012345']
    for (const phone of [...wrong, 31612345678, '+٣١٦١٢٣٤٥٦٧٨']) {
      assert.deepEqual(errors(await signUp(auth, phone)), ['invalid_phone@phone'], String(phone))
    }
    for (const phone of [undefined, null, '', '  ']) {
      assert.deepEqual(errors(await signUp(auth, phone)), ['required@phone'])
    }
    assert.deepEqual(await countUsers(auth), [])
  })

  it('does without a number that is optional', async () => {
    const settings = {
      ...byBoth,
      ACCOUNT_LOGIN_METHODS: ['email'],
      ACCOUNT_SIGNUP_FIELDS: ['phone', 'email*', 'password1*'],
    }
    await using auth = await createTestAuth({ settings })
    const answer = await signUp(auth, '', { email: 'paula@example.org' })
    assert.equal(pending(answer), 'verify_email')
  })

  it('hides that the number is taken: a notice goes out, and no user is made', async () => {
    await using auth = await createTestAuth({ settings: byPhone, users: [paula] })
    assert.equal(pending(await signUp(auth, paula.phone)), 'verify_phone')
    const sent = await auth.sent()
    assert.equal(sent.length, 1)
    assert.match(String(sent[0]), /^\+31612345678: .*has an account already/)
    assert.equal((await countUsers(auth)).length, 1)
  })

  it('tells the owner of the number five times in ten minutes at most', async () => {
    const settings = { ...byPhone, ACCOUNT_RATE_LIMITS: false }
    await using auth = await createTestAuth({ settings, users: [paula] })
    for (let n = 0; n < 7; n += 1) await signUp(auth, paula.phone)
    assert.equal((await auth.sent()).length, 5)
  })

  it('hides that one of the two is taken, and writes to the number alone', async () => {
    const owner = { ...paula, email: 'paula@example.org' }
    await using auth = await createTestAuth({ settings: byBoth, users: [owner] })
    const takenNumber = await signUp(auth, paula.phone, { email: 'new@example.org' })
    const takenAddress = await signUp(auth, '+31687654321', { email: owner.email })
    assert.deepEqual([takenNumber, takenAddress].map(pending), ['verify_phone', 'verify_phone'])
    const recipients = (await auth.sent()).map((it) => it.split(':')[0])
    assert.deepEqual(recipients.sort(), ['+31612345678', '+31687654321'])
    assert.equal((await countUsers(auth)).length, 1)
  })

  it('says that the number is taken where nothing is to be hidden', async () => {
    const settings = { ...byPhone, ACCOUNT_PREVENT_ENUMERATION: false }
    await using auth = await createTestAuth({ settings, users: [paula] })
    assert.deepEqual(errors(await signUp(auth, paula.phone)), ['@phone'])
    assert.deepEqual(await auth.sent(), [])
  })

  it('answers 429 for a new number exactly where it does for a taken one', async () => {
    const seen = new Set<string>()
    for (const last of [paula.phone, '+31687654399']) {
      await using auth = await createTestAuth({ settings: byPhone, users: [paula] })
      const statuses: number[] = []
      for (const phone of ['+31687654301', '+31687654302', '+31687654303', last]) {
        statuses.push((await signUp(auth, phone)).status)
      }
      seen.add(statuses.join())
    }
    assert.deepEqual([...seen], ['401,401,401,429'])
  })

  it('answers a demand for another code as with a new number, its limit included', async () => {
    const settings = { ...byPhone, ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND: 2 }
    const seen = new Set<string>()
    for (const phone of [paula.phone, '+31687654321']) {
      await using auth = await createTestAuth({ settings, users: [paula] })
      const client = auth.client('app')
      await client.post('auth/signup', { phone, password })
      const statuses: number[] = []
      for (const seconds of [0, 29, 1, 29, 1, 30]) {
        auth.clock.advance(seconds)
        statuses.push((await client.post('auth/phone/verify/resend')).status)
      }
      seen.add(statuses.join())
    }
    assert.deepEqual([...seen], ['429,429,200,429,200,409'])
  })

  it('of 20 at once with one number makes one user', async () => {
    const settings = { ...byPhone, ACCOUNT_RATE_LIMITS: false }
    await using auth = await createTestAuth({ settings })
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(auth, paula.phone)))
    assert.deepEqual(new Set(answers.map(pending)), new Set(['verify_phone']))
    assert.equal((await countUsers(auth)).length, 1)
  })
})

describe('POST auth/login where a number is required', () => {
  const required = {
    ...byBoth,
    ACCOUNT_RATE_LIMITS: false,
  }

  it('waits at an unverified number', async () => {
    const user = { ...paula, email: 'paula@example.org', phone_verified: false }
    await using auth = await createTestAuth({ settings: required, users: [user] })
    const input = { email: user.email, password }
    assert.equal(pending(await auth.client('app').post('auth/login', input)), 'verify_phone')
  })

  it('answers 401 and nothing pending to whoever has none', async () => {
    const user = { email: 'paula@example.org', password }
    await using auth = await createTestAuth({ settings: required, users: [user] })
    const answer = await auth.client('app').post('auth/login', user)
    assert.equal(answer.status, 401)
    assert.equal(pending(answer), undefined)
    assert.deepEqual(await auth.sent(), [])
  })
})

// Four processes serve one database, as on a machine with several workers: what may happen once
// happens once, what may happen five times happens five times, whichever process is asked.
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { describe, it } from 'vitest'
import { password, useCluster } from './cluster.ts'
import { codeIn, keyIn, tally } from './http-client.ts'
import { until } from './processes.ts'

describe('with mandatory verification by code', () => {
  const cluster = useCluster({
    ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: 'true',
    ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS: '3',
  })

  it('compares as many wrong codes as there are attempts, of 200 at once', async () => {
    const token = await cluster.signUp('guessed@example.org', '401')
    const right = codeIn(await cluster.mailTo('guessed@example.org'))
    const wrong = right === 'BBBB-BBBB' ? 'CCCC-CCCC' : 'BBBB-BBBB'
    const answers = await cluster.atOnce(200, 'POST', 'auth/email/verify', () => ({
      token,
      json: { key: wrong },
    }))
    assert.deepEqual(tally(answers), { '400 incorrect_code': 3, '409': 197 })
    const late = await cluster.ask('POST', 'auth/email/verify', { token, json: { key: right } })
    assert.equal(late.outcome, '409')
  })

  it('lets one of 50 uses of the right code in', async () => {
    const token = await cluster.signUp('once@example.org', '401')
    const key = codeIn(await cluster.mailTo('once@example.org'))
    const answers = await cluster.atOnce(50, 'POST', 'auth/email/verify', () => ({
      token,
      json: { key },
    }))
    const { '200': won, '409': conflicts = 0, '410': gone = 0, ...others } = tally(answers)
    assert.deepEqual({ won, others }, { won: 1, others: {} })
    assert.equal(conflicts + gone, 49)
  })

  it('makes one user and sends one code for 50 signups with one address, all answered alike', async () => {
    const email = 'raced@example.org'
    const answers = await cluster.atOnce(50, 'POST', 'auth/signup', () => ({
      json: { email, password },
    }))
    assert.deepEqual(tally(answers), { '401': 50 })
    const shapes = new Set(answers.map(({ body }) => JSON.stringify(body.data)))
    assert.equal(shapes.size, 1)
    assert.equal(await cluster.countEmail(email), 1)
    await cluster.allMailSent()
    const codes = cluster.mailsTo(email).filter((text) => /^[A-Z]{4}-[A-Z]{4}$/m.test(text))
    assert.equal(codes.length, 1)
  })
})

describe('with optional verification by link', () => {
  const cluster = useCluster({ ACCOUNT_EMAIL_VERIFICATION: 'optional' })

  it('accepts one of 50 uses of a link', async () => {
    const token = await cluster.signUp('link@example.org', '200')
    const key = keyIn(await cluster.mailTo('link@example.org'))
    const answers = await cluster.atOnce(50, 'POST', 'auth/email/verify', () => ({
      token,
      json: { key },
    }))
    assert.deepEqual(tally(answers), { '200': 1, '400 invalid_or_expired_key': 49 })
  })

  it('makes one user for 50 signups with one address', async () => {
    const email = 'raced@example.org'
    const answers = await cluster.atOnce(50, 'POST', 'auth/signup', () => ({
      json: { email, password },
    }))
    assert.deepEqual(tally(answers), { '200': 1, '400 email_taken': 49 })
    assert.equal(await cluster.countEmail(email), 1)
  })

  it('compares five of 100 wrong passwords', async () => {
    const email = 'attacked@example.org'
    await cluster.signUp(email, '200')
    const answers = await cluster.atOnce(100, 'POST', 'auth/login', () => ({
      json: { email, password: 'wrong horse battery' },
    }))
    assert.deepEqual(tally(answers), {
      '400 email_password_mismatch': 5,
      '400 too_many_login_attempts': 95,
    })
  })

  it('looks at 30 of 60 logins from one address', async () => {
    const email = 'busy@example.org'
    await cluster.signUp(email, '200')
    const answers = await cluster.atOnce(60, 'POST', 'auth/login', () => ({
      ip: '198.51.100.1',
      json: { email, password },
    }))
    const limited = answers.filter(({ status }) => status === 429)
    assert.equal(limited.length, 30)
  })

  it('resets a password once by 50 uses of a link', async () => {
    const email = 'reset@example.org'
    await cluster.signUp(email, '200')
    await cluster.ask('POST', 'auth/password/request', { json: { email } })
    const mail = await until('a reset link', () =>
      cluster.mailsTo(email).find((text) => text.includes('/reset-password/')),
    )
    const key = keyIn(mail)
    const answers = await cluster.atOnce(50, 'POST', 'auth/password/reset', (n) => ({
      json: { key, password: `tidy-Walrus-${n}` },
    }))
    assert.deepEqual(tally(answers), { '401': 1, '400 invalid_password_reset': 49 })
    const winner = answers.findIndex(({ status }) => status === 401)
    const login = { email, password: `tidy-Walrus-${winner}` }
    assert.equal((await cluster.ask('POST', 'auth/login', { json: login })).outcome, '200')
  })

  it('keeps one of 10 password changes at once, and ends the sessions of the others', async () => {
    const email = 'changing@example.org'
    await cluster.signUp(email, '200')
    const logins = await cluster.atOnce(5, 'POST', 'auth/login', () => ({
      json: { email, password },
    }))
    const tokens = logins.map(({ body }) => body.meta?.session_token ?? '')
    const answers = await cluster.atOnce(5, 'POST', 'account/password/change', (n) => ({
      token: tokens[n],
      json: { current_password: password, new_password: `tidy-Walrus-${n}` },
    }))
    const won = answers.filter(({ status }) => status === 200)
    assert.equal(won.length, 1, JSON.stringify(tally(answers)))
    const looks = await cluster.atOnce(5, 'GET', 'auth/session', (n) => ({ token: tokens[n] }))
    assert.deepEqual(
      looks.filter(({ status }) => status === 200),
      [],
    )
  })

  it('loses nothing of what requests change in one session at once', async () => {
    const token = await cluster.signUp('same@example.org', '200')
    const second = 'second@example.org'
    const answers = await Promise.all([
      cluster.ask('POST', 'auth/reauthenticate', { token, json: { password } }),
      cluster.ask('POST', 'auth/reauthenticate', { token, json: { password } }),
      cluster.ask('POST', 'auth/reauthenticate', { token, json: { password } }),
      cluster.ask('POST', 'account/email', { token, json: { email: second } }),
    ])
    assert.deepEqual(tally(answers), { '200': 4 })
    const { body } = await cluster.ask('GET', 'auth/session', { token })
    assert.equal(body.data?.methods?.length, 3)
    assert.equal(await cluster.countEmail(second), 1)
  })

  it('ends a session once, whoever else asks for it', async () => {
    const token = await cluster.signUp('leaving@example.org', '200')
    const answers = await cluster.atOnce(50, 'DELETE', 'auth/session', () => ({ token }))
    const { '401': ended = 0, '410': gone = 0, ...others } = tally(answers)
    assert.deepEqual(others, {})
    assert.ok(ended >= 1)
    assert.equal(ended + gone, 50)
    assert.equal((await cluster.ask('GET', 'auth/session', { token })).status, 410)
  })
})

describe('with verification of numbers', () => {
  const cluster = useCluster({
    ACCOUNT_LOGIN_METHODS: 'phone',
    ACCOUNT_SIGNUP_FIELDS: 'phone*,password1*',
    ACCOUNT_PHONE_VERIFICATION_ENABLED: 'true',
    ACCOUNT_RATE_LIMITS: JSON.stringify({ verify_phone: '1/30s/key' }),
  })

  it('makes one user for 50 signups with one number, all answered alike', async () => {
    const phone = '+31612345678'
    const answers = await cluster.atOnce(50, 'POST', 'auth/signup', () => ({
      json: { phone, password },
    }))
    assert.deepEqual(tally(answers), { '401': 50 })
    const shapes = new Set(answers.map(({ body }) => JSON.stringify(body.data)))
    assert.equal(shapes.size, 1)
    assert.equal(await cluster.read(sql`select count(*) as count from users`), 1)
  })
})

describe('with mandatory verification by stored link', () => {
  const cluster = useCluster({
    ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
    ACCOUNT_EMAIL_CONFIRMATION_HMAC: 'false',
  })

  it('accepts one of 50 uses of a link', async () => {
    await cluster.signUp('link@example.org', '401')
    const key = keyIn(await cluster.mailTo('link@example.org'))
    // Without a session nobody is signed in: the link alone is answered with 401.
    const answers = await cluster.atOnce(50, 'POST', 'auth/email/verify', () => ({ json: { key } }))
    assert.deepEqual(tally(answers), { '401': 1, '400 invalid_or_expired_key': 49 })
  })
})

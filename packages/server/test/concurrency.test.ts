// Four processes serve one database, as on a machine with several workers: what may happen once
// happens once, what may happen five times happens five times, whichever process is asked.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type SmtpSink, startSmtpSink } from '../src/delivery/testing/smtp-sink.ts'
import { codeIn, type HttpAnswer, type HttpRequest, keyIn, request, tally } from './http-client.ts'
import {
  cleanUp,
  type Environment,
  makeFolder,
  type RunningServer,
  startServer,
  testSecret,
  until,
} from './processes.ts'

const password = 'correct horse battery'

const base = {
  SECRET_KEY: testSecret,
  // So that each request can come from an address of its own, and limits per address are passed by.
  ALLAUTH_TRUSTED_PROXY_COUNT: '1',
  HEADLESS_FRONTEND_URLS: JSON.stringify({
    account_confirm_email: 'https://app.example.test/verify-email/{key}',
  }),
}

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
    assert.equal(cluster.countEmail(email), 1)
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
    assert.equal(cluster.countEmail(email), 1)
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
    assert.equal(cluster.countEmail(second), 1)
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
    assert.equal(cluster.read('select count(*) as count from users'), 1)
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

/** Four servers over one new database, and what their users can do. */
function useCluster(settings: Environment) {
  const workers: RunningServer[] = []
  let cwd: string
  let sink: SmtpSink
  let asked = 0

  beforeAll(async () => {
    cwd = makeFolder()
    sink = await startSmtpSink()
    const env = { ...base, ...settings, SMTP_URL: sink.url }
    // All at once, so that they also make the database at once.
    const started = [1, 2, 3, 4].map(() => startServer({ cwd, env }))
    workers.push(...(await Promise.all(started)))
  })

  afterAll(async () => {
    const ends = await Promise.all(workers.map((worker) => worker.stop()))
    await cleanUp()
    await sink.stop()
    for (const { code, stdout, stderr } of ends) {
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
      assert.doesNotMatch(stdout, /"level":[56]0|locked/)
    }
  })

  /** Each request goes to the next worker, and comes from another address. */
  function ask(method: string, path: string, options: HttpRequest = {}): Promise<HttpAnswer> {
    asked += 1
    const worker = workers[asked % workers.length]
    assert.ok(worker)
    const ip = `203.0.${asked >> 8}.${asked & 255}`
    return request(worker.url, method, path, { ip, ...options })
  }

  function mailsTo(address: string): string[] {
    return sink.received
      .filter(({ to }) => to.includes(address))
      .map(({ raw }) => raw.replaceAll('=\r\n', '').replaceAll('\r\n', '\n').replaceAll('=3D', '='))
  }

  function read(sql: string, ...values: string[]): number {
    const db = new DatabaseSync(join(cwd, 'latchkey.sqlite3'), { readOnly: true, timeout: 5000 })
    try {
      return Number(db.prepare(sql).get(...values)?.count)
    } finally {
      db.close()
    }
  }

  return {
    ask,
    mailsTo,
    atOnce: (times: number, method: string, path: string, options: () => HttpRequest) =>
      Promise.all(Array.from({ length: times }, () => ask(method, path, options()))),
    async signUp(email: string, expected: string): Promise<string> {
      const { outcome, body } = await ask('POST', 'auth/signup', { json: { email, password } })
      assert.equal(outcome, expected)
      return body.meta?.session_token ?? ''
    },
    mailTo: (address: string) => until(`a mail to ${address}`, () => mailsTo(address)[0]),
    read,
    allMailSent: () =>
      until('all mail is sent', () => read('select count(*) as count from outbox') === 0),
    countEmail: (email: string) =>
      read('select count(*) as count from email_addresses where email = ?', email),
  }
}

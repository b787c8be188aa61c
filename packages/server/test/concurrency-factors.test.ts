// Second factors against four processes at once: a code, a recovery code and an assertion each work
// once, and as many wrong ones are compared as the limit allows, whichever process is asked.
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { describe, it } from 'vitest'
import { SecurityKey } from '../src/testing/security-key.ts'
import { password, useCluster } from './cluster.ts'
import { type HttpAnswer, tally } from './http-client.ts'

const cluster = useCluster({
  ACCOUNT_EMAIL_VERIFICATION: 'none',
  MFA_ALLOW_UNVERIFIED_EMAIL: 'true',
  MFA_SUPPORTED_TYPES: 'totp,recovery_codes,webauthn',
  MFA_PASSKEY_LOGIN_ENABLED: 'true',
  MFA_TOTP_TOLERANCE: '1',
  // What is tried here is what several sessions of one user do at once.
  MFA_END_OTHER_SESSIONS: 'false',
})

/** What a user of these tests can prove a login with. */
interface Factors {
  email: string
  code(): string
  recoveryCodes: string[]
}

const parallel = 50

describe('one code of an authenticator app', () => {
  it('lets one of 50 logins in, each in a session of its own', async () => {
    const user = await userWithTotp('totp-once')
    const tokens = await halfSignedIn(user, parallel)
    const code = user.code()
    const answers = await cluster.atOnce(parallel, 'POST', 'auth/2fa/authenticate', (n) => ({
      token: tokens[n],
      json: { code },
    }))
    assertOneWon(answers, '200')
  })

  it('lets one of 50 requests of one login in', async () => {
    const user = await userWithTotp('totp-one-session')
    const [token] = await halfSignedIn(user, 1)
    const code = user.code()
    const answers = await cluster.atOnce(parallel, 'POST', 'auth/2fa/authenticate', () => ({
      token,
      json: { code },
    }))
    assertOneWon(answers, '200')
  })
})

describe('one recovery code', () => {
  it('lets one of 50 logins in', async () => {
    const user = await userWithTotp('recovery-once')
    const tokens = await halfSignedIn(user, parallel)
    const [code] = user.recoveryCodes
    const answers = await cluster.atOnce(parallel, 'POST', 'auth/2fa/authenticate', (n) => ({
      token: tokens[n],
      json: { code },
    }))
    assertOneWon(answers, '200')
  })
})

describe('one assertion', () => {
  it('passes the second step once, of 50 times', async () => {
    const { email, key } = await userWithPasskey('assertion-second')
    const [token] = await halfSignedIn({ email }, 1)
    const path = 'auth/webauthn/authenticate'
    const credential = key.get(optionsOf(await cluster.ask('GET', path, { token })))
    const answers = await cluster.atOnce(parallel, 'POST', path, () => ({
      token,
      json: { credential },
    }))
    assertOneWon(answers, '200')
  })

  it('signs in once, of 50 times', async () => {
    const { key } = await userWithPasskey('assertion-alone')
    const asked = await cluster.ask('GET', 'auth/webauthn/login')
    const token = tokenOf(asked)
    const credential = key.get(optionsOf(asked))
    const answers = await cluster.atOnce(parallel, 'POST', 'auth/webauthn/login', () => ({
      token,
      json: { credential },
    }))
    assertOneWon(answers, '200')
  })

  it('is no use in another session', async () => {
    const { key } = await userWithPasskey('assertion-elsewhere')
    const credential = key.get(optionsOf(await cluster.ask('GET', 'auth/webauthn/login')))
    const others = await Promise.all([1, 2, 3].map(() => cluster.ask('GET', 'auth/webauthn/login')))
    for (const other of others) {
      const json = { credential }
      const answer = await cluster.ask('POST', 'auth/webauthn/login', {
        token: tokenOf(other),
        json,
      })
      assert.equal(answer.outcome, '400 incorrect_code')
    }
  })
})

describe('wrong codes', () => {
  it('are compared five times for a user, of 200 at once from as many sessions and addresses', async () => {
    const user = await userWithTotp('guessed')
    const tokens = await halfSignedIn(user, 20)
    const wrong = ['000000', '111111', '222222'].find((it) => it !== user.code())
    const answers = await cluster.atOnce(200, 'POST', 'auth/2fa/authenticate', (n) => ({
      token: tokens[n % tokens.length],
      json: { code: wrong },
    }))
    assert.deepEqual(tally(answers), {
      '400 incorrect_code': 5,
      '400 too_many_login_attempts': 195,
    })
    const late = { token: tokens[0], json: { code: user.code() } }
    const answer = await cluster.ask('POST', 'auth/2fa/authenticate', late)
    assert.equal(answer.outcome, '400 too_many_login_attempts')
  })
})

describe('an authenticator app', () => {
  it('is set up once, of 20 sessions that do so at once', async () => {
    const { email } = await signedUp('activated')
    const sessions = await inTurn(20, () => logIn(email, '200'))
    const offers = await Promise.all(
      sessions.map(async (token) => {
        const { body } = await cluster.ask('GET', 'account/authenticators/totp', { token })
        return (body.meta as { secret?: string }).secret ?? ''
      }),
    )
    const answers = await cluster.atOnce(20, 'POST', 'account/authenticators/totp', (n) => ({
      token: sessions[n],
      json: { code: codeOf(offers[n] ?? '') },
    }))
    assert.deepEqual(tally(answers), { '200': 1, '409': 19 })
    const codes = sql`select count(*) as count from recovery_codes where authenticator_id in (
      select a.id from authenticators a join email_addresses e on e.user_id = a.user_id
      where e.email = ${email})`
    assert.equal(await cluster.read(codes), 10)
  })
})

/** One succeeded; the others found it used up, or their session changed. */
function assertOneWon(answers: readonly HttpAnswer[], success: string): void {
  const { [success]: won, ...lost } = tally(answers)
  assert.equal(won, 1, JSON.stringify(tally(answers)))
  const expected = ['400 incorrect_code', '400 too_many_login_attempts', '401', '409', '410']
  assert.deepEqual(
    Object.keys(lost).filter((outcome) => !expected.includes(outcome)),
    [],
  )
}

async function signedUp(name: string): Promise<{ email: string; token: string }> {
  const email = `${name}@example.org`
  const first = await cluster.signUp(email, '200')
  const reauthenticated = await cluster.ask('POST', 'auth/reauthenticate', {
    token: first,
    json: { password },
  })
  assert.equal(reauthenticated.outcome, '200')
  return { email, token: first }
}

async function userWithTotp(name: string): Promise<Factors> {
  const { email, token } = await signedUp(name)
  const offer = await cluster.ask('GET', 'account/authenticators/totp', { token })
  const { secret = '' } = offer.body.meta as { secret?: string }
  const json = { code: codeOf(secret) }
  const activated = await cluster.ask('POST', 'account/authenticators/totp', { token, json })
  assert.equal(activated.outcome, '200')
  const shown = await cluster.ask('GET', 'account/authenticators/recovery-codes', { token })
  const { unused_codes: recoveryCodes = [] } = shown.body.data as { unused_codes?: string[] }
  return { email, code: () => codeOf(secret), recoveryCodes }
}

async function userWithPasskey(name: string): Promise<{ email: string; key: SecurityKey }> {
  const { email, token } = await signedUp(name)
  const path = 'account/authenticators/webauthn'
  const key = new SecurityKey()
  const { body } = await cluster.ask('GET', `${path}?passwordless`, { token })
  const { creation_options: options } = body.data as { creation_options?: object }
  const json = { name: 'Key', credential: key.create(options) }
  assert.equal((await cluster.ask('POST', path, { token, json })).outcome, '200')
  return { email, key }
}

/** The tokens of so many logins that wait for their second step; those under way count as wrong. */
async function halfSignedIn({ email }: { email: string }, times: number): Promise<string[]> {
  return inTurn(times, () => logIn(email, '401'))
}

async function inTurn<T>(times: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (let n = 0; n < times; n += 1) made.push(await make())
  return made
}

async function logIn(email: string, expected: string): Promise<string> {
  const answer = await cluster.ask('POST', 'auth/login', { json: { email, password } })
  assert.equal(answer.outcome, expected)
  return tokenOf(answer)
}

function codeOf(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate()
}

function optionsOf({ body }: HttpAnswer): object {
  const { request_options: options } = body.data as { request_options?: object }
  assert.ok(options)
  return options
}

function tokenOf({ body }: HttpAnswer): string {
  return body.meta?.session_token ?? ''
}

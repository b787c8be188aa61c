import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const newer = 'tidy-Walrus-90'
const ann = { email: 'ann@example.org', username: 'annabelle', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const wrong = 'BCDF-GHJK'
const manyAttempts = { ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS: 20 }
const byCode = { ACCOUNT_RATE_LIMITS: false, ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true }

/** A server, and a client that waits for the code to reset Ann's password. */
async function start({ settings = byCode, users = [ann, bob] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const client = auth.client('app')
  const key = await ask(auth, client)
  return { auth, key, client, [Symbol.asyncDispose]: () => auth.close() }
}

async function ask(auth: TestAuth, client: TestClient, email = ann.email): Promise<string> {
  await client.post('auth/password/request', { email })
  return auth.secretTo(email)
}

function reset(client: TestClient, key: unknown, given: unknown = newer) {
  return client.post('auth/password/reset', { key, password: given })
}

function lookUp(client: TestClient, key: string | undefined) {
  return client.get('auth/password/reset', { headers: { 'x-password-reset-key': key } })
}

async function logsInWith(auth: TestAuth, given: string, { email } = ann): Promise<boolean> {
  const login = { email, password: given }
  return (await auth.client('app').post('auth/login', login)).status === 200
}

describe('POST auth/password/reset by code', () => {
  it('sets the password and lists the flow as waiting no more', async () => {
    await using it = await start()
    const { body } = await lookUp(it.client, it.key)
    assert.equal(body.data?.user?.email, ann.email)
    const answer = await reset(it.client, ` ${it.key.toLowerCase().replace('-', ' ')}`)
    assert.equal(answer.status, 401)
    assert.deepEqual(answer.body.data?.flows?.at(-1), {
      id: 'password_reset_by_code',
      is_pending: false,
    })
    assert.equal((await reset(it.client, it.key)).status, 409)
    assert.equal((await lookUp(it.client, it.key)).status, 409)
    assert.equal(await logsInWith(it.auth, newer), true)
    assert.ok((await eventTypes(it.auth)).includes('password_reset'))
  })

  it('answers 409 where nothing waits, before any look at the input', async () => {
    await using it = await start()
    for (const client of [
      it.auth.client('app'),
      it.auth.client('browser'),
      await signIn(it.auth, ann),
    ]) {
      assert.equal((await client.post('auth/password/reset', {})).status, 409)
      assert.equal((await reset(client, it.key)).status, 409)
      assert.equal((await lookUp(client, it.key)).status, 409)
    }
    assert.equal(await logsInWith(it.auth, newer), false)
  })

  it('names a missing password beside a wrong code, but no weak one, with an account or without', async () => {
    await using it = await start({ settings: { ...byCode, ...manyAttempts } })
    const stranger = it.auth.client('app')
    await stranger.post('auth/password/request', { email: 'nobody@example.org' })
    for (const client of [it.client, stranger]) {
      const table: [string, unknown, string[]][] = [
        [wrong, '12345678', ['incorrect_code@key']],
        [wrong, '', ['incorrect_code@key', 'required@password']],
        ['', '12345678', ['required@key']],
        ['B\0', newer, ['null_characters_not_allowed@key']],
      ]
      for (const [key, given, expected] of table) {
        assert.deepEqual(errors(await reset(client, key, given)), expected)
      }
    }
  })

  it('counts wrong, blank and missing codes, by POST and by GET, whatever the password', async () => {
    const settings = { ...byCode, ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS: 5 }
    await using it = await start({ settings })
    const answers = [
      await reset(it.client, wrong),
      await reset(it.client, wrong, '1'),
      await reset(it.client, '', ''),
      await lookUp(it.client, wrong),
      await lookUp(it.client, undefined),
    ]
    assert.deepEqual(answers.map(errors), [
      ['incorrect_code@key'],
      ['incorrect_code@key'],
      ['required@key', 'required@password'],
      ['incorrect_code@key'],
      ['required@key'],
    ])
    assert.equal((await reset(it.client, it.key)).status, 409)
    assert.equal(pending(await it.client.get('auth/session')), undefined)
  })

  it('counts neither a weak nor a missing password, nor a right look-up', async () => {
    await using it = await start()
    for (let n = 0; n < 5; n += 1) {
      assert.equal(errors(await reset(it.client, it.key, '123')).length, 3)
      assert.deepEqual(errors(await reset(it.client, it.key, '')), ['required@password'])
      const similar = await reset(it.client, it.key, 'annabelle1')
      assert.deepEqual(errors(similar), ['password_too_similar@password'])
      assert.equal((await lookUp(it.client, it.key)).status, 200)
    }
    assert.equal((await reset(it.client, it.key)).status, 401)
  })

  it('compares exactly as many of 50 guesses at once as are allowed', async () => {
    await using it = await start()
    const guesses = Array.from({ length: 50 }, (_, n) =>
      n % 2 ? reset(it.client, wrong) : lookUp(it.client, wrong),
    )
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 400).length, 3)
    assert.equal(statuses.filter((it) => it === 409).length, 47)
    assert.equal((await reset(it.client, it.key)).status, 409)
  })

  it('of 30 right ones at once lets one through', async () => {
    await using it = await start()
    const uses = Array.from({ length: 30 }, (_, n) => reset(it.client, it.key, `${newer}${n}`))
    const answers = await Promise.all(uses)
    const won = answers.findIndex(({ status }) => status === 401)
    assert.equal(answers.filter(({ status }) => status === 401).length, 1)
    assert.equal(await logsInWith(it.auth, `${newer}${won}`), true)
    const events = (await eventTypes(it.auth)).filter((type) => type === 'password_reset')
    assert.equal(events.length, 1)
  })

  it('works until it expires', async () => {
    const settings = { ...byCode, ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT: 60 }
    await using it = await start({ settings })
    it.auth.clock.advance(59.999)
    assert.equal((await lookUp(it.client, it.key)).status, 200)
    it.auth.clock.advance(0.001)
    assert.equal((await reset(it.client, it.key)).status, 409)
    assert.equal(pending(await it.client.get('auth/session')), undefined)
  })

  it('is replaced by asking again, even for another account', async () => {
    await using it = await start()
    const second = await ask(it.auth, it.client, bob.email)
    assert.deepEqual(errors(await reset(it.client, it.key)), ['incorrect_code@key'])
    assert.equal((await reset(it.client, second)).status, 401)
    assert.equal(await logsInWith(it.auth, newer, bob), true)
    assert.equal(await logsInWith(it.auth, password), true)
  })

  it('buys no attempts at a code that was mailed before', async () => {
    await using it = await start()
    for (let n = 0; n < 3; n += 1) await reset(it.client, wrong)
    const other = it.auth.client('app')
    await ask(it.auth, other)
    assert.equal((await reset(it.client, it.key)).status, 409)
    assert.deepEqual(errors(await reset(other, it.key)), ['incorrect_code@key'])
  })

  it('of one session does nothing in another', async () => {
    await using it = await start()
    const other = it.auth.client('app')
    const second = await ask(it.auth, other)
    assert.deepEqual(errors(await reset(other, it.key)), ['incorrect_code@key'])
    assert.deepEqual(errors(await reset(it.client, second)), ['incorrect_code@key'])
    assert.equal((await reset(it.client, it.key)).status, 401)
  })

  it('is void once the session was ended', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const client = auth.client('browser')
    const key = await ask(auth, client)
    await client.delete('auth/session')
    assert.equal((await reset(client, key)).status, 409)
  })

  it('is void once the password or an address has changed', async () => {
    const change = { current_password: password, new_password: 'amber-Falcon-17' }
    for (const [path, json] of [
      ['account/password/change', change],
      ['account/email', { email: 'new@example.org' }],
    ] as const) {
      await using it = await start()
      const owner = await signIn(it.auth, ann)
      assert.equal((await owner.post(path, json)).status, 200)
      assert.equal((await reset(it.client, it.key)).status, 409)
    }
  })

  it('of two sessions of one user works in the first that uses it', async () => {
    await using it = await start()
    const other = it.auth.client('app')
    const second = await ask(it.auth, other)
    assert.equal((await reset(it.client, it.key)).status, 401)
    assert.equal((await reset(other, second, 'amber-Falcon-17')).status, 409)
    assert.equal(await logsInWith(it.auth, newer), true)
  })

  it('is void once the account was deactivated', async () => {
    await using it = await start()
    await it.auth.server.db.updateTable('users').set({ is_active: 0 }).execute()
    const answer = await reset(it.client, it.key)
    assert.deepEqual(errors(answer), ['invalid_password_reset@key'])
  })

  it('verifies the address, since it came by mail, and a link does not', async () => {
    await using it = await start({ users: [{ ...ann, email_verified: false }] })
    await reset(it.client, it.key)
    const client = await signIn(it.auth, { ...ann, password: newer })
    assert.deepEqual(listed(await client.get('account/email')), [
      'ann@example.org verified primary',
    ])
  })

  it('is no code that verifies an address, nor the reverse', async () => {
    const settings = {
      ...byCode,
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
    }
    await using it = await start({ settings, users: [{ ...ann, email_verified: false }] })
    await it.client.post('auth/login', ann)
    const emailCode = await it.auth.secretTo(ann.email)
    assert.deepEqual(errors(await reset(it.client, emailCode)), ['incorrect_code@key'])
    const verified = await it.client.post('auth/email/verify', { key: it.key })
    assert.deepEqual(errors(verified), ['incorrect_code@key'])
  })

  it('works while somebody is signed in, whose own session is then over', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann, bob] })
    const owner = await signIn(auth, ann)
    const key = await ask(auth, owner)
    assert.equal((await reset(owner, key)).status, 200)
    assert.equal((await owner.get('auth/session')).status, 401)
    const other = await signIn(auth, bob)
    const second = await ask(auth, other)
    assert.equal((await reset(other, second, 'amber-Falcon-17')).status, 200)
    assert.equal((await other.get('auth/session')).body.data?.user?.email, bob.email)
  })

  it('is formatted as the settings say, by either name of the setting', async () => {
    for (const name of [
      'ACCOUNT_PASSWORD_RESET_BY_CODE_FORMAT',
      'ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT',
    ]) {
      const format = { numeric: true, dashed: false, length: 6 }
      await using it = await start({ settings: { ...byCode, [name]: format } })
      assert.match(it.key, /^\d{6}$/)
      const given = it.key.startsWith('0') ? it.key : Number(it.key)
      assert.equal((await reset(it.client, given)).status, 401)
    }
  })

  it('counts what one network address submits', async () => {
    const settings = { ...byCode, ACCOUNT_RATE_LIMITS: { reset_password_from_key: '1/m/ip' } }
    await using it = await start({ settings })
    await reset(it.client, wrong)
    assert.equal((await reset(it.client, it.key)).status, 429)
    it.auth.clock.advance(60)
    assert.equal((await reset(it.client, it.key)).status, 401)
  })

  it('is stored as nobody can read it', async () => {
    await using it = await start()
    for (const table of ['codes', 'sessions', 'events', 'outbox', 'rate_limits'] as const) {
      const rows = JSON.stringify(await it.auth.server.db.selectFrom(table).selectAll().execute())
      const isThere = rows.includes(it.key) || rows.includes(it.key.replace('-', ''))
      assert.equal(isThere, false, table)
    }
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { serve } from '../../http/serve.ts'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'

const { errors } = TestClient
const password = 'velvet-Otter-41'
const newer = 'tidy-Walrus-90'
const ann = { email: 'ann@example.org', username: 'annabelle', password }
const without = { ...ann, password: null }
const noLimits = { ACCOUNT_RATE_LIMITS: false }
const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko/1 Firefox/1' }

async function start({ settings = noLimits, users = [ann] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const client = await signIn(auth, ann)
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

/** Somebody without a password, signed in by code. */
async function startWithout(settings: object = {}) {
  const byCode = { ...noLimits, ACCOUNT_LOGIN_BY_CODE_ENABLED: true, ...settings }
  const auth = await createTestAuth({ settings: byCode, users: [without] })
  const client = auth.client('app')
  await client.post('auth/code/request', { email: ann.email })
  await client.post('auth/code/confirm', { code: await auth.secretTo(ann.email) })
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

function change(client: TestClient, given: object = {}, headers = {}) {
  const json = { current_password: password, new_password: newer, ...given }
  return client.post('account/password/change', json, { headers })
}

async function logsInWith(auth: TestAuth, given: string): Promise<boolean> {
  const login = { email: ann.email, password: given }
  return (await auth.client('app').post('auth/login', login)).status === 200
}

describe('POST account/password/change', () => {
  it('sets the password and goes on under a new token', async () => {
    await using it = await start()
    const { token } = it.client
    const { status, body } = await change(it.client)
    assert.equal(status, 200)
    assert.equal(body.data?.methods?.length, 1)
    assert.ok(body.meta?.session_token)
    assert.notEqual(it.client.token, token)
    assert.equal((await it.client.get('auth/session')).status, 200)
    assert.deepEqual(
      [await logsInWith(it.auth, password), await logsInWith(it.auth, newer)],
      [false, true],
    )
    assert.ok((await eventTypes(it.auth)).includes('password_changed'))
  })

  it('leaves the token of before without use', async () => {
    await using it = await start()
    const old = it.auth.client('app')
    old.token = it.client.token
    await change(it.client)
    assert.equal((await old.get('auth/session')).status, 410)
    const browser = await signIn(it.auth, { ...ann, password: newer }, 'browser')
    const stolen = it.auth.client('browser')
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value)
    await change(browser, { current_password: newer, new_password: 'amber-Falcon-17' })
    assert.equal((await browser.get('auth/session')).status, 200)
    assert.equal((await stolen.get('auth/session')).status, 401)
  })

  it('ends the other sessions: 401, then 410 for an app and 401 for a browser', async () => {
    await using it = await start()
    const app = await signIn(it.auth, ann)
    const browser = await signIn(it.auth, ann, 'browser')
    await change(it.client)
    assert.equal((await app.get('auth/session')).status, 401)
    assert.equal((await app.get('auth/session')).status, 410)
    assert.equal((await browser.get('auth/session')).status, 401)
    assert.equal((await browser.get('auth/session')).status, 401)
  })

  it('makes an ended session that of a stranger, whatever it asks for first', async () => {
    await using it = await start()
    const others = [
      await signIn(it.auth, ann),
      await signIn(it.auth, ann),
      await signIn(it.auth, ann),
    ]
    await change(it.client)
    const answers = [
      await others[0]?.post('account/email', { email: 'thief@example.org' }),
      await others[1]?.post('auth/reauthenticate', { password: newer }),
      await others[2]?.post('auth/login', { email: ann.email, password: newer }),
    ]
    assert.deepEqual(
      answers.map((answer) => answer?.status),
      // Nothing waits there that an address could belong to; a login is a login.
      [409, 401, 200],
    )
    assert.deepEqual(listed(await it.client.get('account/email')), [
      'ann@example.org verified primary',
    ])
  })

  it('ends the session of a request that is under way, which then writes nothing', async () => {
    await using it = await start()
    const thief = await signIn(it.auth, ann)
    const body = Promise.withResolvers<Uint8Array>()
    const headers: Record<string, string | undefined> = {
      host: 'localhost',
      'x-session-token': thief.token,
    }
    const { server, served } = it.auth
    const opened = Promise.withResolvers<void>()
    const underWay = serve(server, served, {
      method: 'POST',
      target: '/_allauth/app/v1/account/email',
      isEncrypted: false,
      remoteAddress: '192.0.2.1',
      header: (name) => headers[name],
      readBody: () => {
        opened.resolve()
        return body.promise
      },
    })
    await opened.promise
    await change(it.client)
    body.resolve(new TextEncoder().encode('{"email":"thief@example.org"}'))
    assert.equal((await underWay).status, 409)
    assert.equal((await thief.get('auth/session')).status, 410)
    assert.deepEqual(listed(await it.client.get('account/email')), [
      'ann@example.org verified primary',
    ])
    assert.deepEqual(await it.auth.sent(), [])
  })

  it('refuses a wrong, a missing and a blank current password', async () => {
    await using it = await start()
    for (const current_password of ['wrong', 'Velvet-otter-41', `${password}x`]) {
      assert.deepEqual(errors(await change(it.client, { current_password })), [
        'enter_current_password@current_password',
      ])
    }
    const withNull = await change(it.client, { current_password: `${password}\0` })
    assert.deepEqual(errors(withNull), ['null_characters_not_allowed@current_password'])
    for (const current_password of [undefined, null, '', '  ']) {
      const answer = await change(it.client, { current_password })
      assert.deepEqual(errors(answer), ['required@current_password'])
    }
    assert.equal(await logsInWith(it.auth, password), true)
  })

  it('holds the new one against the rules, beside a wrong current one too', async () => {
    await using it = await start()
    const weak = ['too_short', 'too_common', 'entirely_numeric'].map(
      (it) => `password_${it}@new_password`,
    )
    assert.deepEqual(errors(await change(it.client, { new_password: '123' })), weak)
    const both = await change(it.client, { current_password: 'wrong', new_password: '123' })
    assert.deepEqual(errors(both), ['enter_current_password@current_password', ...weak])
    const nothing = await it.client.post('account/password/change', {})
    assert.deepEqual(errors(nothing), ['required@current_password', 'required@new_password'])
    const long = await change(it.client, { new_password: `${newer}${'x'.repeat(5000)}` })
    assert.deepEqual(errors(long), ['max_length@new_password'])
  })

  it('refuses one that resembles address or username', async () => {
    await using it = await start()
    for (const new_password of ['ann@example.org', 'Annabelle1', 'elleb4anna']) {
      const answer = await change(it.client, { new_password })
      assert.deepEqual(errors(answer), ['password_too_similar@new_password'], new_password)
    }
  })

  it('takes the same password again, and trims both', async () => {
    await using it = await start()
    const same = { current_password: ` ${password} `, new_password: ` ${password}` }
    assert.equal((await change(it.client, same)).status, 200)
    assert.equal(await logsInWith(it.auth, password), true)
  })

  it('answers 401 to whoever is not signed in, before any look at the input', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    for (const kind of ['app', 'browser'] as const) {
      assert.equal((await auth.client(kind).post('account/password/change', {})).status, 401)
    }
    assert.equal(await logsInWith(auth, password), true)
  })

  it('changes nothing of another user, whatever the body says', async () => {
    const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }
    await using it = await start({ users: [ann, bob] })
    await change(it.client, { email: bob.email, user_id: 2, id: 2, username: 'bob' })
    await signIn(it.auth, bob)
  })

  it('counts every try of a user', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { change_password: '2/m/user' } }
    await using it = await start({ settings })
    const other = await signIn(it.auth, ann, 'browser')
    assert.equal((await change(it.client, { current_password: 'wrong' })).status, 400)
    assert.equal((await change(other, { new_password: '' })).status, 400)
    assert.equal((await change(it.client)).status, 429)
    it.auth.clock.advance(60)
    assert.equal((await change(it.client)).status, 200)
  })

  it('compares as many of 30 guesses at once as the limit allows', async () => {
    await using it = await start({ settings: { ACCOUNT_RATE_LIMITS: {} } })
    const wrong = { current_password: 'wrong' }
    const guesses = Array.from({ length: 30 }, () => change(it.client, wrong))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    assert.deepEqual(
      statuses.filter((it) => it !== 429),
      [400, 400, 400, 400, 400],
    )
  })

  it('of several at once keeps the first; the others find the old password gone', async () => {
    await using it = await start()
    const sessions = [it.client, await signIn(it.auth, ann), await signIn(it.auth, ann, 'browser')]
    const wanted = ['amber-Falcon-17', 'brisk-Heron-52', 'coral-Badger-63']
    const answers = await Promise.all(
      sessions.map((client, n) => change(client, { new_password: wanted[n] })),
    )
    const statuses = answers.map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 200).length, 1, statuses.join())
    const winner = statuses.indexOf(200)
    assert.equal(await logsInWith(it.auth, wanted[winner] ?? ''), true)
    assert.equal((await sessions[winner]?.get('auth/session'))?.status, 200)
    for (const client of sessions.filter((_, n) => n !== winner)) {
      assert.notEqual((await client.get('auth/session')).status, 200)
    }
  })

  it('of two at once in one session does one', async () => {
    await using it = await start()
    const answers = await Promise.all([
      change(it.client, { new_password: 'amber-Falcon-17' }),
      change(it.client, { new_password: 'brisk-Heron-52' }),
    ])
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  })
})

describe('POST account/password/change for whoever has no password', () => {
  it('sets a first one without asking for a current one', async () => {
    await using it = await startWithout()
    assert.deepEqual(errors(await change(it.client)), ['enter_current_password@current_password'])
    const weak = await it.client.post('account/password/change', { new_password: '123' })
    assert.equal(weak.status, 400)
    const first = { current_password: undefined }
    const { status, body } = await change(it.client, first)
    assert.equal(status, 200)
    assert.equal(body.data?.user?.has_usable_password, true)
    assert.equal(await logsInWith(it.auth, newer), true)
    assert.ok((await eventTypes(it.auth)).includes('password_set'))
    const again = await change(it.client, { ...first, new_password: 'amber-Falcon-17' })
    assert.deepEqual(errors(again), ['required@current_password'])
  })

  it('of two first ones at once keeps one', async () => {
    await using it = await startWithout()
    const answers = await Promise.all(
      ['amber-Falcon-17', 'brisk-Heron-52'].map((new_password) =>
        change(it.client, { current_password: undefined, new_password }),
      ),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  })

  it('tells the owner that there is one now', async () => {
    await using it = await startWithout({ ACCOUNT_EMAIL_NOTIFICATIONS: true })
    await change(it.client, { current_password: undefined })
    assert.equal((await it.auth.sent()).at(-1), 'ann@example.org: A password was set - Latchkey')
  })
})

describe('POST account/password/change with notifications', () => {
  it('tells the primary address when, from where and with what it was done', async () => {
    await using it = await start({ settings: { ACCOUNT_EMAIL_NOTIFICATIONS: true } })
    await change(it.client, {}, firefox)
    assert.deepEqual(await it.auth.sent(), [
      'ann@example.org: Your password was changed - Latchkey',
    ])
    const mail = await it.auth.mailTo(ann.email)
    assert.match(
      mail,
      /When: \d+ \w+ \d{4} at \d\d:\d\d UTC\nAddress: 192\.0\.2\.1\nDevice: Firefox on Linux\n/,
    )
  })

  it('quotes nothing of a user agent that somebody made up', async () => {
    await using it = await start({ settings: { ACCOUNT_EMAIL_NOTIFICATIONS: true } })
    await change(it.client, {}, { 'user-agent': 'See https://evil.example/ <b>now</b>' })
    assert.doesNotMatch(await it.auth.mailTo(ann.email), /evil|See/)
  })

  it('tells nobody of a change that failed, nor where the settings are silent', async () => {
    await using it = await start({ settings: { ACCOUNT_EMAIL_NOTIFICATIONS: true } })
    await change(it.client, { current_password: 'wrong' })
    assert.deepEqual(await it.auth.sent(), [])
    await using silent = await start()
    await change(silent.client)
    assert.deepEqual(await silent.auth.sent(), [])
  })
})

describe('POST account/password/change with ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE', () => {
  const settings = { ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE: true }

  it('ends its own session too', async () => {
    for (const [kind, after] of [
      ['app', 410],
      ['browser', 401],
    ] as const) {
      await using auth = await createTestAuth({ settings, users: [ann] })
      const client = await signIn(auth, ann, kind)
      const other = await signIn(auth, ann)
      const { status, body } = await change(client)
      assert.deepEqual([status, body.meta], [401, { is_authenticated: false }])
      assert.equal(client.cookies.has('sessionid'), false)
      assert.equal((await client.get('auth/session')).status, after)
      assert.equal((await other.get('auth/session')).status, 401)
      assert.equal(await logsInWith(auth, newer), true)
    }
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { takeTurn } from '../../testing/busy-gate.ts'
import { TestClient } from '../../testing/client.ts'

const { errors } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const right = { email: ann.email, password }
const wrong = { email: ann.email, password: 'wrong' }

function start(limits: object, settings: object = {}) {
  return createTestAuth({
    settings: { ACCOUNT_RATE_LIMITS: limits, ...settings },
    users: [ann, bob],
  })
}

function logIn(auth: TestAuth, input: object, ip = '192.0.2.1') {
  return auth.client('app', { ip, mayFail: true }).post('auth/login', input)
}

async function logInBehindProxy(auth: TestAuth, input: object, forwardedFor?: string) {
  const headers = { 'x-forwarded-for': forwardedFor }
  return auth.client('app', { mayFail: true }).post('auth/login', input, { headers })
}

describe('POST auth/login, the limit on failures', () => {
  it('locks an account, even for the right password, and no other', async () => {
    await using auth = await start({ login_failed: '2/m/key' })
    for (let n = 0; n < 2; n += 1) {
      const answer = await logIn(auth, wrong, `192.0.2.${n}`)
      assert.deepEqual(errors(answer), ['email_password_mismatch@password'])
    }
    const locked = await logIn(auth, right, '192.0.2.9')
    assert.deepEqual(errors(locked), ['too_many_login_attempts@-'])
    assert.equal((await logIn(auth, { email: bob.email, password: bob.password })).status, 200)
  })

  it('counts all spellings of an address together', async () => {
    await using auth = await start({ login_failed: '2/m/key' })
    for (const email of ['ann@example.org', ' ANN@EXAMPLE.ORG ']) {
      await logIn(auth, { email, password: 'wrong' })
    }
    const answer = await logIn(auth, { email: 'Ann@Example.Org', password })
    assert.deepEqual(errors(answer), ['too_many_login_attempts@-'])
  })

  it('counts all spellings of a username together, compatibility forms included', async () => {
    const settings = {
      ACCOUNT_LOGIN_METHODS: ['username'],
      ACCOUNT_SIGNUP_FIELDS: ['username*', 'password1*'],
      ACCOUNT_EMAIL_VERIFICATION: 'none',
    }
    await using auth = await start({ login_failed: '3/m/key' }, settings)
    for (const username of ['ann', 'ANN', 'ａｎｎ']) {
      const answer = await logIn(auth, { username, password: 'wrong' })
      assert.deepEqual(errors(answer), ['username_password_mismatch@password'])
    }
    const answer = await logIn(auth, { username: 'Ann', password })
    assert.deepEqual(errors(answer), ['too_many_login_attempts@-'])
  })

  it('counts an address typed into the field for usernames as that address, in every spelling', async () => {
    const settings = {
      ACCOUNT_LOGIN_METHODS: ['username', 'email'],
      ACCOUNT_SIGNUP_FIELDS: ['username*', 'email*', 'password1*'],
    }
    await using auth = await start({ login_failed: '3/m/key' }, settings)
    const spellings = ['ann@example.org', 'ANN@exam\u00adple.org', 'ann@e\u00adx\u00adample.org']
    for (const username of spellings) {
      const answer = await logIn(auth, { username, password: 'wrong' })
      assert.deepEqual(errors(answer), ['username_password_mismatch@password'])
    }
    for (const identifier of [{ username: 'ann@ex\u00adample.org' }, { email: ann.email }]) {
      const answer = await logIn(auth, { ...identifier, password })
      assert.deepEqual(errors(answer), ['too_many_login_attempts@-'])
    }
    // Outside the domain such a character makes another name, which nobody has.
    const other = await logIn(auth, { username: 'a\u00adnn', password })
    assert.deepEqual(errors(other), ['username_password_mismatch@password'])
  })

  it('counts failures of one network address across accounts', async () => {
    await using auth = await start({ login_failed: '2/m/ip' })
    await logIn(auth, wrong)
    await logIn(auth, { email: bob.email, password: 'wrong' })
    assert.deepEqual(errors(await logIn(auth, bob)), ['too_many_login_attempts@-'])
    assert.equal((await logIn(auth, right, '192.0.2.2')).status, 200)
  })

  it('counts unknown accounts as it counts known ones', async () => {
    await using auth = await start({ login_failed: '1/m/key' })
    const unknown = { email: 'nobody@example.org', password }
    assert.deepEqual(errors(await logIn(auth, unknown)), ['email_password_mismatch@password'])
    assert.deepEqual(errors(await logIn(auth, unknown)), ['too_many_login_attempts@-'])
  })

  it('does not count a success, nor forget failures for it', async () => {
    await using auth = await start({ login_failed: '2/m/key,2/m/ip' })
    await logIn(auth, wrong)
    for (let n = 0; n < 4; n += 1) assert.equal((await logIn(auth, right)).status, 200)
    assert.deepEqual(errors(await logIn(auth, wrong)), ['email_password_mismatch@password'])
    assert.deepEqual(errors(await logIn(auth, right)), ['too_many_login_attempts@-'])
  })

  it('does not let the right password for an own account buy guesses at another', async () => {
    await using auth = await start({ login_failed: '3/m/ip' })
    const codes: string[] = []
    for (let n = 0; n < 6; n += 1) {
      codes.push(...errors(await logIn(auth, wrong)))
      await logIn(auth, bob)
    }
    const compared = codes.filter((it) => it === 'email_password_mismatch@password')
    assert.equal(compared.length, 3)
  })

  it('takes nothing from the one rate where the other is used up', async () => {
    await using auth = await start({ login_failed: '3/m/ip,1/m/key' })
    await logIn(auth, wrong)
    for (let n = 0; n < 5; n += 1) {
      assert.deepEqual(errors(await logIn(auth, wrong)), ['too_many_login_attempts@-'])
    }
    const other = await logIn(auth, { email: bob.email, password: 'wrong' })
    assert.deepEqual(errors(other), ['email_password_mismatch@password'])
  })

  it('ends with its window', async () => {
    await using auth = await start({ login_failed: '1/300s/key' })
    await logIn(auth, wrong)
    auth.clock.advance(299.999)
    assert.deepEqual(errors(await logIn(auth, right)), ['too_many_login_attempts@-'])
    auth.clock.advance(0.001)
    assert.equal((await logIn(auth, right)).status, 200)
  })

  it('is shared by both kinds of client', async () => {
    await using auth = await start({ login_failed: '1/m/key' })
    await logIn(auth, wrong)
    const answer = await auth.client('browser').post('auth/login', right)
    assert.deepEqual(errors(answer), ['too_many_login_attempts@-'])
  })

  it('lets exactly as many of 60 guesses at once be compared as it allows', async () => {
    await using auth = await start({ login_failed: '5/m/key', login: '1000/m/ip' })
    const guesses = Array.from({ length: 60 }, () => logIn(auth, wrong))
    const codes = (await Promise.all(guesses)).flatMap(errors)
    assert.equal(codes.filter((it) => it === 'email_password_mismatch@password').length, 5)
    assert.equal(codes.filter((it) => it === 'too_many_login_attempts@-').length, 55)
  })

  it('is not used up by logins that the full gate turned away', async () => {
    const narrow = { HASH_CONCURRENCY: 1, HASH_MAX_QUEUED: 0 }
    await using auth = await start({ login_failed: '3/m/key' }, narrow)
    const { letGo } = takeTurn(auth)
    const storm = await Promise.all([logIn(auth, wrong), logIn(auth, wrong), logIn(auth, wrong)])
    assert.deepEqual(
      storm.map(({ status }) => status),
      [503, 503, 503],
    )
    await letGo()
    for (let n = 0; n < 3; n += 1) {
      assert.deepEqual(errors(await logIn(auth, wrong)), ['email_password_mismatch@password'])
    }
    assert.deepEqual(errors(await logIn(auth, right)), ['too_many_login_attempts@-'])
  })
})

describe('POST auth/login, the limit on requests', () => {
  it('answers 429 with the time to wait, before the input is looked at', async () => {
    await using auth = await start({ login: '2/m/ip' })
    assert.equal((await logIn(auth, {})).status, 400)
    auth.clock.advance(20)
    assert.equal((await logIn(auth, right)).status, 200)
    const answer = await logIn(auth, right)
    assert.equal(answer.status, 429)
    assert.equal(answer.headers.get('retry-after'), '40')
    assert.deepEqual(answer.body, { status: 429 })
    auth.clock.advance(40)
    assert.equal((await logIn(auth, right)).status, 200)
  })

  it('counts all addresses of one IPv6 network of 64 bits, however they are written', async () => {
    await using auth = await start({ login: '3/m/ip' })
    for (const ip of [
      '2001:db8:1:2::1',
      '2001:DB8:1:2:ffff:0:0:1',
      '2001:0db8:0001:0002::9%eth0',
    ]) {
      assert.equal((await logIn(auth, {}, ip)).status, 400)
    }
    assert.equal((await logIn(auth, {}, '2001:db8:1:2:3:4:5:6')).status, 429)
    assert.equal((await logIn(auth, {}, '2001:db8:1:3::1')).status, 400)
  })

  it('counts an IPv4 address the same in its IPv6 form', async () => {
    await using auth = await start({ login: '1/m/ip' })
    await logIn(auth, {}, '::ffff:192.0.2.7')
    assert.equal((await logIn(auth, {}, '192.0.2.7')).status, 429)
    assert.equal((await logIn(auth, {}, '192.0.2.8')).status, 400)
  })

  it('does not believe X-Forwarded-For without a trusted proxy', async () => {
    await using auth = await start({ login: '1/m/ip' })
    await logInBehindProxy(auth, {}, '198.51.100.1')
    for (const spoofed of ['198.51.100.2', '127.0.0.1, 198.51.100.3', '', undefined]) {
      assert.equal((await logInBehindProxy(auth, {}, spoofed)).status, 429)
    }
  })

  it('believes only the entry that its own proxy wrote', async () => {
    await using auth = await start({ login: '1/m/ip' }, { ALLAUTH_TRUSTED_PROXY_COUNT: 1 })
    await logInBehindProxy(auth, {}, '198.51.100.1')
    assert.equal((await logInBehindProxy(auth, {}, '6.6.6.6, 198.51.100.1')).status, 429)
    assert.equal((await logInBehindProxy(auth, {}, '198.51.100.1, 198.51.100.2')).status, 400)
  })

  it('fails, and does not take the connection for the client, where the proxy wrote nothing', async () => {
    await using auth = await start({}, { ALLAUTH_TRUSTED_PROXY_COUNT: 2 })
    for (const header of [undefined, '', '198.51.100.1', ' , 198.51.100.1']) {
      assert.equal((await logInBehindProxy(auth, right, header)).status, 500, String(header))
    }
    assert.equal((await logInBehindProxy(auth, right, '198.51.100.1, 10.0.0.1')).status, 200)
  })

  it('takes the address from the one header that is trusted', async () => {
    const settings = { ALLAUTH_TRUSTED_CLIENT_IP_HEADER: 'X-Real-IP' }
    await using auth = await start({ login: '1/m/ip' }, settings)
    const from = (ip: string | undefined) =>
      auth
        .client('app', { mayFail: true })
        .post('auth/login', {}, { headers: { 'x-real-ip': ip, 'x-forwarded-for': '6.6.6.6' } })
    assert.equal((await from('198.51.100.1')).status, 400)
    assert.equal((await from('198.51.100.1')).status, 429)
    assert.equal((await from('198.51.100.2')).status, 400)
    assert.equal((await from(undefined)).status, 500)
  })

  it('can not be got round by other spellings of the path', async () => {
    await using auth = await start({ login: '1/m/ip' })
    const client = auth.client('app')
    assert.equal((await logIn(auth, {})).status, 400)
    const spellings = ['//_allauth/app/v1/auth/login', '/_allauth/app/v1/auth//login']
    spellings.push('/_allauth/app/v1/./auth/login', '/_allauth/app/v1/auth/login/')
    for (const path of spellings) {
      assert.equal((await client.post(path, right)).status, 404, path)
    }
    assert.equal((await client.post('auth/login?x=1', right)).status, 429)
    assert.equal((await auth.client('browser').post('auth/login', right)).status, 429)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import type { SecurityKey } from '../../testing/security-key.ts'
import { signIn } from '../../testing/signed-in.ts'
import {
  addKey,
  atSecondStep,
  eventData,
  keysOf,
  paths,
  requestOptions,
  sameSession,
  showKey,
  withKeys,
} from '../testing/keys.ts'
import { recoveryCodesOf, setUpTotp, wrongCode } from '../testing/totp.ts'

const { errors } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const wrong = ['incorrect_code@credential']
const locked = ['too_many_login_attempts@credential']
/** Of one user 3 wrong ones are compared. */
const three = { login_failed: '3/5m/key' }

/** A server, where Ann has a passkey, and what she is signed in with. */
async function start({ settings = {} }: TestAuthOptions = {}) {
  const all = { ...withKeys, ACCOUNT_RATE_LIMITS: three, ...settings }
  const auth = await createTestAuth({ settings: all, users: [ann, bob] })
  const owner = await signIn(auth, ann)
  const key = await addKey(owner, { isPasskey: true })
  return { auth, owner, key, [Symbol.asyncDispose]: () => auth.close() }
}

const spoilt = { signature: Buffer.from('no signature').toString('base64url') }

function fail(client: TestClient, key: SecurityKey, path: string = paths.second) {
  return showKey(client, path, key, spoilt)
}

describe('wrong answers of a key, in the limit login_failed', () => {
  it('count with wrong codes of an app, in every session of the user', async () => {
    await using it = await start()
    const app = await setUpTotp(it.auth, it.owner)
    const client = await atSecondStep(it.auth, ann)
    const code = wrongCode(app)
    assert.deepEqual(errors(await fail(client, it.key)), wrong)
    const coded = await client.post('auth/2fa/authenticate', { code })
    assert.deepEqual(errors(coded), ['incorrect_code@code'])
    const other = await atSecondStep(it.auth, ann)
    assert.deepEqual(errors(await fail(other, it.key)), wrong)
    for (const one of [client, other]) {
      assert.deepEqual(errors(await showKey(one, paths.second, it.key)), locked)
      const right = await one.post('auth/2fa/authenticate', { code: app.code() })
      assert.deepEqual(errors(right), ['too_many_login_attempts@code'])
    }
  })

  it('count whatever the ceremony, recovery codes included', async () => {
    await using it = await start()
    const client = await atSecondStep(it.auth, ann)
    const anonymous = it.auth.client('app')
    assert.deepEqual(errors(await fail(it.owner, it.key, paths.reauthenticate)), wrong)
    assert.deepEqual(errors(await fail(anonymous, it.key, paths.login)), wrong)
    assert.deepEqual(errors(await fail(client, it.key)), wrong)
    for (const [one, path] of [
      [it.owner, paths.reauthenticate],
      [anonymous, paths.login],
      [client, paths.second],
    ] as const) {
      assert.deepEqual(errors(await showKey(one, path, it.key)), locked)
    }
    const [code] = await recoveryCodesOf(it.owner)
    const answer = await client.post('auth/2fa/authenticate', { code })
    assert.deepEqual(errors(answer), ['too_many_login_attempts@code'])
  })

  it('count for their user alone, and only for as long as the window', async () => {
    await using it = await start()
    const ofBob = await addKey(await signIn(it.auth, bob))
    const client = await atSecondStep(it.auth, ann)
    for (let n = 0; n < 3; n += 1) assert.deepEqual(errors(await fail(client, it.key)), wrong)
    assert.equal((await showKey(await atSecondStep(it.auth, bob), paths.second, ofBob)).status, 200)
    it.auth.clock.advance(299)
    assert.deepEqual(errors(await showKey(client, paths.second, it.key)), locked)
    it.auth.clock.advance(1)
    assert.equal((await showKey(client, paths.second, it.key)).status, 200)
  })

  it('count for whose login waits, not for the owner of the key that was shown', async () => {
    await using it = await start()
    const other = await signIn(it.auth, bob)
    const ofBob = await addKey(other)
    const client = await atSecondStep(it.auth, ann)
    for (let n = 0; n < 3; n += 1) {
      assert.deepEqual(errors(await showKey(client, paths.second, ofBob)), wrong)
    }
    assert.deepEqual(errors(await showKey(client, paths.second, it.key)), locked)
    assert.equal((await showKey(other, paths.reauthenticate, ofBob)).status, 200)
  })

  it('are forgotten with a right one', async () => {
    await using it = await start()
    for (let round = 0; round < 3; round += 1) {
      const client = await atSecondStep(it.auth, ann)
      for (let n = 0; n < 2; n += 1) assert.deepEqual(errors(await fail(client, it.key)), wrong)
      assert.equal((await showKey(client, paths.second, it.key)).status, 200)
    }
  })

  it('of an address are not forgotten with a right one', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { login_failed: '5/5m/ip,3/5m/key' } }
    await using it = await start({ settings })
    const clients = [await atSecondStep(it.auth, ann), await atSecondStep(it.auth, ann)]
    const last = await atSecondStep(it.auth, ann)
    for (const client of clients) {
      for (let n = 0; n < 2; n += 1) assert.deepEqual(errors(await fail(client, it.key)), wrong)
      assert.equal((await showKey(client, paths.second, it.key)).status, 200)
    }
    assert.deepEqual(errors(await fail(last, it.key)), wrong)
    assert.deepEqual(errors(await showKey(last, paths.second, it.key)), locked)
    const elsewhere = await atSecondStep(it.auth, ann, 'app', { ip: '198.51.100.7' })
    assert.equal((await showKey(elsewhere, paths.second, it.key)).status, 200)
  })

  it('count for the address alone where nobody has such a key', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { login_failed: '4/5m/ip,3/5m/key' } }
    await using it = await start({ settings })
    const id = Buffer.from('nobody has this one').toString('base64url')
    const client = it.auth.client('app')
    for (let n = 0; n < 4; n += 1) {
      assert.deepEqual(errors(await showKey(client, paths.login, it.key, { id })), wrong)
    }
    assert.deepEqual(errors(await showKey(client, paths.login, it.key)), locked)
    const elsewhere = it.auth.client('app', { ip: '198.51.100.7' })
    assert.equal((await showKey(elsewhere, paths.login, it.key)).status, 200)
  })

  it('leave an event each, and what was not compared leaves none', async () => {
    await using it = await start()
    const client = await atSecondStep(it.auth, ann)
    for (let n = 0; n < 5; n += 1) await fail(client, it.key)
    const told = await eventData(it.auth, 'login_failed')
    assert.deepEqual(told, Array(3).fill({ method: 'mfa' }))
  })

  it('do not count where nothing was given to compare', async () => {
    await using it = await start()
    const client = await atSecondStep(it.auth, ann)
    const good = it.key.get(await requestOptions(client, paths.second)) as object
    const parts = [
      { id: 'x' },
      { ...good, id: 5 },
      { ...good, response: {} },
      { ...good, id: null },
    ]
    for (const credential of [undefined, null, {}, '', 'nonsense', '{', ...parts]) {
      assert.equal((await client.post(paths.second, { credential })).status, 400)
    }
    assert.equal((await showKey(client, paths.second, it.key)).status, 200)
  })

  it('are compared as often as the limit allows of 50 at once', async () => {
    await using it = await start()
    const client = await atSecondStep(it.auth, ann)
    const options = await requestOptions(client, paths.second)
    const guesses = Array.from({ length: 50 }, () =>
      sameSession(it.auth, client).post(paths.second, { credential: it.key.get(options, spoilt) }),
    )
    const codes = (await Promise.all(guesses)).flatMap(errors)
    assert.equal(codes.filter((code) => code === wrong[0]).length, 3)
    assert.equal(codes.filter((code) => code === locked[0]).length, 47)
    assert.equal((await keysOf(it.owner))[0]?.last_used_at, null)
  })
})

describe('GET auth/webauthn/login', () => {
  it('begins a hundred sessions in a minute for an address, and goes on in those there are', async () => {
    await using it = await start({ settings: {} })
    const first = it.auth.client('browser')
    assert.equal((await first.get(paths.login)).status, 200)
    for (let n = 1; n < 100; n += 1) {
      assert.equal((await it.auth.client('app').get(paths.login)).status, 200)
    }
    const next = await it.auth.client('app').get(paths.login)
    assert.equal(next.status, 429)
    assert.ok(Number(next.headers.get('retry-after')) <= 60)
    const sessions = await it.auth.server.db.selectFrom('sessions').select('id').execute()
    assert.equal(sessions.length, 101)
    assert.equal((await showKey(first, paths.login, it.key)).status, 200)
    const elsewhere = it.auth.client('app', { ip: '198.51.100.7' })
    assert.equal((await elsewhere.get(paths.login)).status, 200)
    it.auth.clock.advance(60)
    assert.equal((await it.auth.client('app').get(paths.login)).status, 200)
  })

  it('begins as many as are asked for where limits are off', async () => {
    await using it = await start({ settings: { ACCOUNT_RATE_LIMITS: false } })
    for (let n = 0; n < 101; n += 1) {
      assert.equal((await it.auth.client('app').get(paths.login)).status, 200)
    }
  })
})

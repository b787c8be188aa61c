import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import type { RequestTampering, SecurityKey } from '../../testing/security-key.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import {
  addKey,
  atSecondStep,
  eventData,
  keysOf,
  type Making,
  paths,
  requestOptions,
  sameSession,
  showKey,
  withKeys,
} from '../testing/keys.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const refused = ['incorrect_code@credential']
const noLimits = { ...withKeys, ACCOUNT_RATE_LIMITS: false }

type Options = TestAuthOptions & { making?: Making }

/** A server, where Ann has a key, what she is signed in with, and a login that waits for the key. */
async function start({ settings = noLimits, making = {} }: Options = {}) {
  const auth = await createTestAuth({ settings, users: [ann, bob] })
  const owner = await signIn(auth, ann)
  const key = await addKey(owner, making)
  const client = await atSecondStep(auth, ann)
  return { auth, owner, key, client, [Symbol.asyncDispose]: () => auth.close() }
}

/** A login of Ann, completed by the key. */
async function logIn(auth: TestAuth, key: SecurityKey, tampering: RequestTampering = {}) {
  return showKey(await atSecondStep(auth, ann), paths.second, key, tampering)
}

describe('POST auth/webauthn/authenticate', () => {
  it('signs in with both proofs, and notes the use and the login', async () => {
    await using it = await start()
    const { status, body } = await showKey(it.client, paths.second, it.key)
    assert.equal(status, 200)
    const [{ id, last_used_at } = { id: 0, last_used_at: null }] = await keysOf(it.owner)
    const at = it.auth.clock.now / 1000
    assert.deepEqual(body.data?.methods, [
      { method: 'password', at, email: ann.email },
      { method: 'mfa', at, id, type: 'webauthn' },
    ])
    assert.equal(last_used_at, at)
    assert.deepEqual((await eventData(it.auth, 'logged_in')).at(-1), { method: 'mfa' })
  })

  it('takes any key of the user: verified or not, discoverable or not', async () => {
    await using it = await start()
    const passkey = await addKey(it.owner, { isPasskey: true })
    for (const key of [it.key, passkey]) {
      for (const userVerified of [true, false]) {
        assert.equal((await logIn(it.auth, key, { userVerified })).status, 200)
      }
    }
  })

  it('refuses a count that is repeated or goes back, and takes the next', async () => {
    await using it = await start()
    assert.equal((await logIn(it.auth, it.key, { counter: 7 })).status, 200)
    for (const counter of [7, 6, 1, 0]) {
      assert.deepEqual(errors(await logIn(it.auth, it.key, { counter })), refused, `${counter}`)
    }
    assert.equal((await logIn(it.auth, it.key, { counter: 8 })).status, 200)
    assert.equal((await logIn(it.auth, it.key, { counter: 0xffffffff })).status, 200)
    assert.deepEqual(errors(await logIn(it.auth, it.key, { counter: 9 })), refused)
  })

  it('goes on to take a key that does not count', async () => {
    await using it = await start()
    for (let n = 0; n < 3; n += 1) {
      assert.equal((await logIn(it.auth, it.key, { counter: 0 })).status, 200)
    }
  })

  it('counts from what the key said when it was made', async () => {
    await using it = await start({ making: { tampering: { counter: 40 } } })
    for (const counter of [0, 39, 40]) {
      assert.deepEqual(errors(await logIn(it.auth, it.key, { counter })), refused)
    }
    assert.equal((await logIn(it.auth, it.key, { counter: 41 })).status, 200)
  })

  it('counts reauthentication and login by passkey too', async () => {
    await using it = await start({ making: { isPasskey: true } })
    await showKey(it.owner, paths.reauthenticate, it.key, { counter: 5 })
    assert.deepEqual(errors(await logIn(it.auth, it.key, { counter: 5 })), refused)
    await showKey(it.auth.client('app'), paths.login, it.key, { counter: 9 })
    assert.deepEqual(errors(await logIn(it.auth, it.key, { counter: 9 })), refused)
    assert.equal((await logIn(it.auth, it.key, { counter: 10 })).status, 200)
  })

  it('refuses the user handle of anybody else, and needs none', async () => {
    await using it = await start({ making: { isPasskey: true } })
    const ofBob = await addKey(await signIn(it.auth, bob), { isPasskey: true })
    const foreign = Buffer.from('stranger').toString('base64url')
    for (const userHandle of [String(ofBob.userHandle), foreign, '']) {
      assert.deepEqual(errors(await logIn(it.auth, it.key, { userHandle })), refused)
    }
    assert.equal((await logIn(it.auth, it.key, { userHandle: null })).status, 200)
    assert.equal((await logIn(it.auth, it.key)).status, 200)
  })

  it('refuses the key of another user, by its own id and handle or by those of this one', async () => {
    await using it = await start({ making: { isPasskey: true } })
    const ofBob = await addKey(await signIn(it.auth, bob), { isPasskey: true })
    const userHandle = String(it.key.userHandle)
    const options = await requestOptions(it.client, paths.second)
    for (const tampering of [
      {},
      { userHandle },
      { id: it.key.id },
      { userHandle, id: it.key.id },
    ]) {
      const credential = ofBob.get(options, tampering)
      assert.deepEqual(errors(await it.client.post(paths.second, { credential })), refused)
    }
    const credential = it.key.get(options)
    assert.equal((await it.client.post(paths.second, { credential })).status, 200)
  })

  it('refuses a challenge from ten minutes on, and takes it before', async () => {
    await using it = await start({ settings: { ...noLimits, ACCOUNT_LOGIN_TIMEOUT: 3600 } })
    const late = it.key.get(await requestOptions(it.client, paths.second))
    it.auth.clock.advance(600)
    assert.deepEqual(errors(await it.client.post(paths.second, { credential: late })), refused)
    const early = it.key.get(await requestOptions(it.client, paths.second))
    it.auth.clock.advance(599.999)
    assert.equal((await it.client.post(paths.second, { credential: early })).status, 200)
  })

  it('refuses the challenge of another session, and one that another has replaced', async () => {
    await using it = await start()
    const other = await atSecondStep(it.auth, ann)
    const ofOther = it.key.get(await requestOptions(other, paths.second))
    const replaced = it.key.get(await requestOptions(it.client, paths.second))
    const current = it.key.get(await requestOptions(it.client, paths.second))
    for (const credential of [ofOther, replaced]) {
      assert.deepEqual(errors(await it.client.post(paths.second, { credential })), refused)
    }
    assert.equal((await it.client.post(paths.second, { credential: current })).status, 200)
  })

  it('refuses an answer without any challenge', async () => {
    await using it = await start()
    const other = await atSecondStep(it.auth, ann)
    const credential = it.key.get(await requestOptions(other, paths.second), { challenge: '' })
    assert.deepEqual(errors(await it.client.post(paths.second, { credential })), refused)
  })

  it('refuses, after it, its challenge for whatever is signed anew', async () => {
    await using it = await start()
    const options = await requestOptions(it.client, paths.second)
    const first = { credential: it.key.get(options) }
    assert.equal((await it.client.post(paths.second, first)).status, 200)
    const answer = await it.client.post(paths.reauthenticate, { credential: it.key.get(options) })
    assert.deepEqual(errors(answer), refused)
  })

  it('refuses a key that was removed elsewhere meanwhile, and the flow has no types left', async () => {
    await using it = await start()
    const credential = it.key.get(await requestOptions(it.client, paths.second))
    const ids = (await keysOf(it.owner)).map(({ id }) => id)
    await it.owner.delete(paths.own, { authenticators: ids })
    assert.deepEqual(errors(await it.client.post(paths.second, { credential })), refused)
    const session = await it.client.get('auth/session')
    const flow = session.body.data?.flows?.find((it) => it.id === 'mfa_authenticate')
    assert.deepEqual(flow, { id: 'mfa_authenticate', is_pending: true, types: [] })
  })

  it('refuses a key that was removed, though it was made anew by another user', async () => {
    await using it = await start()
    const credential = it.key.get(await requestOptions(it.client, paths.second))
    const ids = (await keysOf(it.owner)).map(({ id }) => id)
    await it.owner.delete(paths.own, { authenticators: ids })
    await addKey(await signIn(it.auth, bob), { key: it.key })
    assert.deepEqual(errors(await it.client.post(paths.second, { credential })), refused)
  })

  it('is over once the user was deactivated', async () => {
    await using it = await start()
    const credential = it.key.get(await requestOptions(it.client, paths.second))
    await it.auth.server.db.updateTable('users').set({ is_active: 0 }).execute()
    const answer = await it.client.post(paths.second, { credential })
    assert.deepEqual([answer.status, pending(answer)], [401, undefined])
  })

  it('of 20 at once with one answer signs in once', async () => {
    for (const counter of [0, 1]) {
      await using it = await start()
      const credential = it.key.get(await requestOptions(it.client, paths.second), { counter })
      const uses = Array.from({ length: 20 }, () =>
        sameSession(it.auth, it.client).post(paths.second, { credential }),
      )
      const statuses = (await Promise.all(uses)).map(({ status }) => status)
      assert.equal(statuses.filter((status) => status === 200).length, 1)
      const loggedIn = (await eventTypes(it.auth)).filter((type) => type === 'logged_in')
      assert.equal(loggedIn.length, 2)
    }
  })

  it('of one count that a clone shows in another session at once, takes one', async () => {
    await using it = await start()
    const other = await atSecondStep(it.auth, ann)
    const answers = await Promise.all(
      [it.client, other].map((one) => showKey(one, paths.second, it.key, { counter: 1 })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
  })
})

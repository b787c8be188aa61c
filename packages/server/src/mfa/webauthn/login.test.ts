import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import type { RequestTampering, SecurityKey } from '../../testing/security-key.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'
import {
  addKey,
  eventData,
  keysOf,
  type Making,
  paths,
  requestOptions,
  sameSession,
  showKey,
  withKeys,
} from '../testing/keys.ts'
import { setUpTotp } from '../testing/totp.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const mandatory = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}

type Options = TestAuthOptions & { making?: Making }

/** A server, where Ann has a passkey, and what she is signed in with. */
async function start({ settings = {}, users = [ann, bob], making = {} }: Options = {}) {
  const all = { ...withKeys, ACCOUNT_RATE_LIMITS: false, ...settings }
  const auth = await createTestAuth({ settings: all, users })
  const owner = await signIn(auth, ann)
  const key = await addKey(owner, { isPasskey: true, ...making })
  return { auth, owner, key, [Symbol.asyncDispose]: () => auth.close() }
}

function logIn(auth: TestAuth, key: SecurityKey, kind: 'app' | 'browser' = 'app') {
  const client = auth.client(kind)
  return showKey(client, paths.login, key).then((answer) => ({ client, answer }))
}

/** Shows a key in ways that are refused, and then, for the same challenge, as it is. */
async function assertRefused(auth: TestAuth, key: SecurityKey, ways: RequestTampering[]) {
  const client = auth.client('app')
  const options = await requestOptions(client, paths.login)
  for (const tampering of ways) {
    const answer = await client.post(paths.login, { credential: key.get(options, tampering) })
    assert.deepEqual(errors(answer), ['incorrect_code@credential'], JSON.stringify(tampering))
    assert.equal((await client.get('auth/session')).status, 401)
  }
  assert.equal((await client.post(paths.login, { credential: key.get(options) })).status, 200)
}

describe('POST auth/webauthn/login', () => {
  it('signs in with one proof, under a new token, and notes the use', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using it = await start()
      const [listedBefore] = await keysOf(it.owner)
      assert.equal(listedBefore?.last_used_at, null)
      const client = it.auth.client(kind)
      const credential = it.key.get(await requestOptions(client, paths.login))
      const before = kind === 'app' ? client.token : client.cookies.get('sessionid')
      const { status, body } = await client.post(paths.login, { credential })
      assert.equal(status, 200)
      const methods = (body.data?.methods ?? []) as Record<string, unknown>[]
      const [{ at, ...proof } = {}, ...more] = methods
      const id = listedBefore?.id
      assert.deepEqual(proof, { method: 'mfa', id, type: 'webauthn', passwordless: true })
      assert.deepEqual([more, at], [[], it.auth.clock.now / 1000])
      assert.notEqual(kind === 'app' ? client.token : client.cookies.get('sessionid'), before)
      assert.equal((await keysOf(it.owner))[0]?.last_used_at, it.auth.clock.now / 1000)
      assert.deepEqual((await eventData(it.auth, 'logged_in')).at(-1), { method: 'mfa' })
    }
  })

  it('is recent authentication', async () => {
    await using it = await start({ settings: { ACCOUNT_REAUTHENTICATION_TIMEOUT: 60 } })
    it.auth.clock.advance(3600)
    const { client } = await logIn(it.auth, it.key)
    assert.equal((await client.get(paths.own)).status, 200)
    it.auth.clock.advance(60)
    assert.equal((await client.get(paths.own)).status, 401)
  })

  it('offers the same to everybody, whoever has a key', async () => {
    await using it = await start()
    await using bare = await createTestAuth({ settings: withKeys })
    const shown = []
    for (const auth of [it.auth, bare]) {
      const { text } = await auth.client('app').get(paths.login)
      shown.push(text.replace(/"(challenge|session_token)":"[^"]+"/g, ''))
    }
    assert.match(String(shown[0]), /"allowCredentials":\[\]/)
    assert.equal(shown[0], shown[1])
  })

  it('refuses a key that did not verify its user, or saw none', async () => {
    await using it = await start()
    await assertRefused(it.auth, it.key, [{ userVerified: false }, { userPresent: false }])
  })

  it('refuses a user handle that is missing, foreign or of another user', async () => {
    await using it = await start()
    const ofBob = await addKey(await signIn(it.auth, bob), { isPasskey: true })
    const { userHandle } = ofBob
    assert.ok(userHandle)
    const foreign = Buffer.from('stranger').toString('base64url')
    const own = String(it.key.userHandle)
    await assertRefused(it.auth, it.key, [
      { userHandle: null },
      { userHandle: '' },
      { userHandle: foreign },
      { userHandle },
      { userHandle: `${own}A` },
      { userHandle: own.toUpperCase() },
    ])
  })

  it('refuses the signature of one key under the id of another', async () => {
    await using it = await start()
    const ofBob = await addKey(await signIn(it.auth, bob), { isPasskey: true })
    const userHandle = String(ofBob.userHandle)
    await assertRefused(it.auth, it.key, [{ id: ofBob.id }, { id: ofBob.id, userHandle }])
  })

  it('refuses a count that is not higher, also after a login of elsewhere', async () => {
    await using it = await start()
    for (let n = 0; n < 3; n += 1) await logIn(it.auth, it.key)
    await assertRefused(it.auth, it.key, [{ counter: 3 }, { counter: 1 }, { counter: 0 }])
  })

  it('refuses a challenge of ten minutes ago, or of another session', async () => {
    await using it = await start()
    const client = it.auth.client('app')
    const other = it.auth.client('app')
    await requestOptions(other, paths.login)
    const credential = it.key.get(await requestOptions(client, paths.login))
    assert.deepEqual(errors(await other.post(paths.login, { credential })), [
      'incorrect_code@credential',
    ])
    it.auth.clock.advance(600)
    assert.deepEqual(errors(await client.post(paths.login, { credential })), [
      'incorrect_code@credential',
    ])
    const again = it.key.get(await requestOptions(client, paths.login))
    it.auth.clock.advance(599.999)
    assert.equal((await client.post(paths.login, { credential: again })).status, 200)
  })

  it('refuses a key that was removed', async () => {
    await using it = await start()
    const client = it.auth.client('app')
    const credential = it.key.get(await requestOptions(client, paths.login))
    const [{ id } = { id: 0 }] = await keysOf(it.owner)
    await it.owner.delete(paths.own, { authenticators: [id] })
    const answer = await client.post(paths.login, { credential })
    assert.deepEqual(errors(answer), ['incorrect_code@credential'])
  })

  it('of 20 at once with one answer signs in once', async () => {
    await using it = await start()
    const client = it.auth.client('app')
    const credential = it.key.get(await requestOptions(client, paths.login))
    const uses = Array.from({ length: 20 }, () =>
      sameSession(it.auth, client).post(paths.login, { credential }),
    )
    const statuses = (await Promise.all(uses)).map(({ status }) => status)
    assert.equal(statuses.filter((status) => status === 200).length, 1)
    assert.equal((await eventData(it.auth, 'logged_in')).length, 2)
  })
})

describe('POST auth/webauthn/login with a key that may not be discoverable', () => {
  it('is refused where it was made as none, or says that it is none', async () => {
    for (const making of [
      { isPasskey: false },
      { isPasskey: false, tampering: { credProps: null } },
      { isPasskey: true, tampering: { credProps: false } },
    ]) {
      await using it = await start({ making })
      const { userHandle } = it.key
      assert.ok(userHandle)
      const client = it.auth.client('app')
      const answer = await showKey(client, paths.login, it.key, { userHandle, userVerified: true })
      assert.deepEqual(errors(answer), ['incorrect_code@credential'], JSON.stringify(making))
      assert.equal((await client.get('auth/session')).status, 401)
    }
  })

  it('is accepted where it was asked for as a passkey and says nothing', async () => {
    await using it = await start({ making: { tampering: { credProps: null } } })
    const [{ is_passwordless } = { is_passwordless: true }] = await keysOf(it.owner)
    assert.equal(is_passwordless, undefined)
    assert.equal((await logIn(it.auth, it.key)).answer.status, 200)
  })
})

describe('POST auth/webauthn/login, what follows', () => {
  it('is neither a second step nor the question of trust', async () => {
    const settings = { MFA_TRUST_ENABLED: true, ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED: true }
    await using it = await start({ settings })
    await setUpTotp(it.auth, it.owner)
    const { client, answer } = await logIn(it.auth, it.key, 'browser')
    assert.equal(answer.status, 200)
    assert.equal((await client.get('auth/session')).status, 200)
  })

  it('is nothing for a deactivated user, who is not signed in', async () => {
    await using it = await start()
    const id = String((await it.owner.get('auth/session')).body.data?.user?.id)
    const users = it.auth.server.db.updateTable('users').set({ is_active: 0 })
    await users.where('id', '=', id).execute()
    const { client, answer } = await logIn(it.auth, it.key)
    assert.deepEqual([answer.status, pending(answer)], [401, undefined])
    const session = await client.get('auth/session')
    assert.deepEqual([session.status, pending(session)], [401, undefined])
    assert.equal((await eventTypes(it.auth)).filter((type) => type === 'logged_in').length, 1)
  })

  it('is the verification of an address where that is mandatory, and then no second step', async () => {
    await using it = await start({ settings: mandatory })
    await it.auth.server.db.updateTable('email_addresses').set({ is_verified: 0 }).execute()
    const { client, answer } = await logIn(it.auth, it.key)
    assert.deepEqual([answer.status, pending(answer)], [401, 'verify_email'])
    assert.equal((await client.get('account/authenticators')).status, 401)
    const key = await it.auth.secretTo(ann.email)
    assert.equal((await client.post('auth/email/verify', { key })).status, 200)
    assert.deepEqual(listed(await client.get('account/email')), [`${ann.email} verified primary`])
  })

  it('is a code where ACCOUNT_LOGIN_BY_CODE_REQUIRED asks for one, and then nothing more', async () => {
    for (const value of [true, ['mfa'], ['password', 'mfa']]) {
      const settings = { MFA_TRUST_ENABLED: true }
      await using it = await start({ settings })
      const { database } = it.auth
      const required = { ...withKeys, ...settings, ACCOUNT_LOGIN_BY_CODE_REQUIRED: value }
      await using strict = await createTestAuth({ settings: required, database })
      const { client, answer } = await logIn(strict, it.key, 'browser')
      assert.deepEqual([answer.status, pending(answer)], [401, 'login_by_code'])
      assert.equal((await client.get('account/authenticators')).status, 401)
      const code = await strict.secretTo(ann.email)
      const { status, body } = await client.post('auth/code/confirm', { code })
      assert.equal(status, 200)
      const methods = (body.data?.methods ?? []) as { method: string }[]
      assert.deepEqual(
        methods.map(({ method }) => method),
        ['mfa', 'code'],
      )
    }
  })

  it('is no code where that is asked for after a password only', async () => {
    for (const value of [['password'], ['socialaccount'], [], false]) {
      await using it = await start()
      const { database } = it.auth
      const required = { ...withKeys, ACCOUNT_LOGIN_BY_CODE_REQUIRED: value }
      await using other = await createTestAuth({ settings: required, database })
      assert.equal((await logIn(other, it.key)).answer.status, 200)
      assert.deepEqual(await other.sent(), [])
    }
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { type CreationTampering, SecurityKey } from '../../testing/security-key.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'
import { keysOf, paths, requestOptions, sameSession, withKeys } from '../testing/keys.ts'

const { errors, pending } = TestClient
const ann = { email: 'ann@example.org', username: 'ann', password: 'velvet-Otter-41' }
const nina = 'nina@example.org'
const paul = 'paul@example.org'
const newer = 'tidy-Walrus-90'
const settings = {
  ...withKeys,
  ACCOUNT_RATE_LIMITS: false,
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
  ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true,
  MFA_PASSKEY_SIGNUP_ENABLED: true,
}

/** A server, and a client whose signup waits: for the address, or for the passkey. */
async function start(
  stage: 'verify_email' | 'mfa_signup_webauthn',
  { users = [ann] }: TestAuthOptions = {},
) {
  const auth = await createTestAuth({ settings, users })
  const client = await begin(auth, stage, nina)
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

async function begin(auth: TestAuth, stage: string, email: string) {
  const client = auth.client('app')
  await client.post(paths.signup, { email })
  if (stage === 'mfa_signup_webauthn') {
    await client.post('auth/email/verify', { key: await auth.secretTo(email) })
  }
  assert.equal(pending(await client.get('auth/session')), stage)
  return client
}

async function make(client: TestClient, tampering: CreationTampering = {}) {
  const { body } = await client.get(paths.signup)
  return new SecurityKey().create(body.data?.creation_options, tampering)
}

async function logInByCode(auth: TestAuth, email: string): Promise<TestClient> {
  const client = auth.client('app')
  await client.post('auth/code/request', { email })
  const code = await auth.secretTo(email)
  const { status, text } = await client.post('auth/code/confirm', { code })
  assert.equal(status, 200, text)
  return client
}

describe('a signup by passkey that was abandoned', () => {
  it('leaves an account that a code opens, whichever stage it waited at', async () => {
    for (const stage of ['verify_email', 'mfa_signup_webauthn'] as const) {
      await using it = await start(stage)
      const owner = await logInByCode(it.auth, nina)
      assert.deepEqual(listed(await owner.get('account/email')), [`${nina} verified primary`])
      assert.deepEqual(await keysOf(owner), [])
    }
  })

  it('leaves an account that a reset opens, and then the password', async () => {
    for (const stage of ['verify_email', 'mfa_signup_webauthn'] as const) {
      await using it = await start(stage)
      const client = it.auth.client('app')
      await client.post('auth/password/request', { email: nina })
      const key = await it.auth.secretTo(nina)
      await client.post('auth/password/reset', { key, password: newer })
      const owner = await signIn(it.auth, { email: nina, password: newer })
      assert.deepEqual(await keysOf(owner), [])
    }
  })

  it('adds no key any more once the owner of the address came by a reset', async () => {
    await using it = await start('mfa_signup_webauthn')
    const credential = await make(it.client)
    const client = it.auth.client('app')
    await client.post('auth/password/request', { email: nina })
    const key = await it.auth.secretTo(nina)
    await client.post('auth/password/reset', { key, password: newer })
    assert.equal((await it.client.put(paths.signup, { credential })).status, 409)
    assert.deepEqual(await keysOf(await signIn(it.auth, { email: nina, password: newer })), [])
  })

  it('of a stranger gets no further once the owner of the address came by code', async () => {
    await using it = await start('verify_email')
    const owner = await logInByCode(it.auth, nina)
    assert.equal((await it.client.get(paths.signup)).status, 409)
    assert.equal((await it.client.put(paths.signup, { credential: { id: 'x' } })).status, 409)
    assert.equal((await it.client.get('auth/session')).status, 401)
    assert.deepEqual(await keysOf(owner), [])
  })

  it('makes a second one for the address a pretended one', async () => {
    await using it = await start('verify_email')
    const first = await it.auth.secretTo(nina)
    const again = await begin(it.auth, 'verify_email', nina)
    const answer = await again.post('auth/email/verify', { key: first })
    assert.deepEqual(errors(answer), ['incorrect_code@key'])
    assert.equal((await again.get(paths.signup)).status, 409)
  })
})

describe('a signup by passkey that waits for its key', () => {
  it('opens nothing else yet', async () => {
    await using it = await start('mfa_signup_webauthn')
    const credential = await make(it.client)
    for (const [method, path] of [
      ['GET', paths.own],
      ['POST', paths.own],
      ['GET', paths.reauthenticate],
      ['POST', paths.reauthenticate],
      ['POST', paths.second],
      ['GET', 'account/authenticators'],
      ['POST', 'account/authenticators/totp'],
      ['POST', 'account/authenticators/recovery-codes'],
      ['POST', 'account/password/change'],
    ] as const) {
      const json = method === 'GET' ? undefined : { credential, name: 'Key' }
      const { status } = await it.client.request(method, path, json)
      assert.equal(status, 401, `${method} ${path}`)
    }
    assert.equal((await it.client.put(paths.signup, { credential })).status, 200)
  })

  it('is nothing to another session, with the same credential or not', async () => {
    await using it = await start('mfa_signup_webauthn')
    const credential = await make(it.client)
    for (const other of [
      it.auth.client('app'),
      it.auth.client('browser'),
      await signIn(it.auth, ann),
    ]) {
      assert.equal((await other.get(paths.signup)).status, 409)
      assert.equal((await other.put(paths.signup, { credential })).status, 409)
      assert.equal((await other.post('auth/email/verify', { key: 'BCDF-GHJK' })).status, 409)
    }
    const asCookie = it.auth.client('browser')
    asCookie.cookies.set('sessionid', String(it.client.token))
    assert.equal((await asCookie.put(paths.signup, { credential })).status, 409)
    assert.equal((await it.client.put(paths.signup, { credential })).status, 200)
  })

  it('takes no credential that was made for another signup', async () => {
    await using it = await start('mfa_signup_webauthn')
    const other = await begin(it.auth, 'mfa_signup_webauthn', paul)
    const credential = await make(it.client)
    await make(other)
    assert.deepEqual(errors(await other.put(paths.signup, { credential })), ['incorrect_code@-'])
    const { body } = await it.client.put(paths.signup, { credential })
    assert.equal(body.data?.user?.email, nina)
    assert.equal(pending(await other.get('auth/session')), 'mfa_signup_webauthn')
  })

  it('ends with another login in its session, which gets no key by it', async () => {
    await using it = await start('mfa_signup_webauthn')
    const credential = await make(it.client)
    const login = { email: ann.email, password: ann.password }
    assert.equal((await it.client.post('auth/login', login)).status, 200)
    assert.equal((await it.client.put(paths.signup, { credential })).status, 409)
    assert.deepEqual(await keysOf(it.client), [])
    assert.equal((await eventTypes(it.auth)).includes('webauthn_added'), false)
  })

  it('ends with its session', async () => {
    await using it = await start('mfa_signup_webauthn')
    const credential = await make(it.client)
    const same = sameSession(it.auth, it.client)
    await it.client.delete('auth/session')
    assert.equal((await same.put(paths.signup, { credential })).status, 410)
  })

  it('ends with the deactivation of its user', async () => {
    await using it = await start('mfa_signup_webauthn')
    const credential = await make(it.client)
    await it.auth.server.db.updateTable('users').set({ is_active: 0 }).execute()
    assert.equal((await it.client.get(paths.signup)).status, 409)
    assert.equal((await it.client.put(paths.signup, { credential })).status, 409)
  })

  it('takes no key that says that it is not discoverable, for it could not sign in', async () => {
    await using it = await start('mfa_signup_webauthn')
    const credential = await make(it.client, { credProps: false })
    assert.deepEqual(errors(await it.client.put(paths.signup, { credential })), [
      'incorrect_code@-',
    ])
  })

  it('asks for user verification whatever the challenge was drawn for', async () => {
    await using it = await start('mfa_signup_webauthn')
    const { body } = await it.client.get(paths.signup)
    const options = body.data?.creation_options as { publicKey: object } | undefined
    const { publicKey } = (await requestOptions(it.client, paths.login)) as {
      publicKey: { challenge: string }
    }
    const mixed = { publicKey: { ...options?.publicKey, challenge: publicKey.challenge } }
    const credential = new SecurityKey().create(mixed, { userVerified: false })
    assert.deepEqual(errors(await it.client.put(paths.signup, { credential })), [
      'incorrect_code@-',
    ])
  })
})

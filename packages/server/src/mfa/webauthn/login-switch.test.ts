import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'
import { addKey, paths, showKey, withKeys } from '../testing/keys.ts'
import { appWith, offeredSecret, recoveryCodesOf } from '../testing/totp.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const phone = '+31612345678'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const second = 'second@example.org'
const byCode = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}
const withPhones = {
  ACCOUNT_LOGIN_METHODS: ['email', 'phone'],
  ACCOUNT_SIGNUP_FIELDS: ['phone', 'email*', 'password1*'],
}

/** A server where Bob has a passkey, and a client that Ann is signed in with. */
async function start({ settings = {} }: TestAuthOptions = {}) {
  const all = { ...withKeys, ACCOUNT_RATE_LIMITS: false, ...settings }
  const auth = await createTestAuth({ settings: all, users: [ann, bob] })
  const owner = await signIn(auth, bob)
  const key = await addKey(owner, { isPasskey: true })
  const client = await signIn(auth, ann)
  return { auth, owner, key, client, [Symbol.asyncDispose]: () => auth.close() }
}

async function deactivate(auth: TestAuth, { email }: { email: string }): Promise<void> {
  const { db } = auth.server
  const whose = db.selectFrom('email_addresses').select('user_id').where('email', '=', email)
  await db.updateTable('users').set({ is_active: 0 }).where('id', '=', whose).execute()
}

/** Has Bob's address verified no more. */
async function unverify(auth: TestAuth): Promise<void> {
  const addresses = auth.server.db.updateTable('email_addresses').set({ is_verified: 0 })
  await addresses.where('email', '=', bob.email).execute()
}

describe('POST auth/webauthn/login while another user is signed in', () => {
  it('signs the other one out: her token opens nothing any more', async () => {
    await using it = await start()
    const token = it.client.token
    const { status, body } = await showKey(it.client, paths.login, it.key)
    assert.deepEqual([status, body.data?.user?.email], [200, bob.email])
    const left = it.auth.client('app')
    left.token = token
    assert.equal((await left.get('auth/session')).status, 410)
  })

  it('lists nothing that she proved', async () => {
    await using it = await start()
    assert.deepEqual((await showKey(it.client, paths.login, it.key)).body.data?.methods, [])
    const { body, text } = await it.client.get('auth/session')
    assert.deepEqual(body.data?.methods, [])
    assert.equal(text.includes(ann.email), false)
  })

  it('leaves nothing of the secret that she was offered', async () => {
    await using it = await start()
    const app = appWith(it.auth, await offeredSecret(it.client))
    await showKey(it.client, paths.login, it.key)
    await showKey(it.client, paths.reauthenticate, it.key)
    const answer = await it.client.post('account/authenticators/totp', { code: app.code() })
    assert.deepEqual(errors(answer), ['incorrect_code@code'])
  })

  it('leaves nothing of a secret that was offered before she was deactivated', async () => {
    await using it = await start()
    const app = appWith(it.auth, await offeredSecret(it.client))
    await deactivate(it.auth, ann)
    const { body } = await showKey(it.client, paths.login, it.key)
    assert.equal(body.data?.user?.email, bob.email)
    const answer = await it.client.post('account/authenticators/totp', { code: app.code() })
    assert.deepEqual([answer.status, errors(answer)], [400, ['incorrect_code@code']])
  })

  it('leaves no code that waits for her address', async () => {
    await using it = await start({ settings: byCode })
    assert.equal((await it.client.post('account/email', { email: second })).status, 200)
    const key = await it.auth.secretTo(second)
    await showKey(it.client, paths.login, it.key)
    assert.equal((await it.client.post('auth/email/verify', { key })).status, 409)
    assert.deepEqual(listed(await it.client.get('account/email')), [
      `${bob.email} verified primary`,
    ])
  })

  it('leaves no code that waits for her number', async () => {
    await using it = await start({ settings: withPhones })
    assert.equal((await it.client.post('account/phone', { phone })).status, 202)
    const code = await it.auth.secretTo(phone)
    await showKey(it.client, paths.login, it.key)
    assert.equal((await it.client.post('auth/phone/verify', { code })).status, 409)
    assert.deepEqual(listed(await it.client.get('account/phone')), [])
  })

  it('that waits for a stage leaves her signed in, and is no proof of hers', async () => {
    const settings = { ...byCode, ACCOUNT_REAUTHENTICATION_TIMEOUT: 60 }
    await using it = await start({ settings })
    await unverify(it.auth)
    it.auth.clock.advance(60)
    const answer = await showKey(it.client, paths.login, it.key)
    assert.equal(answer.body.data?.user?.email, ann.email)
    assert.equal((await it.client.get(paths.own)).status, 401)
    const key = await it.auth.secretTo(bob.email)
    const verified = await it.client.post('auth/email/verify', { key })
    assert.equal(verified.body.data?.user?.email, bob.email)
    assert.equal(JSON.stringify(verified.body).includes(ann.email), false)
  })

  it('of a deactivated user leaves her signed in, and is no proof of hers', async () => {
    await using it = await start({ settings: { ACCOUNT_REAUTHENTICATION_TIMEOUT: 60 } })
    await deactivate(it.auth, bob)
    it.auth.clock.advance(60)
    const before = (await it.client.get('auth/session')).body
    await showKey(it.client, paths.login, it.key)
    assert.deepEqual((await it.client.get('auth/session')).body, before)
    assert.equal(before.data?.user?.email, ann.email)
    assert.equal((await it.client.get(paths.own)).status, 401)
    const loggedIn = (await eventTypes(it.auth)).filter((type) => type === 'logged_in')
    assert.equal(loggedIn.length, 2)
  })

  it('that is refused leaves her session as it was', async () => {
    await using it = await start()
    const { token } = it.client
    const before = (await it.client.get('auth/session')).body
    const answer = await showKey(it.client, paths.login, it.key, { userVerified: false })
    assert.deepEqual(errors(answer), ['incorrect_code@credential'])
    assert.equal(it.client.token, token)
    assert.deepEqual((await it.client.get('auth/session')).body, before)
  })
})

describe('POST auth/webauthn/login while the same user is signed in', () => {
  it('goes on under the same token, and is recent authentication', async () => {
    await using it = await start({ settings: { ACCOUNT_REAUTHENTICATION_TIMEOUT: 60 } })
    it.auth.clock.advance(60)
    const { token } = it.owner
    assert.equal((await it.owner.get(paths.own)).status, 401)
    const { body } = await showKey(it.owner, paths.login, it.key)
    assert.equal(body.data?.methods?.length, 2)
    assert.equal(it.owner.token, token)
    assert.equal((await recoveryCodesOf(it.owner)).length, 10)
  })
})

describe('POST auth/webauthn/login while another login waits', () => {
  it('puts its own in that place: the proofs of one serve the other nothing', async () => {
    await using it = await start({ settings: byCode })
    const ofAnn = await addKey(it.client, { isPasskey: true })
    await unverify(it.auth)
    const client = it.auth.client('app')
    assert.equal(pending(await showKey(client, paths.login, it.key)), 'verify_email')
    const login = { email: ann.email, password }
    assert.equal(pending(await client.post('auth/login', login)), 'mfa_authenticate')
    const wrong = await showKey(client, paths.second, it.key)
    assert.deepEqual(errors(wrong), ['incorrect_code@credential'])
    const { body } = await showKey(client, paths.second, ofAnn)
    assert.equal(body.data?.user?.email, ann.email)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { SecurityKey } from '../../testing/security-key.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import {
  addKey,
  creationOptions,
  eventData,
  keysOf,
  paths,
  sameSession,
  showKey,
  storedFactors,
  tryKey,
  withKeys,
} from '../testing/keys.ts'
import { recoveryCodesOf } from '../testing/totp.ts'

const { errors } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const second = 'second@example.org'

/** A server, and a client that Ann is signed in with. */
async function start({ settings = {}, users = [ann, bob] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings: { ...withKeys, ...settings }, users })
  const client = await signIn(auth, ann)
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

function reauthenticate(client: TestClient) {
  return client.post('auth/reauthenticate', { password })
}

describe('POST account/authenticators/webauthn, the name', () => {
  it('is made up where none is given, by how many keys there are, and no other key has it', async () => {
    await using it = await start()
    for (const name of [undefined, '', ' ', null]) {
      const credential = new SecurityKey().create(await creationOptions(it.client))
      assert.equal((await it.client.post(paths.own, { name, credential })).status, 200)
    }
    const names = (await keysOf(it.client)).map(({ name }) => name)
    assert.deepEqual(names, ['Master key', 'Backup key', 'Key nr. 3', 'Key nr. 4'])
    const [, { id } = { id: 0 }] = await keysOf(it.client)
    await it.client.delete(paths.own, { authenticators: [id] })
    const next = await tryKey(it.client, { name: '' })
    assert.equal(next.body.data?.name, 'Key nr. 5')
  })

  it('has at most 1000 characters, and a longer one leaves the challenge as it was', async () => {
    await using it = await start()
    const credential = new SecurityKey().create(await creationOptions(it.client))
    const tooLong = await it.client.post(paths.own, { name: '\u{1f511}'.repeat(1001), credential })
    assert.deepEqual(errors(tooLong), ['max_length@name'])
    assert.deepEqual(await keysOf(it.client), [])
    const name = '\u{1f511}'.repeat(1000)
    assert.equal((await it.client.post(paths.own, { name, credential })).status, 200)
    assert.equal((await keysOf(it.client))[0]?.name, name)
  })

  it('is text, whatever it was given as', async () => {
    await using it = await start()
    const credential = new SecurityKey().create(await creationOptions(it.client))
    for (const name of ['a\0b', '\ud800']) {
      const raw = JSON.stringify({ name, credential })
      const [problem] = errors(await it.client.post(paths.own, undefined, { raw }))
      assert.match(String(problem), /^(null_characters_not_allowed|invalid)@name$/)
    }
    assert.equal((await it.client.post(paths.own, { name: 42, credential })).status, 200)
    assert.equal((await keysOf(it.client))[0]?.name, '42')
  })
})

describe('POST account/authenticators/webauthn with a credential that is registered', () => {
  it('is refused to its owner, and nothing is stored, mailed or told', async () => {
    await using it = await start({ settings: { ACCOUNT_EMAIL_NOTIFICATIONS: true } })
    const key = await addKey(it.client, { name: 'First' })
    const before = [await storedFactors(it.auth), await eventTypes(it.auth), await it.auth.sent()]
    assert.deepEqual(errors(await tryKey(it.client, { name: 'Again', key })), ['incorrect_code@-'])
    const after = [await storedFactors(it.auth), await eventTypes(it.auth), await it.auth.sent()]
    assert.deepEqual(after, before)
  })

  it('is refused to another user, and goes on to work for its owner', async () => {
    await using it = await start({ settings: { ACCOUNT_EMAIL_NOTIFICATIONS: true } })
    const key = await addKey(it.client, { isPasskey: true })
    const { userHandle } = key
    const other = await signIn(it.auth, bob)
    const before = [await storedFactors(it.auth), await it.auth.sent()]
    const refused = await tryKey(other, { key, isPasskey: true })
    assert.deepEqual(errors(refused), ['incorrect_code@-'])
    assert.deepEqual([await storedFactors(it.auth), await it.auth.sent()], before)
    const tampering = userHandle === null ? {} : { userHandle }
    const login = await showKey(it.auth.client('app'), paths.login, key, tampering)
    assert.equal(login.body.data?.user?.email, ann.email)
  })

  it('is free again once it was removed', async () => {
    await using it = await start()
    const key = await addKey(it.client)
    const [{ id } = { id: 0 }] = await keysOf(it.client)
    await it.client.delete(paths.own, { authenticators: [id] })
    await addKey(await signIn(it.auth, bob), { key })
  })

  it('is not stored twice by two users at once', async () => {
    await using it = await start()
    const other = await signIn(it.auth, bob)
    const key = new SecurityKey()
    const answers = await Promise.all([it.client, other].map((one) => tryKey(one, { key })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
    assert.equal((await keysOf(it.client)).length + (await keysOf(other)).length, 1)
  })
})

describe('POST account/authenticators/webauthn with 50 keys', () => {
  it('answers 409 to the next, until one is removed', async () => {
    await using it = await start()
    for (let n = 0; n < 50; n += 1) await addKey(it.client)
    assert.equal((await tryKey(it.client)).status, 409)
    const keys = await keysOf(it.client)
    assert.equal(keys.length, 50)
    await it.client.delete(paths.own, { authenticators: [keys[7]?.id] })
    await addKey(it.client)
  })
})

describe('GET and POST account/authenticators/webauthn with an unverified address', () => {
  const users = [{ ...ann, extra_emails: [{ email: second, verified: false }] }]

  it('answer 409, a secondary address being enough', async () => {
    await using it = await start({ users })
    for (const path of [paths.own, `${paths.own}?passwordless`]) {
      const answer = await it.client.get(path)
      assert.deepEqual([answer.status, errors(answer)], [409, ['unverified_email@-']])
    }
    const answer = await it.client.post(paths.own, {})
    assert.deepEqual([answer.status, errors(answer)], [409, ['unverified_email@-']])
  })

  it('answer 409 where it was added after the challenge, which serves once it is verified', async () => {
    await using it = await start()
    const credential = new SecurityKey().create(await creationOptions(it.client))
    await it.client.post('account/email', { email: second })
    assert.equal((await it.client.post(paths.own, { credential })).status, 409)
    assert.deepEqual(await keysOf(it.client), [])
    const key = await it.auth.secretTo(second)
    await it.client.post('auth/email/verify', { key: key.replace(/^.*\//, '') })
    assert.equal((await it.client.post(paths.own, { credential })).status, 200)
  })

  it('serve under MFA_ALLOW_UNVERIFIED_EMAIL', async () => {
    await using it = await start({ users, settings: { MFA_ALLOW_UNVERIFIED_EMAIL: true } })
    await addKey(it.client)
    assert.equal((await keysOf(it.client)).length, 1)
  })
})

describe('GET and POST account/authenticators/webauthn without recent authentication', () => {
  const settings = { ACCOUNT_REAUTHENTICATION_TIMEOUT: 60 }

  it('answer 401, and the challenge is spent', async () => {
    await using it = await start({ settings })
    const credential = new SecurityKey().create(await creationOptions(it.client))
    it.auth.clock.advance(60)
    const asked = await it.client.get(paths.own)
    assert.deepEqual([asked.status, asked.body.meta?.is_authenticated], [401, true])
    const answer = await it.client.post(paths.own, { credential })
    assert.deepEqual([answer.status, answer.body.meta?.is_authenticated], [401, true])
    assert.ok(answer.body.data?.flows?.some(({ id }) => id === 'reauthenticate'))
    assert.equal((await reauthenticate(it.client)).status, 200)
    const late = await it.client.post(paths.own, { credential })
    assert.deepEqual(errors(late), ['incorrect_code@-'])
    assert.deepEqual(await keysOf(it.client), [])
  })

  it('ask nobody who has no way to prove it', async () => {
    const users = [{ email: ann.email }]
    const byCode = { ...withKeys, ...settings, ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
    await using auth = await createTestAuth({ settings: byCode, users })
    const client = auth.client('app')
    await client.post('auth/code/request', { email: ann.email })
    await client.post('auth/code/confirm', { code: await auth.secretTo(ann.email) })
    auth.clock.advance(600)
    await addKey(client)
    assert.equal((await client.get(paths.own)).status, 401)
  })
})

describe('POST account/authenticators/webauthn, its challenge', () => {
  const settings = { ACCOUNT_REAUTHENTICATION_TIMEOUT: 3600 }

  it('serves for less than ten minutes', async () => {
    await using it = await start({ settings })
    const early = new SecurityKey().create(await creationOptions(it.client))
    it.auth.clock.advance(599.999)
    assert.equal((await it.client.post(paths.own, { credential: early })).status, 200)
    const late = new SecurityKey().create(await creationOptions(it.client))
    it.auth.clock.advance(600)
    assert.deepEqual(errors(await it.client.post(paths.own, { credential: late })), [
      'incorrect_code@-',
    ])
  })

  it('serves in no other session of the same user', async () => {
    await using it = await start()
    const other = await signIn(it.auth, ann)
    await creationOptions(other)
    const credential = new SecurityKey().create(await creationOptions(it.client))
    assert.deepEqual(errors(await other.post(paths.own, { credential })), ['incorrect_code@-'])
    assert.equal((await it.client.post(paths.own, { credential })).status, 200)
  })

  it('serves once, even where the key was removed again', async () => {
    await using it = await start()
    const credential = new SecurityKey().create(await creationOptions(it.client))
    await it.client.post(paths.own, { credential })
    const [{ id } = { id: 0 }] = await keysOf(it.client)
    await it.client.delete(paths.own, { authenticators: [id] })
    assert.deepEqual(errors(await it.client.post(paths.own, { credential })), ['incorrect_code@-'])
    assert.deepEqual(await keysOf(it.client), [])
  })

  it('makes one key of 20 requests at once', async () => {
    await using it = await start()
    const credential = new SecurityKey().create(await creationOptions(it.client))
    const uses = Array.from({ length: 20 }, () =>
      sameSession(it.auth, it.client).post(paths.own, { credential }),
    )
    const statuses = (await Promise.all(uses)).map(({ status }) => status)
    assert.equal(statuses.filter((status) => status === 200).length, 1)
    assert.equal((await keysOf(it.client)).length, 1)
    assert.deepEqual(await eventData(it.auth, 'webauthn_added'), [{ name: 'Master key' }])
  })

  it('is answered although the session changed in the same moment', async () => {
    await using it = await start()
    const credential = new SecurityKey().create(await creationOptions(it.client))
    const others = Array.from({ length: 2 }, () =>
      sameSession(it.auth, it.client).get('account/authenticators/totp'),
    )
    const [answer] = await Promise.all([it.client.post(paths.own, { credential }), ...others])
    assert.equal(answer.status, 200, answer.text)
  })

  it('is to be answered by a key that verified its user where a passkey was asked for', async () => {
    await using it = await start()
    for (const [isPasskey, expected] of [
      [true, 400],
      [false, 200],
    ] as const) {
      const answer = await tryKey(it.client, { isPasskey, tampering: { userVerified: false } })
      assert.equal(answer.status, expected)
    }
  })
})

describe('POST account/authenticators/webauthn, what goes along', () => {
  it('is recovery codes with the first factor only', async () => {
    await using it = await start()
    const first = await tryKey(it.client)
    assert.deepEqual(first.body.meta, { recovery_codes_generated: true })
    const codes = await recoveryCodesOf(it.client)
    assert.equal(codes.length, 10)
    const next = await tryKey(it.client)
    assert.deepEqual(next.body.meta, { recovery_codes_generated: false })
    assert.deepEqual(await recoveryCodesOf(it.client), codes)
    assert.equal((await eventData(it.auth, 'recovery_codes_generated')).length, 1)
  })

  it('is an event, and a notice under ACCOUNT_EMAIL_NOTIFICATIONS only', async () => {
    for (const isOn of [true, false]) {
      await using it = await start({ settings: { ACCOUNT_EMAIL_NOTIFICATIONS: isOn } })
      await addKey(it.client, { name: 'Blue key' })
      const expected = ['logged_in', 'webauthn_added', 'recovery_codes_generated']
      assert.deepEqual((await eventTypes(it.auth)).sort(), expected.sort())
      assert.deepEqual(await eventData(it.auth, 'webauthn_added'), [{ name: 'Blue key' }])
      assert.equal((await it.auth.sent()).length, isOn ? 1 : 0)
      if (isOn) assert.match(await it.auth.mailTo(ann.email), /Blue key/)
    }
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { type CreationTampering, SecurityKey } from '../../testing/security-key.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'
import {
  addKey,
  eventData,
  keysOf,
  paths,
  sameSession,
  showKey,
  storedFactors,
  withKeys,
} from '../testing/keys.ts'

const { errors, pending } = TestClient
const ann = { email: 'ann@example.org', username: 'ann', password: 'velvet-Otter-41' }
const nina = 'nina@example.org'
const phone = '+31612345678'
const signingUp = {
  ...withKeys,
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  MFA_PASSKEY_SIGNUP_ENABLED: true,
}
const withPhones = {
  ACCOUNT_LOGIN_METHODS: ['email', 'phone'],
  ACCOUNT_SIGNUP_FIELDS: ['phone*', 'email*'],
}

function start({ settings = {}, users = [ann] }: TestAuthOptions = {}): Promise<TestAuth> {
  return createTestAuth({ settings: { ...signingUp, ...settings }, users })
}

/** A client whose signup waits for a passkey. */
async function waiting(auth: TestAuth, kind: 'app' | 'browser' = 'app', email = nina) {
  const client = auth.client(kind)
  assert.equal(pending(await client.post(paths.signup, { email })), 'verify_email')
  const key = await auth.secretTo(email)
  const verified = await client.post('auth/email/verify', { key })
  assert.deepEqual([verified.status, pending(verified)], [401, 'mfa_signup_webauthn'])
  return client
}

/** What a browser makes for a signup that waits. */
async function make(client: TestClient, key: SecurityKey, tampering: CreationTampering = {}) {
  const { status, body, text } = await client.get(paths.signup)
  assert.equal(status, 200, text)
  return key.create(body.data?.creation_options, tampering)
}

function countUsers({ server }: TestAuth) {
  return server.db.selectFrom('users').select('id').execute()
}

describe('PUT auth/webauthn/signup', () => {
  it('signs the new user in, who has one discoverable key and no password', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using auth = await start({ settings: { ACCOUNT_EMAIL_NOTIFICATIONS: true } })
      const client = await waiting(auth, kind)
      const before = kind === 'app' ? client.token : client.cookies.get('sessionid')
      const key = new SecurityKey()
      const credential = await make(client, key)
      const { status, body } = await client.put(paths.signup, { name: 'Phone', credential })
      assert.equal(status, 200)
      const { email, has_usable_password } = body.data?.user ?? {}
      assert.deepEqual([email, has_usable_password], [nina, false])
      assert.notEqual(kind === 'app' ? client.token : client.cookies.get('sessionid'), before)
      const [{ name, is_passwordless } = {}] = (await keysOf(client)) as {
        name?: string
        is_passwordless?: boolean
      }[]
      assert.deepEqual([name, is_passwordless], ['Phone', true])
      assert.equal((await client.get('account/authenticators/recovery-codes')).status, 404)
      assert.deepEqual(listed(await client.get('account/email')), [`${nina} verified primary`])
      const login = await showKey(auth.client('app'), paths.login, key)
      assert.equal(login.body.data?.user?.email, nina)
    }
  })

  it('tells of the signup, the key and the login, each once', async () => {
    await using auth = await start()
    const client = await waiting(auth)
    const credential = await make(client, new SecurityKey())
    await client.put(paths.signup, { credential })
    assert.deepEqual(await eventTypes(auth), [
      'signed_up',
      'email_confirmed',
      'webauthn_added',
      'logged_in',
    ])
    assert.deepEqual(await eventData(auth, 'webauthn_added'), [{ name: 'Master key' }])
  })

  it('answers 409 where nothing waits, whoever asks', async () => {
    await using auth = await start()
    const waits = await waiting(auth)
    const credential = await make(waits, new SecurityKey())
    const loggedOut = auth.client('browser')
    await loggedOut.get('config')
    for (const client of [auth.client('app'), loggedOut, await signIn(auth, ann)]) {
      assert.equal((await client.get(paths.signup)).status, 409)
      assert.equal((await client.put(paths.signup, { credential })).status, 409)
    }
    assert.equal((await waits.put(paths.signup, { credential })).status, 200)
  })

  it('answers 409 the second time, and makes one key', async () => {
    await using auth = await start()
    const client = await waiting(auth)
    const credential = await make(client, new SecurityKey())
    assert.equal((await client.put(paths.signup, { credential })).status, 200)
    assert.equal((await client.put(paths.signup, { credential })).status, 409)
    assert.equal((await client.get(paths.signup)).status, 409)
    assert.equal((await keysOf(client)).length, 1)
  })

  it('of 20 at once signs up once', async () => {
    await using auth = await start({ settings: { ACCOUNT_RATE_LIMITS: false } })
    const client = await waiting(auth)
    const credential = await make(client, new SecurityKey())
    const uses = Array.from({ length: 20 }, () =>
      sameSession(auth, client).put(paths.signup, { credential }),
    )
    const answers = await Promise.all(uses)
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal((await eventData(auth, 'webauthn_added')).length, 1)
    assert.equal((await eventData(auth, 'logged_in')).length, 1)
  })

  it('refuses the key of somebody else, and takes another one after it', async () => {
    await using auth = await start()
    const key = await addKey(await signIn(auth, ann), { isPasskey: true })
    const client = await waiting(auth)
    const before = await storedFactors(auth)
    const taken = await client.put(paths.signup, { credential: await make(client, key) })
    assert.deepEqual(errors(taken), ['incorrect_code@-'])
    assert.equal(await storedFactors(auth), before)
    assert.equal(pending(await client.get('auth/session')), 'mfa_signup_webauthn')
    const credential = await make(client, new SecurityKey())
    assert.equal((await client.put(paths.signup, { credential })).status, 200)
  })

  it('refuses a key that did not verify its user, and names that are too long', async () => {
    await using auth = await start()
    const client = await waiting(auth)
    const bad = await make(client, new SecurityKey(), { userVerified: false })
    assert.deepEqual(errors(await client.put(paths.signup, { credential: bad })), [
      'incorrect_code@-',
    ])
    const credential = await make(client, new SecurityKey())
    const long = await client.put(paths.signup, { name: 'n'.repeat(1001), credential })
    assert.deepEqual(errors(long), ['max_length@name'])
    assert.equal((await client.put(paths.signup, { credential })).status, 200)
  })

  it('refuses a challenge of ten minutes ago', async () => {
    await using auth = await start({ settings: { ACCOUNT_LOGIN_TIMEOUT: 3600 } })
    const client = await waiting(auth)
    const credential = await make(client, new SecurityKey())
    auth.clock.advance(600)
    assert.deepEqual(errors(await client.put(paths.signup, { credential })), ['incorrect_code@-'])
    const again = await make(client, new SecurityKey())
    assert.equal((await client.put(paths.signup, { credential: again })).status, 200)
  })

  it('is over with the time of the login', async () => {
    await using auth = await start({ settings: { ACCOUNT_LOGIN_TIMEOUT: 60 } })
    const client = await waiting(auth)
    const credential = await make(client, new SecurityKey())
    auth.clock.advance(60)
    assert.equal((await client.put(paths.signup, { credential })).status, 409)
    assert.equal(pending(await client.get('auth/session')), undefined)
  })

  it('counts against the limit signup, as the beginning does', async () => {
    await using auth = await start({ settings: { ACCOUNT_RATE_LIMITS: { signup: '3/m/ip' } } })
    const client = await waiting(auth)
    const credential = await make(client, new SecurityKey())
    for (let n = 0; n < 2; n += 1) {
      assert.equal((await client.put(paths.signup, { credential: 'nonsense' })).status, 400)
    }
    assert.equal((await client.put(paths.signup, { credential })).status, 429)
    const other = await auth.client('app').post(paths.signup, { email: 'paul@example.org' })
    assert.equal(other.status, 429)
    auth.clock.advance(60)
    assert.equal((await client.put(paths.signup, { credential })).status, 200)
  })
})

describe('POST auth/webauthn/signup', () => {
  it('asks for the number, then for the address, then for the key', async () => {
    await using auth = await start({ settings: withPhones })
    const client = auth.client('app')
    const begun = await client.post(paths.signup, { email: nina, phone })
    assert.equal(pending(begun), 'verify_phone')
    const credential = new SecurityKey().create({
      publicKey: { challenge: 'x', rp: { id: 'localhost' }, user: { id: 'x' } },
    })
    assert.deepEqual(errors(await client.put(paths.signup, { credential })), ['incorrect_code@-'])
    const texted = await auth.secretTo(phone)
    const second = await client.post('auth/phone/verify', { code: texted })
    assert.equal(pending(second), 'verify_email')
    assert.equal((await client.get(paths.signup)).status, 409)
    const third = await client.post('auth/email/verify', { key: await auth.secretTo(nina) })
    assert.equal(pending(third), 'mfa_signup_webauthn')
    const made = await make(client, new SecurityKey())
    assert.equal((await client.put(paths.signup, { credential: made })).status, 200)
    assert.deepEqual(listed(await client.get('account/phone')), [`${phone} verified`])
  })

  it('takes no password along', async () => {
    await using auth = await start()
    const client = auth.client('app')
    await client.post(paths.signup, { email: nina, password: 'tidy-Walrus-90' })
    await client.post('auth/email/verify', { key: await auth.secretTo(nina) })
    await client.put(paths.signup, { credential: await make(client, new SecurityKey()) })
    const login = { email: nina, password: 'tidy-Walrus-90' }
    assert.equal((await auth.client('app').post('auth/login', login)).status, 400)
  })

  it('of a taken address looks like any other, and never comes to a key', async () => {
    await using auth = await start({ settings: { ACCOUNT_RATE_LIMITS: false } })
    const [taken, free] = [auth.client('app'), auth.client('app')]
    const answers = [
      await taken.post(paths.signup, { email: ann.email }),
      await free.post(paths.signup, { email: nina }),
    ]
    const [one, other] = answers.map(({ status, body: { data } }) => ({ status, data }))
    assert.deepEqual(one, other)
    const ofFree = await auth.secretTo(nina)
    for (const key of ['BCDF-GHJK', ofFree]) {
      const answer = await taken.post('auth/email/verify', { key })
      assert.deepEqual(errors(answer), ['incorrect_code@key'])
    }
    assert.equal((await taken.get(paths.signup)).status, 409)
    for (const client of [taken, free]) {
      const early = await client.put(paths.signup, { credential: { id: 'x' } })
      assert.deepEqual(errors(early), ['incorrect_code@-'])
    }
    assert.equal((await countUsers(auth)).length, 2)
    assert.deepEqual(await eventData(auth, 'signed_up'), [{}])
  })

  it('answers 403 while signup is closed, and 404 where the settings have no passkey signup', async () => {
    await using closed = await start({ settings: { HOOK_SIGNUP_OPEN: false } })
    assert.equal((await closed.client('app').post(paths.signup, { email: nina })).status, 403)
    assert.equal((await countUsers(closed)).length, 1)
    await using off = await start({ settings: { MFA_PASSKEY_SIGNUP_ENABLED: false } })
    for (const method of ['GET', 'POST', 'PUT']) {
      const json = method === 'GET' ? undefined : { email: nina }
      assert.equal((await off.client('app').request(method, paths.signup, json)).status, 404)
    }
  })
})

// Eve has signed up with the address of Vic before he came, and he comes by a provider that vouches for it.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { addKey, paths, showKey } from '../../src/mfa/testing/keys.ts'
import { setUpTotp, type TestApp } from '../../src/mfa/testing/totp.ts'
import {
  begin,
  comeBack,
  connectedOf,
  createSocialAuth,
  errorPage,
  handOver,
  locationOf,
  type SocialAuth,
  visit,
} from '../../src/socialaccount/testing/social.ts'
import { TestClient } from '../../src/testing/client.ts'
import type { SecurityKey } from '../../src/testing/security-key.ts'
import { listed } from '../../src/testing/signed-in.ts'
import { refresh, statusWith } from '../../src/tokens/testing/signed-in.ts'
import { holdBody } from './nodes.ts'
import { readTables } from './operations.ts'

const vic = 'vic@example.org'
const eve = 'eve@evil.example'
const phone = '+31612345678'
const password = 'marble-Kiosk-77'
const told = { sub: 'vic', email: vic, email_verified: true }

const unknown = `${errorPage}?error=unknown&error_process=login`

const settings = {
  ACCOUNT_EMAIL_VERIFICATION: 'optional',
  ACCOUNT_LOGIN_METHODS: ['email', 'phone'],
  ACCOUNT_SIGNUP_FIELDS: ['email*', 'password1*', 'phone'],
  ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
  MFA_SUPPORTED_TYPES: ['totp', 'webauthn', 'recovery_codes'],
  MFA_PASSKEY_LOGIN_ENABLED: true,
  MFA_ALLOW_UNVERIFIED_EMAIL: true,
  MFA_TRUST_ENABLED: true,
  HEADLESS_TOKEN_STRATEGY: 'jwt',
  HEADLESS_JWT_ALGORITHM: 'HS256',
}
const byAddress = { ...settings, SOCIALACCOUNT_EMAIL_AUTHENTICATION: true }
const autoConnect = { ...byAddress, SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT: true }

/** All that Eve keeps to come back with. */
interface Kept {
  userId: unknown
  app: TestClient
  browser: TestClient
  trusted: TestClient
  waiting: TestClient
  access: string
  refreshToken: string
  totp: TestApp
  passkey: SecurityKey
  recovery: string
  link: string
  reset: string
  /** What comes back from a provider that she went to in order to connect one more. */
  callback: URLSearchParams
}

async function settle(auth: SocialAuth): Promise<Kept> {
  const app = auth.client('app')
  const signup = await app.post('auth/signup', { email: vic, password, phone })
  assert.equal(TestClient.pending(signup), 'verify_phone', signup.text)
  const code = await auth.secretTo(phone)
  const signedIn = await app.post('auth/phone/verify', { code })
  assert.equal(signedIn.status, 200, signedIn.text)
  const { access_token: access = '', refresh_token: refreshToken = '' } = signedIn.body.meta ?? {}
  assert.equal((await app.post('account/email', { email: eve })).status, 200)
  const link = await auth.secretTo(eve)
  const process = 'connect'
  assert.equal(
    (await handOver(app, await auth.idp.idToken({ sub: 'eve' }), { process })).status,
    200,
  )
  assert.equal((await app.post('auth/reauthenticate', { password })).status, 200)
  const totp = await setUpTotp(auth, app)
  const passkey = await addKey(app, { isPasskey: true })
  const { body } = await app.get('account/authenticators/recovery-codes')
  assert.ok(Array.isArray(body.data?.unused_codes))
  const recovery = String(body.data.unused_codes[0])
  const [trusted, browser] = [auth.client('browser'), auth.client('browser')]
  for (const client of [trusted, browser]) {
    await client.post('auth/login', { email: vic, password })
    auth.clock.advance(30)
    await client.post('auth/2fa/authenticate', { code: totp.code() })
  }
  assert.equal((await browser.post('auth/2fa/trust', { trust: false })).status, 200)
  assert.equal((await trusted.post('auth/2fa/trust', { trust: true })).status, 200)
  const callback = auth.idp.signIn(locationOf(await begin(trusted, { process })), { sub: 'eve-2' })
  const waiting = auth.client('app')
  await waiting.post('auth/login', { email: vic, password })
  await auth.client('app').post('auth/password/request', { email: vic })
  const reset = await auth.secretTo(vic)
  const userId = signedIn.body.data?.user?.id
  const kept = { userId, app, browser, trusted, waiting, access, refreshToken, totp, passkey }
  return { ...kept, recovery, link, reset, callback }
}

/** Every way in that Eve has; each says whether it still opens the account. */
const ways: Readonly<Record<string, (auth: SocialAuth, kept: Kept) => Promise<boolean>>> = {
  'the password': (auth) => opens(auth.client('app').post('auth/login', { email: vic, password })),
  'the password and the number': (auth) =>
    opens(auth.client('app').post('auth/login', { phone, password })),
  'a code to the number': async (auth) => {
    const client = auth.client('app')
    const before = (await auth.sent()).length
    await client.post('auth/code/request', { phone })
    return (await auth.sent()).slice(before).some((it) => /\d{3}/.test(it.split(': ')[1] ?? ''))
  },
  'the session of an app': (_, { app }) => opens(app.get('auth/session')),
  'the session of a browser': (_, { browser }) => opens(browser.get('auth/session')),
  'the session of a trusted browser': (_, { trusted }) => opens(trusted.get('auth/session')),
  'a trusted browser and the password': (auth, { trusted }) => {
    const client = auth.client('browser')
    client.cookies.set('mfa_trusted', trusted.cookies.get('mfa_trusted') ?? '')
    return opens(client.post('auth/login', { email: vic, password }))
  },
  'the access token': async (auth, { access }) => (await statusWith(auth, access)) === 200,
  'the refresh token': async (auth, { refreshToken }) =>
    (await refresh(auth, refreshToken)).status === 200,
  'a login that waits, and the app': (auth, { waiting, totp }) => {
    auth.clock.advance(30)
    return opens(waiting.post('auth/2fa/authenticate', { code: totp.code() }))
  },
  'a login that waits, and a recovery code': (_, { waiting, recovery }) =>
    opens(waiting.post('auth/2fa/authenticate', { code: recovery })),
  'the passkey': (auth, { passkey }) => opens(showKey(auth.client('app'), paths.login, passkey)),
  'the link to her address': async (auth, { link }) =>
    (await auth.client('app').post('auth/email/verify', { key: link })).status !== 400,
  'the mail for another password': async (auth, { reset }) =>
    (await auth.client('app').post('auth/password/reset', { key: reset, password })).status !== 400,
  'her account at the provider': async (auth, { userId }) => {
    const client = auth.client('app')
    const token = await auth.idp.idToken({ sub: 'eve', email: eve, email_verified: true })
    const answer = await handOver(client, token)
    const isWaiting = TestClient.pending(answer) === 'mfa_authenticate'
    return isWaiting || answer.body.data?.user?.id === userId
  },
  'a connection that she had begun': async (_, { trusted, callback }) =>
    locationOf(await comeBack(trusted, callback)) === '/back',
}

async function opens(asked: ReturnType<TestClient['get']>): Promise<boolean> {
  const { status } = await asked
  assert.ok(status < 500)
  return status === 200
}

const arrivals: Readonly<Record<string, (auth: SocialAuth) => Promise<TestClient>>> = {
  async redirect(auth) {
    const client = auth.client('browser')
    assert.equal(await visit(auth, client, { as: told }), '/back')
    return client
  },
  async token(auth) {
    const client = auth.client('app')
    await handOver(client, await auth.idp.idToken(told))
    return client
  },
}

const cases = Object.keys(arrivals).flatMap((arrival) => [
  { arrival, name: 'by the address', given: byAddress, connected: [] },
  { arrival, name: 'and is connected', given: autoConnect, connected: ['idp vic'] },
])

describe('an account that was there before its owner', () => {
  // Or the tests below would find nothing open, whatever happens.
  it.each(Object.keys(ways))('can be entered before he comes: %s', async (way) => {
    await using auth = await createSocialAuth(byAddress)
    const kept = await settle(auth)
    // With a second factor these are only half of what it takes.
    const half = ['the password', 'the password and the number', 'a code to the number']
    if (half.includes(way)) return
    assert.equal(await ways[way]?.(auth, kept), true)
  })

  it.each(cases)('is his alone once he comes $name ($arrival)', async (it) => {
    await using auth = await createSocialAuth(it.given)
    const kept = await settle(auth)
    const client = await arrivals[it.arrival]?.(auth)
    assert.ok(client)
    const session = await client.get('auth/session')
    assert.equal(session.status, 200, session.text)
    assert.equal(session.body.data?.user?.id, kept.userId)
    assert.equal(session.body.data?.user?.has_usable_password, false)
    for (const [name, enter] of Object.entries(ways)) {
      assert.equal(await enter(auth, kept), false, name)
    }
    assert.deepEqual(listed(await client.get('account/email')), [`${vic} primary`])
    assert.deepEqual(listed(await client.get('account/phone')), [])
    assert.deepEqual((await client.get('account/authenticators')).body.data, [])
    assert.deepEqual(await connectedOf(client), it.connected)
    const sessions = await client.get('auth/sessions')
    assert.ok(Array.isArray(sessions.body.data))
    assert.equal(sessions.body.data.length, 1)
    const { trusted_browsers, recovery_codes } = await readTables(auth)
    assert.deepEqual([trusted_browsers, recovery_codes], [[], []])
    assert.equal((await client.get('auth/session')).status, 200)
  })

  it.each(Object.keys(arrivals))(
    'is not his while an address opens nothing (%s)',
    async (arrival) => {
      await using auth = await createSocialAuth(settings)
      await settle(auth)
      const before = await belongings(auth)
      const client = await arrivals[arrival]?.(auth)
      assert.ok(client)
      assert.equal(TestClient.pending(await client.get('auth/session')), 'provider_signup')
      const taken = await client.post('auth/provider/signup', { email: vic })
      assert.deepEqual(TestClient.errors(taken), ['email_taken@email'])
      assert.deepEqual(await belongings(auth), before)
      const signup = await client.post('auth/provider/signup', { email: 'other@example.org' })
      assert.equal(signup.status, 200, signup.text)
      assert.deepEqual(await connectedOf(client), ['idp vic'])
      const of = (tables: Awaited<ReturnType<typeof belongings>>) =>
        Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows?.slice(0, 1)]))
      assert.deepEqual(of(await belongings(auth)), of(before))
    },
  )
})

describe('what Eve has under way while he comes', () => {
  const held = [
    { method: 'POST', path: 'account/email', json: { email: 'eve-2@evil.example' } },
    {
      method: 'POST',
      path: 'account/password/change',
      json: { current_password: password, new_password: 'copper-Lagoon-58' },
    },
    { method: 'POST', path: 'account/phone', json: { phone: '+31612345679' } },
    { method: 'POST', path: 'account/authenticators/recovery-codes', json: {} },
    { method: 'POST', path: 'auth/provider/token', json: null },
  ]

  it.each(held)('comes to nothing: $path', async ({ method, path, json }) => {
    await using auth = await createSocialAuth(byAddress)
    const { app } = await settle(auth)
    const token = { client_id: 'latchkey', id_token: await auth.idp.idToken({ sub: 'eve-2' }) }
    const connecting = { provider: 'idp', process: 'connect', token }
    const request = await holdBody(auth, app, { method, path, json: json ?? connecting })
    const client = await arrivals.redirect?.(auth)
    const before = await belongings(auth)
    assert.notEqual((await request.finish()).status, 200)
    assert.deepEqual(await belongings(auth), before)
    assert.equal((await client?.get('auth/session'))?.status, 200)
  })

  it('comes to nothing while the provider is asked', async () => {
    await using auth = await createSocialAuth(byAddress)
    const { app, trusted, callback } = await settle(auth)
    auth.clock.advance(3601)
    assert.equal((await app.post('auth/reauthenticate', { password })).status, 200)
    const { promise, resolve } = Promise.withResolvers<Response>()
    const asked = Promise.withResolvers<void>()
    auth.other.answers.set('/.well-known/openid-configuration', () => {
      asked.resolve()
      return promise
    })
    const token = await auth.other.idToken({ sub: 'eve-2' })
    const more = { provider: 'other', process: 'connect' }
    const request = handOver(app, token, more)
    await asked.promise
    await arrivals.redirect?.(auth)
    const before = await belongings(auth)
    auth.other.answers.clear()
    resolve(await auth.other.fetch(`${auth.other.issuer}/.well-known/openid-configuration`))
    assert.notEqual((await request).status, 200)
    assert.equal(locationOf(await comeBack(trusted, callback)), unknown)
    assert.deepEqual(await belongings(auth), before)
  })
})

/** The rows of an account, the oldest first. */
async function belongings(auth: SocialAuth) {
  const { users, email_addresses, phone_numbers, authenticators, social_accounts } =
    await readTables(auth)
  const byId = (a: { id?: unknown }, b: { id?: unknown }) => (String(a.id) < String(b.id) ? -1 : 1)
  const tables = { users, email_addresses, phone_numbers, authenticators, social_accounts }
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [name, rows?.toSorted(byId)]),
  )
}

describe('an account whose owner has shown to have another address', () => {
  const owner = { email: eve, password, extra_emails: [{ email: vic, verified: false }] }
  it.each(Object.keys(arrivals))(
    'is never entered by one that waits in it (%s)',
    async (arrival) => {
      await using auth = await createSocialAuth(autoConnect, { users: [owner] })
      const before = await belongings(auth)
      const client = await arrivals[arrival]?.(auth)
      const answer = await client?.get('auth/session')
      assert.equal(answer?.status, 401)
      assert.deepEqual(await belongings(auth), before)
      assert.ok(await opens(auth.client('app').post('auth/login', owner)))
    },
  )

  it('is never entered by one where several wait for it', async () => {
    const first = { email: vic, email_verified: false, password }
    const several = { ...autoConnect, ACCOUNT_UNIQUE_EMAIL: false }
    await using auth = await createSocialAuth(several, { users: [first, owner] })
    const before = await belongings(auth)
    const client = auth.client('browser')
    await visit(auth, client, { as: told })
    const ids = before.users?.map(({ id }) => id)
    const { body } = await client.get('auth/session')
    assert.ok(!ids?.includes(body.data?.user?.id))
  })
})

describe('an account whose owner has shown to have the address', () => {
  it('is entered, and keeps all that it has', async () => {
    const owner = { email: vic, password, phone }
    await using auth = await createSocialAuth(byAddress, { users: [owner] })
    const before = await belongings(auth)
    const client = auth.client('browser')
    assert.equal(await visit(auth, client, { as: told }), '/back')
    assert.equal((await client.get('auth/session')).body.data?.user?.email, vic)
    const [{ last_login_at: _, ...user } = {}] = (await belongings(auth)).users ?? []
    assert.partialDeepStrictEqual(before.users?.[0], user)
    assert.ok(await opens(auth.client('app').post('auth/login', { email: vic, password })))
  })

  it('loses nothing more, once it was taken over', async () => {
    const users = [{ email: vic, email_verified: false, password }]
    await using auth = await createSocialAuth(byAddress, { users })
    const client = auth.client('browser')
    await visit(auth, client, { as: told })
    const own = 'velvet-Otter-41'
    const { status } = await client.post('account/password/change', { new_password: own })
    assert.equal(status, 200)
    await visit(auth, auth.client('browser'), { as: told })
    assert.equal((await client.get('auth/session')).status, 200)
    assert.ok(await opens(auth.client('app').post('auth/login', { email: vic, password: own })))
  })
})

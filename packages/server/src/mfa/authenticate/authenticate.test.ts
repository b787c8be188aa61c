import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import { recoveryCodesOf, setUpTotp, wrongCode } from '../testing/totp.ts'

const { errors, pending } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }

async function start(settings: object = {}) {
  const auth = await createTestAuth({ settings: { ...settings }, users: [ann, bob] })
  const client = await signIn(auth, ann)
  const app = await setUpTotp(auth, client)
  return { auth, client, app }
}

/** A client whose login waits for the second step. */
async function halfSignedIn(auth: TestAuth, kind: 'app' | 'browser' = 'app', ip = '192.0.2.1') {
  const client = auth.client(kind, { ip })
  assert.equal(pending(await client.post('auth/login', ann)), 'mfa_authenticate')
  return client
}

describe('POST auth/2fa/authenticate', () => {
  it('takes the code of a period once, also a period later where that is tolerated', async () => {
    const { auth, app } = await start({ MFA_TOTP_TOLERANCE: 1 })
    await using _ = auth
    const code = app.code()
    const first = await halfSignedIn(auth)
    assert.equal((await first.post('auth/2fa/authenticate', { code })).status, 200)
    auth.clock.advance(30)
    const second = await halfSignedIn(auth)
    const answer = await second.post('auth/2fa/authenticate', { code })
    assert.deepEqual(errors(answer), ['incorrect_code@code'])
    assert.equal((await second.post('auth/2fa/authenticate', { code: app.code() })).status, 200)
  })

  it('forgets a used period once no clock accepts it, and not before', async () => {
    const { auth, app } = await start({ MFA_TOTP_TOLERANCE: 2 })
    await using _ = auth
    const client = await halfSignedIn(auth)
    await client.post('auth/2fa/authenticate', { code: app.code(2) })
    const [row] = await auth.server.db.selectFrom('used_totp_steps').selectAll().execute()
    const step = Math.floor(auth.clock.now / 30_000) + 2
    assert.equal(row?.step, step)
    // Two periods after the one it is the code of, and the rest of that.
    assert.equal(row.expires_at, (step + 3) * 30_000)
  })

  it('lets nobody in by the code of another user', async () => {
    const { auth } = await start()
    await using _ = auth
    const bobs = await setUpTotp(auth, await signIn(auth, bob))
    const client = await halfSignedIn(auth)
    const answer = await client.post('auth/2fa/authenticate', { code: bobs.code() })
    assert.deepEqual(errors(answer), ['incorrect_code@code'])
  })

  it('counts wrong ones of both kinds together, wherever they come from', async () => {
    const { auth, app } = await start({ ACCOUNT_RATE_LIMITS: { login_failed: '4/m/key' } })
    await using _ = auth
    const wrong = wrongCode(app)
    const first = await halfSignedIn(auth, 'app', '192.0.2.1')
    const second = await halfSignedIn(auth, 'browser', '192.0.2.2')
    for (const [client, code] of [
      [first, wrong],
      [second, '00000000'],
      [first, '11111111'],
      [second, wrong],
    ] as const) {
      const answer = await client.post('auth/2fa/authenticate', { code })
      assert.deepEqual(errors(answer), ['incorrect_code@code'])
    }
    const locked = await first.post('auth/2fa/authenticate', { code: app.code() })
    assert.deepEqual(errors(locked), ['too_many_login_attempts@code'])
    // The code was not compared, so it is not used up.
    auth.clock.advance(60)
    const late = await halfSignedIn(auth, 'app', '192.0.2.1')
    assert.equal((await late.post('auth/2fa/authenticate', { code: app.code() })).status, 200)
  })

  it('clears the count of the user, but not the one of the address', async () => {
    const limits = { login_failed: '3/m/ip,2/m/key' }
    const { auth, app } = await start({ ACCOUNT_RATE_LIMITS: limits, MFA_TOTP_TOLERANCE: 1 })
    await using _ = auth
    const wrong = wrongCode(app)
    const client = await halfSignedIn(auth)
    assert.equal((await client.post('auth/2fa/authenticate', { code: wrong })).status, 400)
    assert.equal((await client.post('auth/2fa/authenticate', { code: app.code() })).status, 200)
    const again = await halfSignedIn(auth)
    for (let n = 0; n < 2; n += 1) {
      const answer = await again.post('auth/2fa/authenticate', { code: wrong })
      assert.deepEqual(errors(answer), ['incorrect_code@code'])
    }
    const elsewhere = auth.client('app', { ip: '192.0.2.1' })
    const locked = await elsewhere.post('auth/login', { ...bob, password: 'wrong' })
    assert.deepEqual(errors(locked), ['too_many_login_attempts@-'])
  })

  it('is no way in for whoever is not asked', async () => {
    const { auth, client, app } = await start()
    await using _ = auth
    for (const other of [auth.client('app'), client, await signIn(auth, bob)]) {
      const answer = await other.post('auth/2fa/authenticate', { code: app.code() })
      assert.equal(answer.status, 401)
      assert.equal(answer.body.meta?.is_authenticated, false)
    }
    assert.equal((await client.get('auth/session')).status, 200)
  })

  it('tells of failures in an event, without the code', async () => {
    const { auth, app } = await start()
    await using _ = auth
    const client = await halfSignedIn(auth)
    await client.post('auth/2fa/authenticate', { code: wrongCode(app) })
    const row = await auth.server.db
      .selectFrom('events')
      .selectAll()
      .where('type', '=', 'login_failed')
      .executeTakeFirstOrThrow()
    assert.equal(row.data, '{"method":"mfa"}')
    assert.notEqual(row.user_id, null)
  })
})

describe('a login that waits for its second step', () => {
  const userPaths = [
    ['GET', 'auth/sessions'],
    ['DELETE', 'auth/sessions'],
    ['GET', 'account/email'],
    // POST also changes the address or number of a signup that waits: 409 where none does.
    ['PUT', 'account/email'],
    ['PATCH', 'account/email'],
    ['DELETE', 'account/email'],
    ['GET', 'account/phone'],
    ['POST', 'account/password/change'],
    ['POST', 'auth/reauthenticate'],
    ['POST', 'auth/2fa/reauthenticate'],
    ['GET', 'auth/webauthn/reauthenticate'],
    ['POST', 'auth/webauthn/reauthenticate'],
    ['GET', 'account/authenticators'],
    ['GET', 'account/authenticators/totp'],
    ['POST', 'account/authenticators/totp'],
    ['DELETE', 'account/authenticators/totp'],
    ['GET', 'account/authenticators/recovery-codes'],
    ['POST', 'account/authenticators/recovery-codes'],
    ['GET', 'account/authenticators/webauthn'],
    ['POST', 'account/authenticators/webauthn'],
    ['PUT', 'account/authenticators/webauthn'],
    ['DELETE', 'account/authenticators/webauthn'],
  ] as const

  it.each(['app', 'browser'] as const)(
    'opens no path for users, by the %s client',
    async (kind) => {
      const { auth } = await start({ MFA_SUPPORTED_TYPES: ['totp', 'recovery_codes', 'webauthn'] })
      await using _ = auth
      const client = await halfSignedIn(auth, kind)
      for (const [method, path] of userPaths) {
        const answer = await client.request(method, path, method === 'GET' ? undefined : {})
        assert.equal(answer.status, 401, `${method} ${path}`)
        assert.equal(answer.body.meta?.is_authenticated, false, `${method} ${path}`)
      }
      assert.equal(pending(await client.get('auth/session')), 'mfa_authenticate')
    },
  )

  it('is over with its session', async () => {
    const { auth, app } = await start()
    await using _ = auth
    const client = await halfSignedIn(auth, 'browser')
    await client.delete('auth/session')
    const answer = await client.post('auth/2fa/authenticate', { code: app.code() })
    assert.equal(answer.status, 401)
    assert.equal(pending(answer), undefined)
  })

  it('is over once the password was reset', async () => {
    const { auth, app } = await start()
    await using _ = auth
    const client = await halfSignedIn(auth)
    const other = auth.client('app')
    await other.post('auth/password/request', { email: ann.email })
    const key = await auth.secretTo(ann.email)
    await other.post('auth/password/reset', { key, password: 'copper-Lagoon-58' })
    const answer = await client.post('auth/2fa/authenticate', { code: app.code() })
    assert.equal(answer.status, 401)
    assert.equal(pending(answer), undefined)
  })
})

describe('POST auth/2fa/reauthenticate', () => {
  it('proves to be the one, and by a recovery code as well', async () => {
    const { auth, client, app } = await start()
    await using _ = auth
    const [code = ''] = await recoveryCodesOf(client)
    for (const given of [app.code(), code]) {
      auth.clock.advance(300)
      const asked = await client.get('account/authenticators/recovery-codes')
      assert.equal(asked.status, 401)
      assert.equal(asked.body.meta?.is_authenticated, true)
      const proof = given === code ? code : app.code()
      const proved = await client.post('auth/2fa/reauthenticate', { code: proof })
      assert.equal(proved.status, 200)
      assert.equal((await client.get('account/authenticators/recovery-codes')).status, 200)
    }
  })

  it('does not replace the second step of a login', async () => {
    const { auth, client, app } = await start({ MFA_TOTP_TOLERANCE: 1 })
    await using _ = auth
    await client.post('auth/2fa/reauthenticate', { code: app.code() })
    const half = await halfSignedIn(auth)
    assert.equal((await half.get('auth/session')).status, 401)
  })
})

describe('a second factor, in the session of another', () => {
  it('is asked for although that one had given theirs', async () => {
    const { auth, client, app } = await start()
    await using _ = auth
    const bobs = await setUpTotp(auth, await signIn(auth, bob))
    // Ann signs in with both proofs, out, and Bob by his password in what is left of it.
    await client.delete('auth/session')
    const shared = auth.client('browser')
    await shared.post('auth/login', ann)
    await shared.post('auth/2fa/authenticate', { code: app.code() })
    await shared.delete('auth/session')
    assert.equal(pending(await shared.post('auth/login', bob)), 'mfa_authenticate')
    const answer = await shared.post('auth/2fa/authenticate', { code: bobs.code() })
    assert.equal(answer.status, 200)
    assert.ok((await eventTypes(auth)).includes('logged_in'))
  })

  it('that was given for an unfinished login does not count for the next', async () => {
    const settings = {
      ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
      MFA_TRUST_ENABLED: true,
      MFA_TOTP_TOLERANCE: 1,
    }
    const { auth, app } = await start(settings)
    await using _ = auth
    const browser = await halfSignedIn(auth, 'browser')
    const asked = await browser.post('auth/2fa/authenticate', { code: app.code() })
    assert.equal(pending(asked), 'mfa_trust')
    assert.equal(pending(await browser.post('auth/login', ann)), 'mfa_authenticate')
    const later = await browser.post('auth/2fa/trust', { trust: true })
    assert.equal(later.status, 401)
  })
})

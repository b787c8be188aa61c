import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const { pending } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const byCode = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}

async function signedIn(auth: TestAuth, kind: 'app' | 'browser') {
  const client = auth.client(kind)
  await client.post('auth/login', ann)
  return client
}

/** What an app and a browser have to show, taken from clients that are signed in. */
async function stealCredentials(auth: TestAuth) {
  const app = await signedIn(auth, 'app')
  const browser = await signedIn(auth, 'browser')
  return { token: String(app.token), cookie: String(browser.cookies.get('sessionid')) }
}

describe('the credentials of the two kinds of client', () => {
  it('do not open the other kind of session in the form of the other', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const { token, cookie } = await stealCredentials(auth)
    const app = auth.client('app')
    app.token = cookie
    assert.equal((await app.get('auth/session')).status, 410)
    const browser = auth.client('browser')
    browser.cookies.set('sessionid', token)
    assert.equal((await browser.get('auth/session')).status, 401)
  })

  it('are not looked for where the other kind has them', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const { token, cookie } = await stealCredentials(auth)
    const toApp = { headers: { cookie: `sessionid=${cookie}; csrftoken=x` } }
    assert.equal((await auth.client('app').get('auth/session', toApp)).status, 401)
    const toBrowser = { headers: { 'x-session-token': token } }
    assert.equal((await auth.client('browser').get('auth/session', toBrowser)).status, 401)
  })

  it('are not ended by a request of the other kind', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const app = await signedIn(auth, 'app')
    const browser = await signedIn(auth, 'browser')
    const cookie = `sessionid=${browser.cookies.get('sessionid')}`
    await auth.client('app').delete('auth/session', undefined, { headers: { cookie } })
    await browser.delete('auth/session', undefined, { headers: { 'x-session-token': app.token } })
    assert.equal((await app.get('auth/session')).status, 200)
    assert.equal((await browser.get('auth/session')).status, 401)
  })

  it('never give an app a cookie, nor a browser a token', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const app = await auth.client('app').post('auth/login', ann)
    assert.deepEqual(app.headers.getSetCookie(), [])
    const browser = await auth.client('browser').post('auth/login', ann)
    assert.equal(browser.body.meta?.session_token, undefined)
    assert.doesNotMatch(browser.text, /token/)
  })

  it('are two sessions where one person uses both', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    await stealCredentials(auth)
    const rows = await auth.server.db.selectFrom('sessions').select('client').execute()
    assert.deepEqual(rows.map(({ client }) => client).sort(), ['app', 'browser'])
  })

  it('are stored as hashes alone', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const credentials = Object.values(await stealCredentials(auth))
    const rows = JSON.stringify(await auth.server.db.selectFrom('sessions').selectAll().execute())
    for (const secret of credentials) assert.equal(rows.includes(secret), false)
  })
})

describe('the credential of a session that was ended from elsewhere', () => {
  /** The client of a session that a reset of the password ended. */
  async function ended(auth: TestAuth, kind: 'app' | 'browser') {
    const client = await signedIn(auth, kind)
    await auth.client('browser').post('auth/password/request', { email: ann.email })
    const key = await auth.secretTo(ann.email)
    const password = 'copper-Lagoon-58'
    await auth.client('browser').post('auth/password/reset', { key, password })
    return { client, password }
  }

  it.each(['app', 'browser'] as const)(
    'of an %s counts as none where anybody may ask',
    async (kind) => {
      await using auth = await createTestAuth({ users: [ann] })
      const { client, password } = await ended(auth, kind)
      const answer = await client.post('auth/login', { email: ann.email, password })
      assert.equal(answer.status, 200, answer.text)
      assert.equal((await client.get('account/email')).status, 200)
    },
  )

  it('gets the options of a passkey, in a session of their own', async () => {
    const settings = { MFA_PASSKEY_LOGIN_ENABLED: true, MFA_SUPPORTED_TYPES: ['webauthn'] }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const { client } = await ended(auth, 'app')
    const early = client.token
    assert.equal((await client.get('auth/webauthn/login')).status, 200)
    assert.notEqual(client.token, early)
    client.token = early
    assert.equal((await client.get('auth/webauthn/login')).status, 410)
  })

  it('opens nothing at all once the user has logged in again, where sessions are listed', async () => {
    const apps = ['allauth.account', 'allauth.headless']
    for (const [settings, status] of [
      [{}, 410],
      [{ INSTALLED_APPS: apps }, 401],
    ] as const) {
      await using auth = await createTestAuth({ settings, users: [ann] })
      const { client, password } = await ended(auth, 'app')
      await auth.client('app').post('auth/login', { email: ann.email, password })
      assert.equal((await client.get('auth/session')).status, status)
    }
  })

  it('is told 401 once where a user is asked for, and 410 from then on', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const { client } = await ended(auth, 'app')
    assert.equal((await client.get('account/email')).status, 401)
    assert.equal((await client.post('auth/login', ann)).status, 410)
  })
})

describe('the token of a session', () => {
  it('changes when a waiting login completes, and the earlier one is dead', async () => {
    const unverified = { ...ann, email_verified: false }
    await using auth = await createTestAuth({ settings: byCode, users: [unverified] })
    const client = auth.client('app')
    assert.equal(pending(await client.post('auth/login', ann)), 'verify_email')
    const early = client.token
    const key = await auth.secretTo(ann.email)
    assert.equal((await client.post('auth/email/verify', { key })).status, 200)
    assert.notEqual(client.token, early)
    assert.equal((await client.get('auth/session')).status, 200)
    client.token = early
    assert.equal((await client.get('auth/session')).status, 410)
  })

  it('changes in the cookie of a browser too, together with the one against forgery', async () => {
    const unverified = { ...ann, email_verified: false }
    await using auth = await createTestAuth({ settings: byCode, users: [unverified] })
    const client = auth.client('browser')
    await client.post('auth/login', ann)
    const early = new Map(client.cookies)
    await client.post('auth/email/verify', { key: await auth.secretTo(ann.email) })
    for (const name of ['sessionid', 'csrftoken']) {
      assert.notEqual(client.cookies.get(name), early.get(name), name)
    }
    const thief = auth.client('browser')
    thief.cookies.set('sessionid', String(early.get('sessionid')))
    assert.equal((await thief.get('auth/session')).status, 401)
    assert.equal((await client.get('auth/session')).status, 200)
  })

  it('is a new one at each login', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const tokens = new Set<string | undefined>()
    for (let n = 0; n < 4; n += 1) tokens.add((await signedIn(auth, 'app')).token)
    assert.equal(tokens.size, 4)
  })

  it('is not given again when an address is verified while signed in', async () => {
    await using auth = await createTestAuth()
    const client = auth.client('app')
    await client.post('auth/signup', ann)
    const { token } = client
    const answer = await client.post('auth/email/verify', { key: await auth.secretTo(ann.email) })
    assert.equal(answer.status, 200)
    assert.equal(answer.body.meta?.session_token, undefined)
    client.token = token
    assert.equal((await client.get('auth/session')).status, 200)
  })
})

// Factors and logins that meet each other half-way.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { TestClient } from '../testing/client.ts'
import { signIn } from '../testing/signed-in.ts'
import { findUsersByEmail, replacePasswordHash } from '../users/users.ts'
import { setUpTotp } from './testing/totp.ts'

const { errors, pending } = TestClient
const ann = { email: 'ann@example.org', username: 'ann', password: 'velvet-Otter-41' }
const trusting = {
  MFA_TRUST_ENABLED: true,
  ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
  ACCOUNT_LOGIN_BY_CODE_REQUIRED: ['password'],
  ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED: true,
}

describe('a factor that is set up while a login waits for something else', () => {
  it('is asked for at the end, and no trust is granted before it is shown', async () => {
    await using auth = await createTestAuth({ settings: trusting, users: [ann] })
    const login = { email: ann.email, password: ann.password }
    const browser = auth.client('browser')
    await browser.post('auth/login', login)
    const code = await auth.secretTo(ann.email)
    assert.equal(pending(await browser.post('auth/code/confirm', { code })), 'mfa_trust')

    const other = auth.client('app')
    await other.post('auth/login', login)
    await other.post('auth/code/confirm', { code: await auth.secretTo(ann.email) })
    const app = await setUpTotp(auth, other)

    const answer = await browser.post('auth/2fa/trust', { trust: true })
    assert.equal(pending(answer), 'mfa_authenticate')
    assert.equal(browser.cookies.has('mfa_trusted'), false)
    const passed = await browser.post('auth/2fa/authenticate', { code: app.code() })
    assert.equal(passed.status, 200)
    assert.deepEqual(await auth.server.db.selectFrom('trusted_browsers').select('id').execute(), [])
  })

  it('is asked for by every one of many logins that end in this moment', async () => {
    await using auth = await createTestAuth({
      settings: { ACCOUNT_RATE_LIMITS: false },
      users: [ann],
    })
    const login = { email: ann.email, password: ann.password }
    const owner = await signIn(auth, ann)
    const others = Array.from({ length: 8 }, () => auth.client('app'))
    const [, ...answers] = await Promise.all([
      setUpTotp(auth, owner),
      ...others.map((it) => it.post('auth/login', login)),
    ])
    const rows = await auth.server.db
      .selectFrom('events')
      .select('type')
      .where('type', 'in', ['logged_in', 'totp_activated'])
      .orderBy('id')
      .execute()
    const after = rows.slice(rows.findIndex(({ type }) => type === 'totp_activated') + 1)
    assert.deepEqual(after, [])
    assert.ok(answers.every(({ status }) => status === 200 || status === 401))
  })
})

describe('the count of wrong second factors', () => {
  it('can not be used up by failing to log in under a name like it', async () => {
    await using auth = await createTestAuth({
      settings: {
        ACCOUNT_LOGIN_METHODS: ['username'],
        ACCOUNT_SIGNUP_FIELDS: ['username*', 'email*', 'password1*'],
      },
      users: [ann],
    })
    const owner = await signIn(auth, { username: ann.username, password: ann.password })
    const app = await setUpTotp(auth, owner)
    const id = (await owner.get('auth/session')).body.data?.user?.id
    const stranger = auth.client('app', { ip: '198.51.100.1' })
    for (const name of [`mfa:${id}`, `\0mfa:${id}`]) {
      for (let n = 0; n < 5; n += 1) {
        await stranger.post('auth/login', { username: name, password: 'wrong' })
      }
    }
    const proved = await owner.post('auth/2fa/reauthenticate', { code: app.code() })
    assert.equal(proved.status, 200)
  })
})

describe('a stranger who signed up with an address and waits at a stage', () => {
  it('is not let in once the owner of the address has logged in', async () => {
    await using auth = await createTestAuth({
      settings: {
        ...trusting,
        MFA_ALLOW_UNVERIFIED_EMAIL: true,
        ACCOUNT_LOGIN_BY_CODE_REQUIRED: [],
      },
    })
    const body = { email: 'vic@example.org', password: 'mallory knows this one' }
    const stranger = auth.client('browser')
    await stranger.post('auth/signup', body)
    await stranger.delete('auth/session')
    await stranger.post('auth/login', body)
    const waiting = auth.client('browser')
    await waiting.post('auth/code/request', { email: body.email })
    const owner = auth.client('app')
    await owner.post('auth/code/request', { email: body.email })
    const codes = await auth.secretTo(body.email)
    assert.equal((await owner.post('auth/code/confirm', { code: codes })).status, 200)
    assert.equal((await owner.get('auth/session')).status, 200)
    // What waited before is over.
    assert.equal(pending(await waiting.get('auth/session')), undefined)
  })

  it('who has set up a factor keeps the owner out, but not in', async () => {
    await using auth = await createTestAuth({
      settings: { ACCOUNT_LOGIN_BY_CODE_ENABLED: true, MFA_ALLOW_UNVERIFIED_EMAIL: true },
    })
    const body = { email: 'vic@example.org', password: 'mallory knows this one' }
    const stranger = auth.client('app')
    await stranger.post('auth/signup', body)
    await stranger.post('auth/reauthenticate', { password: body.password })
    const app = await setUpTotp(auth, stranger)
    const owner = auth.client('app')
    await owner.post('auth/code/request', { email: body.email })
    const code = await auth.secretTo(body.email)
    assert.equal(pending(await owner.post('auth/code/confirm', { code })), 'mfa_authenticate')
    assert.equal((await stranger.get('auth/session')).status, 401)
    const again = auth.client('app')
    assert.equal(pending(await again.post('auth/login', body)), 'login_by_code')
    const answer = await again.post('auth/2fa/authenticate', { code: app.code() })
    assert.equal(answer.status, 401)
    assert.deepEqual(errors(answer), [])
  })
})

describe('a login that waits when its password is changed elsewhere', () => {
  const owner = { email: ann.email, password: ann.password }

  it.each([
    ['mfa_trust', { MFA_TRUST_ENABLED: true }],
    [
      'login_by_code',
      { ACCOUNT_LOGIN_BY_CODE_ENABLED: true, ACCOUNT_LOGIN_BY_CODE_REQUIRED: ['password'] },
    ],
  ])('is over at %s', async (stage, settings) => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = auth.client('browser')
    await client.post('auth/login', owner)
    if (stage === 'mfa_trust') {
      const app = await setUpTotp(auth, client)
      await client.delete('auth/session')
      await client.post('auth/login', owner)
      await client.post('auth/2fa/authenticate', { code: app.code() })
    }
    assert.equal(pending(await client.get('auth/session')), stage)
    await changePassword(auth, 'copper-Lagoon-58')
    assert.equal(pending(await client.get('auth/session')), undefined)
    assert.equal((await client.post('auth/2fa/trust', { trust: true })).status >= 400, true)
    assert.equal((await client.get('auth/session')).status, 401)
  })

  it('goes on at the second factor, and is over at what comes then', async () => {
    await using auth = await createTestAuth({
      settings: { MFA_TRUST_ENABLED: true },
      users: [ann],
    })
    const client = auth.client('browser')
    await client.post('auth/login', owner)
    const app = await setUpTotp(auth, client)
    await client.delete('auth/session')
    await client.post('auth/login', owner)
    await changePassword(auth, 'copper-Lagoon-58')
    const passed = await client.post('auth/2fa/authenticate', { code: app.code() })
    assert.equal(pending(passed), 'mfa_trust')
    await changePassword(auth, 'velvet-Otter-42')
    assert.equal((await client.post('auth/2fa/trust', { trust: true })).status, 401)
  })

  it('does not mind that the same password is hashed anew, nor does trust', async () => {
    const trusting = { MFA_TRUST_ENABLED: true, MFA_TOTP_TOLERANCE: 1 }
    await using auth = await createTestAuth({ settings: trusting, users: [ann] })
    const client = auth.client('browser')
    await client.post('auth/login', owner)
    const app = await setUpTotp(auth, client)
    await client.delete('auth/session')
    await client.post('auth/login', owner)
    await client.post('auth/2fa/authenticate', { code: app.code() })
    await client.post('auth/2fa/trust', { trust: true })
    await client.delete('auth/session')

    const { database } = auth
    const settings = { ...trusting, HASH_PASSES: 3 }
    await using later = await createTestAuth({ settings, database })
    later.clock.now = auth.clock.now
    const again = later.client('browser')
    for (const [name, value] of client.cookies) again.cookies.set(name, value)
    for (let n = 0; n < 2; n += 1) {
      assert.equal((await again.post('auth/login', owner)).status, 200)
      await again.delete('auth/session')
    }
  })
})

async function changePassword(auth: TestAuth, password: string): Promise<void> {
  const { db, hasher } = auth.server
  const [user] = await findUsersByEmail(db, ann.email)
  assert.ok(user)
  const to = await hasher.hash(password)
  const change = { id: user.id, from: user.passwordHash, to, isNew: true }
  assert.ok(await replacePasswordHash(db, change))
}

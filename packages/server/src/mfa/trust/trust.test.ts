import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import { setUpTotp, type TestApp } from '../testing/totp.ts'

const { pending } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }

async function start(settings: object = {}) {
  const auth = await createTestAuth({
    settings: { MFA_TRUST_ENABLED: true, ACCOUNT_RATE_LIMITS: false, ...settings },
    users: [ann, bob],
  })
  const client = await signIn(auth, ann)
  const app = await setUpTotp(auth, client)
  return { auth, client, app }
}

/** Logs in with both proofs, trusts the browser, and signs out. */
async function trust(auth: TestAuth, browser: TestClient, user: typeof ann, app: TestApp) {
  auth.clock.advance(30)
  await browser.post('auth/login', user)
  const asked = await browser.post('auth/2fa/authenticate', { code: app.code() })
  assert.equal(pending(asked), 'mfa_trust')
  const answer = await browser.post('auth/2fa/trust', { trust: true })
  assert.equal(answer.status, 200)
  await browser.delete('auth/session')
  return answer
}

/** What a login by password comes to. */
async function logIn(browser: TestClient, user = ann): Promise<string> {
  const answer = await browser.post('auth/login', user)
  return answer.status === 200 ? 'signed in' : (pending(answer) ?? 'refused')
}

describe('a trusted browser', () => {
  it('is asked for the second factor again once the trust is over', async () => {
    const { auth, app } = await start({ MFA_TRUST_COOKIE_AGE: 3600 })
    await using _ = auth
    const browser = auth.client('browser')
    await trust(auth, browser, ann, app)
    auth.clock.advance(3599)
    assert.equal(await logIn(browser), 'signed in')
    await browser.delete('auth/session')
    auth.clock.advance(1)
    assert.equal(await logIn(browser), 'mfa_authenticate')
  })

  it('is known by a cookie that scripts can not read and that is stored as a hash', async () => {
    const { auth, app } = await start()
    await using _ = auth
    const browser = auth.client('browser')
    const answer = await trust(auth, browser, ann, app)
    const cookie = answer.headers.getSetCookie().find((it) => it.startsWith('mfa_trusted='))
    assert.match(cookie ?? '', /; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/)
    const [row] = await auth.server.db.selectFrom('trusted_browsers').selectAll().execute()
    assert.ok(row)
    assert.ok(!JSON.stringify(row).includes(browser.cookies.get('mfa_trusted') ?? ''))
  })

  it.each([
    ['the password was changed', 'password'],
    ['the password was reset', 'reset'],
    ['there are new recovery codes', 'recovery-codes'],
    ['the authenticator app was replaced', 'totp'],
  ])('is trusted no more once %s', async (_name, change) => {
    const { auth, client, app } = await start()
    await using _ = auth
    const browser = auth.client('browser')
    await trust(auth, browser, ann, app)
    const user = { ...ann }
    if (change === 'password' || change === 'reset') user.password = 'copper-Lagoon-58'
    if (change === 'password') {
      const passwords = { current_password: ann.password, new_password: user.password }
      assert.equal((await client.post('account/password/change', passwords)).status, 200)
    }
    if (change === 'reset') {
      await client.post('auth/password/request', { email: ann.email })
      const key = await auth.secretTo(ann.email)
      await client.post('auth/password/reset', { key, password: user.password })
    }
    if (change === 'recovery-codes') {
      assert.equal((await client.post('account/authenticators/recovery-codes')).status, 200)
    }
    if (change === 'totp') {
      assert.equal((await client.delete('account/authenticators/totp')).status, 200)
      await setUpTotp(auth, client)
    }
    assert.equal(await logIn(browser, user), 'mfa_authenticate')
  })

  it('is not trusted by another user, whoever else trusts it', async () => {
    const { auth, app } = await start()
    await using _ = auth
    const bobs = await setUpTotp(auth, await signIn(auth, bob))
    const browser = auth.client('browser')
    await trust(auth, browser, ann, app)
    assert.equal(await logIn(browser, bob), 'mfa_authenticate')
    await browser.delete('auth/session')
    await trust(auth, browser, bob, bobs)
    assert.equal(await logIn(browser, ann), 'signed in')
  })

  it('is not trusted where the setting was switched off', async () => {
    const { auth, app } = await start()
    await using _ = auth
    const browser = auth.client('browser')
    await trust(auth, browser, ann, app)
    const { database } = auth
    await using later = await createTestAuth({ database })
    later.clock.now = auth.clock.now
    const again = later.client('browser')
    again.cookies.set('mfa_trusted', browser.cookies.get('mfa_trusted') ?? '')
    assert.equal(await logIn(again), 'mfa_authenticate')
  })

  it('is told of in an event', async () => {
    const { auth, app } = await start()
    await using _ = auth
    await trust(auth, auth.client('browser'), ann, app)
    assert.ok((await eventTypes(auth)).includes('browser_trusted'))
  })
})

describe('the cookie of a trusted browser', () => {
  it.each([
    ['made up', () => 'A'.repeat(43)],
    ['empty', () => ''],
    ['long', () => 'x.'.repeat(2000)],
    ['cut', (value: string) => value.slice(0, -1)],
    ['changed', (value: string) => `${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`],
  ])('opens nothing when it is %s', async (_name, forge) => {
    const { auth, app } = await start()
    await using _ = auth
    const browser = auth.client('browser')
    await trust(auth, browser, ann, app)
    browser.cookies.set('mfa_trusted', forge(browser.cookies.get('mfa_trusted') ?? ''))
    assert.equal(await logIn(browser), 'mfa_authenticate')
  })

  it('means nothing to the paths of apps', async () => {
    const { auth, app } = await start()
    await using _ = auth
    const browser = auth.client('browser')
    await trust(auth, browser, ann, app)
    const cookie = `mfa_trusted=${browser.cookies.get('mfa_trusted')}`
    const answer = await auth.client('app').post('auth/login', ann, { headers: { cookie } })
    assert.equal(pending(answer), 'mfa_authenticate')
  })

  it('can not be planted: whoever trusts gets a new token', async () => {
    const { auth, app } = await start()
    await using _ = auth
    const planted = 'p'.repeat(43)
    const browser = auth.client('browser')
    browser.cookies.set('mfa_trusted', planted)
    await trust(auth, browser, ann, app)
    const other = auth.client('browser')
    other.cookies.set('mfa_trusted', planted)
    assert.equal(await logIn(other), 'mfa_authenticate')
  })
})

describe('ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED', () => {
  it('spares the mailed code, but not the second factor', async () => {
    const settings = {
      MFA_TRUST_ENABLED: false,
      ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
      ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED: true,
      ACCOUNT_LOGIN_BY_CODE_REQUIRED: ['password'],
    }
    const auth = await createTestAuth({ settings, users: [ann] })
    await using _ = auth
    const browser = auth.client('browser')
    assert.equal(await logIn(browser), 'login_by_code')
    await browser.post('auth/code/confirm', { code: await auth.secretTo(ann.email) })
    assert.equal((await browser.post('auth/2fa/trust', { trust: false })).status, 200)
    const app = await setUpTotp(auth, browser)
    await browser.delete('auth/session')

    await browser.post('auth/login', ann)
    await browser.post('auth/code/confirm', { code: await auth.secretTo(ann.email) })
    await browser.post('auth/2fa/authenticate', { code: app.code() })
    assert.equal((await browser.post('auth/2fa/trust', { trust: true })).status, 200)
    await browser.delete('auth/session')
    assert.equal(await logIn(browser), 'mfa_authenticate')
  })
})

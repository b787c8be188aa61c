import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { setUpTotp } from '../mfa/testing/totp.ts'
import { insertSocialAccount, saveSocialTokens } from '../socialaccount/store.ts'
import { sealTokens } from '../socialaccount/tokens.ts'
import { createTestAuth, type TestAuth } from '../testing/auth.ts'
import { TestClient } from '../testing/client.ts'
import { signIn } from '../testing/signed-in.ts'
import { UserInputError } from '../users/create.ts'
import { activateUser, deactivateUser, deleteUser } from './users.ts'

const { pending } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41', phone: '+4915112345678' }
const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }
const login = { email: ann.email, password: ann.password }
const unlimited = { ACCOUNT_RATE_LIMITS: false }

async function start(settings: object = {}, user: object = {}) {
  const auth = await createTestAuth({ settings: { ...unlimited, ...settings }, users: [bob] })
  return { auth, id: await auth.createUser({ ...ann, ...user }) }
}

function parts({ server }: TestAuth) {
  return { db: server.db, now: server.now, events: server, means: 'library' } as const
}

async function deactivateAndActivate(auth: TestAuth, id: string): Promise<void> {
  await deactivateUser(parts(auth), id)
  await activateUser(parts(auth), id)
}

/** What the operators did, as the record of events has it. */
async function acts({ server }: TestAuth, userId: string): Promise<string[]> {
  const rows = await server.db
    .selectFrom('events')
    .select(['type', 'ip', 'user_agent'])
    .where('user_id', '=', userId)
    .where('type', 'like', 'user_%')
    .orderBy('id')
    .execute()
  return rows.map(({ type, ip, user_agent }) => `${type} ${ip} ${user_agent}`)
}

describe('deactivateUser', () => {
  it('ends the sessions of apps and browsers, and of nobody else', async () => {
    const { auth, id } = await start()
    await using _ = auth
    const [app, browser] = [await signIn(auth, login), await signIn(auth, login, 'browser')]
    const other = await signIn(auth, bob)
    await deactivateUser(parts(auth), id)
    assert.equal((await app.get('account/email')).status, 401)
    assert.equal((await app.get('auth/session')).status, 410)
    assert.equal((await browser.get('auth/session')).status, 401)
    assert.equal((await other.get('auth/session')).status, 200)
    assert.equal((await auth.client('app').post('auth/login', login)).status, 401)
  })

  it('is said once in the record of events, however often it is done', async () => {
    const { auth, id } = await start()
    await using _ = auth
    await Promise.all(Array.from({ length: 5 }, () => deactivateUser(parts(auth), id)))
    await Promise.all(Array.from({ length: 5 }, () => activateUser(parts(auth), id)))
    const by = 'latchkey (library)'
    assert.deepEqual(await acts(auth, id), [`user_deactivated  ${by}`, `user_activated  ${by}`])
  })

  it('leaves no session behind where logins happen at the same time', async () => {
    const { auth, id } = await start()
    await using _ = auth
    const clients = Array.from({ length: 8 }, () => auth.client('app'))
    const logins = clients.map((client) => client.post('auth/login', login))
    await Promise.all([...logins, deactivateUser(parts(auth), id)])
    for (const client of clients) {
      if (client.token === undefined) continue
      assert.notEqual((await client.get('auth/session')).status, 200)
    }
  })
})

describe('activateUser', () => {
  it('lets the user log in again, and brings no session back', async () => {
    const { auth, id } = await start()
    await using _ = auth
    const [app, browser] = [await signIn(auth, login), await signIn(auth, login, 'browser')]
    await deactivateAndActivate(auth, id)
    assert.equal((await app.get('auth/session')).status, 401)
    assert.equal((await app.get('auth/session')).status, 410)
    assert.equal((await browser.get('auth/session')).status, 401)
    await signIn(auth, login)
  })

  it('brings no login back that was under way, nor its code', async () => {
    const byCode = { ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
    const { auth, id } = await start(byCode)
    await using _ = auth
    const client = auth.client('app')
    await client.post('auth/code/request', { email: ann.email })
    const code = await auth.secretTo(ann.email)
    await deactivateAndActivate(auth, id)
    assert.equal((await client.post('auth/code/confirm', { code })).status, 409)
    assert.equal(pending(await client.get('auth/session')), undefined)
  })

  it('brings no code back that resets the password', async () => {
    const { auth, id } = await start({ ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: true })
    await using _ = auth
    const client = auth.client('app')
    await client.post('auth/password/request', { email: ann.email })
    const key = await auth.secretTo(ann.email)
    await deactivateAndActivate(auth, id)
    const answer = await client.post('auth/password/reset', { key, password: 'tidy walrus ninety' })
    assert.equal(answer.status, 409)
  })

  it('brings no link back that resets the password', async () => {
    const { auth, id } = await start()
    await using _ = auth
    const client = auth.client('app')
    await client.post('auth/password/request', { email: ann.email })
    const key = await auth.secretTo(ann.email)
    await deactivateAndActivate(auth, id)
    const answer = await client.post('auth/password/reset', { key, password: 'tidy walrus ninety' })
    assert.deepEqual(TestClient.errors(answer), ['invalid_password_reset@key'])
  })

  it.each([true, false])('brings no link back that verifies (signed: %s)', async (isSigned) => {
    const settings = {
      ACCOUNT_EMAIL_VERIFICATION: 'optional',
      ACCOUNT_EMAIL_CONFIRMATION_HMAC: isSigned,
    }
    const { auth, id } = await start(settings, { email_verified: false })
    await using _ = auth
    await (await signIn(auth, login)).put('account/email', { email: ann.email })
    const key = await auth.secretTo(ann.email)
    await deactivateAndActivate(auth, id)
    const client = auth.client('app')
    const answer = await client.post('auth/email/verify', { key })
    assert.deepEqual(TestClient.errors(answer), ['invalid_or_expired_key@key'])
    await (await signIn(auth, login)).put('account/email', { email: ann.email })
    const newer = await auth.secretTo(ann.email)
    assert.notEqual(newer, key)
    assert.equal((await client.post('auth/email/verify', { key: newer })).status, 401)
  })

  it('brings no trust of a browser back', async () => {
    const { auth, id } = await start({ MFA_TRUST_ENABLED: true })
    await using _ = auth
    const app = await setUpTotp(auth, await signIn(auth, login))
    const browser = auth.client('browser')
    auth.clock.advance(30)
    await browser.post('auth/login', login)
    await browser.post('auth/2fa/authenticate', { code: app.code() })
    assert.equal((await browser.post('auth/2fa/trust', { trust: true })).status, 200)
    await browser.delete('auth/session')
    await deactivateAndActivate(auth, id)
    assert.equal(pending(await browser.post('auth/login', login)), 'mfa_authenticate')
  })
})

/** Connects an account at a provider whose tokens are kept. */
async function connectProvider({ server }: TestAuth, userId: string): Promise<void> {
  const { db, keys, now } = server
  const whose = { provider: 'github', uid: '1' }
  const account = await insertSocialAccount(db, { ...whose, userId, label: null }, now())
  const given = { accessToken: 'a', refreshToken: 'r', scope: 'repo', expiresIn: 60, now: now() }
  const tokens = sealTokens(keys, whose, given)
  await saveSocialTokens(db, account, { clientId: 'web', tokens })
}

describe('deleteUser', () => {
  it('removes every row that belongs to the user, and keeps the events', async () => {
    const settings = {
      MFA_TRUST_ENABLED: true,
      MFA_ALLOW_UNVERIFIED_EMAIL: true,
      ACCOUNT_EMAIL_CONFIRMATION_HMAC: false,
    }
    const { auth, id } = await start(settings)
    await using _ = auth
    const { db } = auth.server
    const client = await signIn(auth, login)
    const app = await setUpTotp(auth, client)
    await client.post('account/email', { email: 'ann@example.net' })
    const browser = auth.client('browser')
    auth.clock.advance(30)
    await browser.post('auth/login', login)
    await browser.post('auth/2fa/authenticate', { code: app.code() })
    await browser.post('auth/2fa/trust', { trust: true })
    await connectProvider(auth, id)
    const tables = await db.introspection.getTables()
    const counted = async (): Promise<Record<string, number>> => {
      const owned = tables.filter(({ columns }) =>
        columns.some(({ name }) => ['user_id', 'authenticator_id', 'account_id'].includes(name)),
      )
      const counts: Record<string, number> = {}
      for (const { name } of owned) {
        // Only tables of ours are listed, and Kysely has no name for one that is not known.
        counts[name] = (
          await db
            .selectFrom(name as 'sessions')
            .selectAll()
            .execute()
        ).length
      }
      const links = db.selectFrom('codes').selectAll().where('purpose', '=', 'email_link')
      return { ...counts, links: (await links.execute()).length }
    }
    const before = await counted()
    for (const [table, count] of Object.entries(before)) assert.ok(count > 0, table)

    await deleteUser(parts(auth), id)
    assert.deepEqual(await counted(), {
      authenticators: 0,
      // Those of Bob, who was there before.
      email_addresses: 1,
      events: Number(before.events) + 1,
      links: 0,
      phone_numbers: 0,
      recovery_codes: 0,
      sessions: 0,
      social_accounts: 0,
      social_tokens: 0,
      trusted_browsers: 0,
      used_totp_steps: 0,
    })
    const users = await db.selectFrom('users').select('id').execute()
    assert.equal(users.length, 1)
    assert.deepEqual(await acts(auth, id), ['user_deleted  latchkey (library)'])
  })

  it('leaves no credential that opens anything', async () => {
    const { auth, id } = await start()
    await using _ = auth
    const [app, browser] = [await signIn(auth, login), await signIn(auth, login, 'browser')]
    await deleteUser(parts(auth), id)
    assert.equal((await app.get('auth/session')).status, 410)
    assert.equal((await browser.get('auth/session')).status, 401)
    assert.equal((await browser.get('account/email')).status, 401)
    const answer = await auth.client('app').post('auth/login', login)
    assert.deepEqual(TestClient.errors(answer), ['email_password_mismatch@password'])
  })

  it('ends a login that is under way', async () => {
    const { auth, id } = await start({ ACCOUNT_LOGIN_BY_CODE_ENABLED: true })
    await using _ = auth
    const client = auth.client('app')
    await client.post('auth/code/request', { email: ann.email })
    const code = await auth.secretTo(ann.email)
    await deleteUser(parts(auth), id)
    assert.equal((await client.post('auth/code/confirm', { code })).status, 409)
  })

  it('frees the address, and links of before prove nothing for its next user', async () => {
    const settings = { ACCOUNT_EMAIL_VERIFICATION: 'optional' }
    const { auth, id } = await start(settings, { email_verified: false })
    await using _ = auth
    await (await signIn(auth, login)).put('account/email', { email: ann.email })
    const verifying = await auth.secretTo(ann.email)
    await auth.client('app').post('auth/password/request', { email: ann.email })
    const resetting = await auth.secretTo(ann.email)
    await deleteUser(parts(auth), id)
    const client = auth.client('app')
    assert.equal((await client.post('auth/signup', login)).status, 200)
    const verified = await auth.client('app').post('auth/email/verify', { key: verifying })
    assert.equal(verified.status, 400)
    const reset = { key: resetting, password: 'tidy walrus ninety' }
    assert.equal((await auth.client('app').post('auth/password/reset', reset)).status, 400)
    assert.equal((await client.get('auth/session')).status, 200)
  })

  it('has what is under way in a session of the user answered as for one that is gone', async () => {
    const { auth, id } = await start()
    await using _ = auth
    const client = await signIn(auth, login)
    const changes = Array.from({ length: 10 }, (_, n) =>
      client.post('account/email', { email: `ann-${n}@example.net` }),
    )
    const [answers] = await Promise.all([Promise.all(changes), deleteUser(parts(auth), id)])
    for (const { status } of answers) assert.ok([200, 410].includes(status), String(status))
    assert.ok(answers.some(({ status }) => status === 410))
  })
})

describe('an id that nobody has', () => {
  it.each([deactivateUser, activateUser, deleteUser])('is refused by %o', async (act) => {
    const { auth } = await start()
    await using _ = auth
    await assert.rejects(act(parts(auth), 'nobody'), UserInputError)
  })
})

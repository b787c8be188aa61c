import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { problems, verifyChain } from '../../src/events/chain/verify.ts'
import { paths, showKey } from '../../src/mfa/testing/keys.ts'
import { appWith } from '../../src/mfa/testing/totp.ts'
import { begin, comeBack, locationOf } from '../../src/socialaccount/testing/social.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { TestClient } from '../../src/testing/client.ts'
import { createTestDatabase } from '../../src/testing/database.ts'
import { SecurityKey } from '../../src/testing/security-key.ts'
import { listed, signIn } from '../../src/testing/signed-in.ts'
import { ann, bob, cleo, dan, eve, fay, tokenSettings } from './people.ts'
import { schemaOf } from './schema-of.ts'
import { fixtureNames, handsOf, restore, type Upgraded, upgrade } from './upgraded.ts'

describe.each(fixtureNames)('a database of %s', (name) => {
  const hands = handsOf(name)

  it('gets the schema of a new one', async () => {
    await using old = await restore(name)
    await migrate(old.db, Date.now)
    await using fresh = await createTestDatabase()
    assert.deepEqual(await schemaOf(old.db), await schemaOf(fresh.db))
  })

  it('leaves signed in who was, with all that they have', async () => {
    await using auth = await upgrade(name)
    const app = auth.client('app')
    app.token = hands.sessionToken
    assert.equal((await app.get('auth/session')).body.data?.user?.email, ann.email)
    const browser = auth.client('browser')
    for (const [cookie, value] of hands.cookies) browser.cookies.set(cookie, value)
    assert.equal((await browser.get('auth/session')).body.data?.user?.email, eve.email)
    const added = await browser.post('account/email', { email: 'eve@elsewhere.example.org' })
    assert.equal(added.status, 200, added.text)
    assert.deepEqual(listed(await app.get('account/email')), [`${ann.email} verified primary`])
    const change = { current_password: ann.password, new_password: 'tidy-Walrus-90' }
    assert.equal((await app.post('account/password/change', change)).status, 200)
  })

  it('lets people log in by password', async () => {
    await using auth = await upgrade(name)
    await signIn(auth, eve)
    const { email: _, ...byPhone } = cleo
    const client = await signIn(auth, byPhone, 'browser')
    assert.deepEqual(listed(await client.get('account/phone')), [`${cleo.phone} verified`])
    const unverified = await auth.client('app').post('auth/login', bob)
    assert.equal(TestClient.pending(unverified), 'verify_email', unverified.text)
    const wrong = { ...eve, password: 'wrong-Heron-12' }
    assert.equal((await auth.client('app').post('auth/login', wrong)).status, 400)
  })

  it('takes the code and the link that were mailed, and sends the mail that waits', async () => {
    await using auth = await upgrade(name)
    const app = auth.client('app')
    app.token = hands.signupToken
    const verified = await app.post('auth/email/verify', { key: hands.signupCode })
    assert.equal(verified.status, 200, verified.text)
    const reset = { key: hands.resetKey, password: 'tidy-Walrus-90' }
    const answer = await auth.client('app').post('auth/password/reset', reset)
    assert.equal(answer.status, hands.isResetKeyRefused ? 400 : 401, answer.text)
    assert.equal((await auth.client('app').post('auth/password/reset', reset)).status, 400)
    await signIn(auth, hands.isResetKeyRefused ? dan : { ...dan, password: reset.password })
    auth.clock.advance(3600)
    assert.match(await auth.mailTo(eve.email), /password/)
  })

  it.runIf(hands.totpSecret)('takes the second factors', async () => {
    await using auth = await upgrade(name)
    const { totpSecret = '', recoveryCodes: [recoveryCode] = [], passkey } = hands
    const totp = appWith(auth, totpSecret)
    const login = { email: ann.email, password: ann.password }
    for (const code of [totp.code(), recoveryCode]) {
      const client = auth.client('app')
      assert.equal(TestClient.pending(await client.post('auth/login', login)), 'mfa_authenticate')
      assert.equal((await client.post('auth/2fa/authenticate', { code: '000000' })).status, 400)
      assert.equal((await client.post('auth/2fa/authenticate', { code })).status, 200)
    }
    const byKey = await showKey(auth.client('browser'), paths.login, new SecurityKey(passkey))
    assert.equal(byKey.body.data?.user?.email, ann.email)
  })

  it.runIf(hands.refreshToken)('refreshes signed tokens', async () => {
    await using auth = await upgrade(name, tokenSettings)
    const token = { refresh_token: hands.refreshToken }
    const { status, body, text } = await auth.client('app').post('tokens/refresh', token)
    assert.equal(status, 200, text)
    const authorization = `Bearer ${body.data?.access_token}`
    const answer = await auth.client('app').get('auth/session', { headers: { authorization } })
    assert.equal(answer.body.data?.user?.email, cleo.email)
  })

  it.runIf(hands.hasProvider)('knows who came by a provider', async () => {
    await using auth = await upgrade(name)
    assert.equal(await visitAgain(auth), '/back')
    const users = await auth.server.db.selectFrom('users').select('id').execute()
    assert.equal(users.length, 6)
  })

  it('goes on with its audit log', async () => {
    await using auth = await upgrade(name)
    const before = await verified(auth)
    await signIn(auth, eve)
    const after = await verified(auth)
    assert.ok(after.count > before.count)
    const { count } = await auth.server.db
      .selectFrom('events')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    assert.equal(Number(count), after.count + after.outside)
  })
})

async function verified({ server }: Upgraded) {
  const found = await verifyChain(server.db, server.keys)
  if (!found.isWhole) throw new Error(`event ${found.seq}: ${problems[found.problem]}`)
  return found
}

async function visitAgain(auth: Upgraded): Promise<string> {
  const client = auth.client('browser')
  const callback = auth.idp.signIn(locationOf(await begin(client)), fay)
  return locationOf(await comeBack(client, callback))
}

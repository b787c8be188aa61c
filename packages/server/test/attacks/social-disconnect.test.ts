// The last way into an account is taken away, or was never there.
import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { sameSession } from '../../src/mfa/testing/keys.ts'
import {
  connectedOf,
  createSocialAuth,
  handOver,
  type SocialAuth,
  signedInBy,
  visit,
} from '../../src/socialaccount/testing/social.ts'
import { TestClient } from '../../src/testing/client.ts'
import { signIn } from '../../src/testing/signed-in.ts'

const { errors } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }

function disconnect(client: TestClient, account: unknown, provider: unknown = 'idp') {
  return client.delete('account/providers', { provider, account })
}

/** Somebody who comes by two accounts, and has no password. */
async function withTwo(auth: SocialAuth): Promise<TestClient> {
  const client = await signedInBy(auth, '1')
  assert.equal(await visit(auth, client, { as: { sub: '2' }, process: 'connect' }), '/back')
  return client
}

describe('the last account of somebody', () => {
  it('stays where there is no password', async () => {
    await using auth = await createSocialAuth()
    const client = await signedInBy(auth, '1')
    const answer = await disconnect(client, '1')
    assert.deepEqual([answer.status, ...errors(answer)], [400, 'no_password@-'])
    assert.deepEqual(await connectedOf(client), ['idp 1'])
  })

  it('stays where a password opens nothing', async () => {
    await using auth = await createSocialAuth({ SOCIALACCOUNT_ONLY: true })
    const client = await signedInBy(auth, '1')
    const { hasher, db } = auth.server
    const password_hash = await hasher.hash(ann.password)
    await db.updateTable('users').set({ password_hash }).execute()
    assert.deepEqual(errors(await disconnect(client, '1')), ['disconnect_last@-'])
    assert.deepEqual(await connectedOf(client), ['idp 1'])
  })

  it('stays where an address has to be verified and none is', async () => {
    const users = [{ ...ann, email_verified: false }]
    const settings = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
    await using auth = await createSocialAuth(settings, { users })
    const [user] = await auth.server.db.selectFrom('users').select('id').execute()
    assert.ok(user)
    const { insertSocialAccount } = await import('../../src/socialaccount/store.ts')
    const account = { userId: user.id, provider: 'idp', uid: '1', label: null }
    await insertSocialAccount(auth.server.db, account, auth.clock.now)
    const client = auth.client('browser')
    await visit(auth, client, { as: { sub: '1' } })
    assert.equal(TestClient.pending(await client.get('auth/session')), 'verify_email')
    await client.post('auth/email/verify', { key: await auth.secretTo(ann.email) })
    await visit(auth, client, { as: { sub: '1' } })
    assert.deepEqual(await connectedOf(client), ['idp 1'])
    const unverify = { is_verified: 0, unique_key: null } as const
    await auth.server.db.updateTable('email_addresses').set(unverify).execute()
    assert.deepEqual(errors(await disconnect(client, '1')), ['no_verified_email@-'])
    assert.deepEqual(await connectedOf(client), ['idp 1'])
  })

  it('goes where a password opens the account', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    const client = await signIn(auth, ann, 'browser')
    await visit(auth, client, { as: { sub: '1' }, process: 'connect' })
    const answer = await disconnect(client, '1')
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(answer.body.data, [])
  })

  it('stays where both of two are disconnected at once', async () => {
    await using auth = await createSocialAuth()
    for (let round = 0; round < 5; round += 1) {
      const client = await withTwo(auth)
      const answers = await Promise.all(
        ['1', '2'].map((uid) => disconnect(sameSession(auth, client), uid)),
      )
      assert.equal((await connectedOf(client)).length, 1)
      const statuses = answers.map(({ status }) => status).sort()
      assert.deepEqual(statuses, [200, 400])
      const left = (await connectedOf(client))[0]?.split(' ')[1]
      await visit(auth, client, { as: { sub: left === '1' ? '2' : '1' }, process: 'connect' })
      await client.delete('auth/session')
    }
  })

  it('stays where 50 disconnect both at once, from several sessions', async () => {
    await using auth = await createSocialAuth()
    const clients = [await withTwo(auth), await signedInBy(auth, '2'), await signedInBy(auth, '1')]
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        disconnect(sameSession(auth, clients[index % 3] as TestClient), String((index % 2) + 1)),
      ),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal((await connectedOf(clients[0] as TestClient)).length, 1)
  })
})

describe('an account of somebody else', () => {
  it('is disconnected by nobody but its owner', async () => {
    await using auth = await createSocialAuth({}, { users: [ann, bob] })
    const owner = await withTwo(auth)
    const client = await signIn(auth, ann)
    assert.equal(
      (await handOver(client, await auth.idp.idToken({ sub: '3' }), { process: 'connect' })).status,
      200,
    )
    for (const uid of ['1', '2', 'IDP', '']) {
      assert.equal((await disconnect(client, uid)).status, 400, uid)
    }
    assert.deepEqual(errors(await disconnect(client, '1')), ['account_not_found@-'])
    assert.deepEqual(errors(await disconnect(client, '3', 'other')), ['account_not_found@-'])
    assert.deepEqual(errors(await disconnect(client, '3', 'IDP')), ['account_not_found@-'])
    assert.deepEqual(await connectedOf(owner), ['idp 1', 'idp 2'])
    assert.deepEqual(await connectedOf(client), ['idp 3'])
    const stranger = auth.client('app')
    assert.equal((await disconnect(stranger, '3')).status, 401)
  })

  it('needs a recent proof where the settings ask for one', async () => {
    const settings = { ACCOUNT_REAUTHENTICATION_REQUIRED: true }
    await using auth = await createSocialAuth(settings, { users: [ann] })
    const client = await signIn(auth, ann)
    await handOver(client, await auth.idp.idToken({ sub: '1' }), { process: 'connect' })
    auth.clock.advance(301)
    const answer = await disconnect(client, '1')
    assert.equal(answer.status, 401)
    assert.deepEqual(await connectedOf(client), ['idp 1'])
    // What is wrong with the fields is told before.
    assert.equal((await disconnect(client, 5)).status, 400)
  })

  it('opens nothing any more once it is disconnected', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    const client = await signIn(auth, ann)
    const token = await auth.idp.idToken({ sub: '1' })
    await handOver(client, token, { process: 'connect' })
    await disconnect(client, '1')
    const stranger = auth.client('app')
    const answer = await handOver(stranger, await auth.idp.idToken({ sub: '1' }))
    assert.equal(answer.status, 401)
    assert.equal(TestClient.pending(answer), 'provider_signup')
  })
})

describe('a password of somebody who has none', () => {
  const email = '1@people.example.org'
  const blank = [
    '',
    ' ',
    '\u0000',
    'null',
    'undefined',
    '!',
    '*',
    'x',
    null,
    undefined,
    0,
    false,
    [],
    {},
  ]

  it('is none that is blank or made up', async () => {
    await using auth = await createSocialAuth({ ACCOUNT_LOGIN_METHODS: ['email', 'username'] })
    const own = await signedInBy(auth, '1', email)
    const username = (await own.get('auth/session')).body.data?.user?.username
    assert.equal(typeof username, 'string')
    for (const password of blank) {
      for (const who of [{ email }, { username }]) {
        const client = auth.client('app')
        const answer = await client.post('auth/login', { ...who, password })
        assert.equal(answer.status, 400, JSON.stringify(password))
        assert.equal((await client.get('auth/session')).status, 401)
      }
      const again = await own.post('auth/reauthenticate', { password })
      assert.equal(again.status, 400, JSON.stringify(password))
    }
  })

  it('is answered for like a wrong one', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    await signedInBy(auth, '1', email)
    const answers = await Promise.all(
      [email, ann.email, 'nobody@example.org'].map((it) =>
        auth.client('app').post('auth/login', { email: it, password: 'copper-Lagoon-58' }),
      ),
    )
    const [first, ...others] = answers.map(({ status, text }) => `${status} ${text}`)
    for (const it of others) assert.equal(it, first)
  })
})

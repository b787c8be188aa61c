import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { setUpTotp } from '../../mfa/testing/totp.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import { appAt, connectedOf, count, createSocialAuth, handOver } from '../testing/social.ts'

const { errors, pending } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const told = { sub: '1', email: 'carl@example.org', email_verified: true }
const connect = { process: 'connect' }

describe('POST auth/provider/token', () => {
  it.each(['app', 'browser'] as const)('signs up somebody new for the %s', async (kind) => {
    await using auth = await createSocialAuth()
    const client = auth.client(kind)
    const { status, body, text } = await handOver(client, await auth.idp.idToken(told))
    assert.equal(status, 200, text)
    assert.equal(body.data?.user?.email, told.email)
    assert.equal(body.data?.user?.has_usable_password, false)
    assert.equal((await client.get('auth/session')).status, 200)
    const types = await eventTypes(auth)
    assert.deepEqual(types.slice(-3), ['signed_up', 'provider_connected', 'logged_in'])
  })

  it('logs somebody in again', async () => {
    await using auth = await createSocialAuth()
    const first = await handOver(auth.client('app'), await auth.idp.idToken(told))
    const again = await handOver(auth.client('app'), await auth.idp.idToken({ sub: '1' }))
    assert.equal(again.body.data?.user?.id, first.body.data?.user?.id)
    assert.equal(await count(auth, 'users'), 1)
  })

  it('asks for an address where the provider tells none', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('app')
    const answer = await handOver(client, await auth.idp.idToken({ sub: '1' }))
    assert.equal(answer.status, 401)
    assert.equal(pending(answer), 'provider_signup')
    assert.equal(await count(auth, 'users'), 0)
  })

  it('waits for the second factor of whoever has one', async () => {
    await using auth = await createSocialAuth({ MFA_ALLOW_UNVERIFIED_EMAIL: true })
    const client = auth.client('app')
    await handOver(client, await auth.idp.idToken(told))
    await setUpTotp(auth, client)
    const answer = await handOver(auth.client('app'), await auth.idp.idToken(told))
    assert.equal(answer.status, 401)
    assert.equal(pending(answer), 'mfa_authenticate')
  })

  it('waits for the address to be verified that the provider does not vouch for', async () => {
    await using auth = await createSocialAuth({ ACCOUNT_EMAIL_VERIFICATION: 'mandatory' })
    const client = auth.client('app')
    const token = await auth.idp.idToken({ sub: '1', email: told.email })
    assert.equal(pending(await handOver(client, token)), 'verify_email')
    const vouched = await auth.idp.idToken({ ...told, sub: '2', email: 'dan@example.org' })
    assert.equal((await handOver(auth.client('app'), vouched)).status, 200)
  })

  it('vouches for the domains that the settings name, in capitals as well', async () => {
    const settings = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
    await using auth = await createSocialAuth(settings, {
      app: { verified_email: ['People.Example.ORG'] },
    })
    const token = await auth.idp.idToken({ sub: '1', email: 'carl@people.example.org' })
    assert.equal((await handOver(auth.client('app'), token)).status, 200)
  })

  it('pretends a signup where the address is taken and nobody may learn of it', async () => {
    const settings = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
    await using auth = await createSocialAuth(settings, { users: [ann] })
    const token = await auth.idp.idToken({ ...told, email: ann.email })
    const answer = await handOver(auth.client('app'), token)
    assert.equal(pending(answer), 'verify_email')
    assert.equal(await count(auth, 'users'), 1)
    assert.equal(await count(auth, 'social_accounts'), 0)
    assert.equal((await auth.sent()).filter((it) => it.startsWith(ann.email)).length, 1)
  })

  it('answers 401 with a session for an inactive user', async () => {
    await using auth = await createSocialAuth()
    await handOver(auth.client('app'), await auth.idp.idToken(told))
    await auth.server.db.updateTable('users').set({ is_active: 0 }).execute()
    const answer = await handOver(auth.client('app'), await auth.idp.idToken(told))
    assert.equal(answer.status, 401)
    assert.ok(answer.body.meta?.session_token)
    assert.equal(pending(answer), undefined)
  })

  it('answers 403 where nobody can sign up', async () => {
    await using auth = await createSocialAuth({ HOOK_SIGNUP_OPEN: false })
    const answer = await handOver(auth.client('app'), await auth.idp.idToken(told))
    assert.equal(answer.status, 403)
    assert.equal(answer.headers.get('content-type'), 'application/json')
  })

  it('connects with whoever is signed in', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    const client = await signIn(auth, ann)
    const { token } = client
    const answer = await handOver(client, await auth.idp.idToken(told), connect)
    assert.equal(answer.status, 200, answer.text)
    assert.equal(client.token, token)
    assert.deepEqual(await connectedOf(client), ['idp 1'])
    const again = await handOver(client, await auth.idp.idToken(told), connect)
    assert.equal(again.status, 200)
    assert.deepEqual(await connectedOf(client), ['idp 1'])
  })

  it('connects nothing of somebody else', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    await handOver(auth.client('app'), await auth.idp.idToken(told))
    const client = await signIn(auth, ann)
    const answer = await handOver(client, await auth.idp.idToken(told), connect)
    assert.deepEqual([answer.status, ...errors(answer)], [400, 'connected_other@-'])
    assert.deepEqual(await connectedOf(client), [])
  })

  it('connects nothing that has the address of somebody else, where an address is enough', async () => {
    const settings = { SOCIALACCOUNT_EMAIL_AUTHENTICATION: true }
    const users = [ann, { email: told.email }]
    await using auth = await createSocialAuth(settings, { users })
    const client = await signIn(auth, ann)
    const answer = await handOver(client, await auth.idp.idToken(told), connect)
    assert.deepEqual(errors(answer), ['connected_other@-'])
  })

  it('connects nothing for whoever is not signed in', async () => {
    await using auth = await createSocialAuth()
    const answer = await handOver(auth.client('app'), await auth.idp.idToken(told), connect)
    assert.equal(answer.status, 403)
    assert.equal(await count(auth, 'social_accounts'), 0)
  })

  const idToken = { client_id: 'latchkey', id_token: 'x' }
  const inputs: [object, ...string[]][] = [
    [{}, 'required@provider', 'required@process', 'required@token', 'invalid_token@token'],
    [{ provider: 'idp', process: 'login' }, 'required@token', 'invalid_token@token'],
    [{ provider: 'idp', process: 'login', token: {} }, 'required@token'],
    [{ provider: 'idp', process: 'x', token: idToken }, 'invalid_choice@process'],
    [{ provider: 'nobody', process: 'login', token: idToken }, 'invalid_token@token'],
    [{ provider: 'idp', process: 'login', token: { id_token: 'x' } }, 'client_id_required@token'],
    [
      { provider: 'idp', process: 'login', token: { ...idToken, client_id: 'other' } },
      'invalid_token@token',
    ],
    [
      { provider: 'idp', process: 'login', token: { client_id: 'latchkey' } },
      'token_required@token',
    ],
    [{ provider: 'idp', process: 'login', token: idToken }, 'invalid_token@token'],
    [
      { provider: 'nobody', process: 'login', token: { id_token: 'x' } },
      'client_id_required@token',
    ],
    [
      { provider: 'discord', process: 'login', token: { id_token: 'x' } },
      'client_id_required@token',
    ],
    [
      { provider: 'discord', process: 'login', token: { ...idToken, client_id: 'other' } },
      'invalid_token@token',
    ],
    [
      { provider: 'discord', process: 'login', token: idToken },
      'token_authentication_not_supported@provider',
    ],
  ]
  it.each(inputs)('refuses %j', async (input, ...expected) => {
    const providers = {
      openid_connect: { APPS: [appAt('idp', 'https://idp.example.org')] },
      discord: { APPS: [{ client_id: 'latchkey', secret: 's' }] },
    }
    await using auth = await createSocialAuth({ SOCIALACCOUNT_PROVIDERS: providers })
    const answer = await auth.client('app').post('auth/provider/token', input)
    assert.deepEqual([answer.status, ...errors(answer)], [400, ...expected])
  })
})

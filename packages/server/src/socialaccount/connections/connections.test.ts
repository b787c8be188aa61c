import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import { createSocialAuth, handOver, signedInBy } from '../testing/social.ts'

const { errors } = TestClient
const path = 'account/providers'
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const connect = { process: 'connect' }

describe('GET account/providers', () => {
  it('lists the accounts in the order in which they were connected', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    const client = await signIn(auth, ann)
    const second = { sub: '2', name: 'Ann A', email: 'Ann@Example.ORG' }
    await handOver(client, await auth.idp.idToken({ sub: '1' }), connect)
    await handOver(client, await auth.other.idToken(second), { ...connect, provider: 'other' })
    const { status, body } = await client.get(path)
    assert.equal(status, 200)
    const shown = (id: string) => ({
      id,
      name: id,
      flows: ['provider_redirect', 'provider_token'],
      client_id: 'latchkey',
      openid_configuration_url: `https://${id}.example.org/.well-known/openid-configuration`,
    })
    assert.deepEqual(body.data, [
      { uid: '1', display: 'idp', provider: shown('idp') },
      { uid: '2', display: 'Ann@Example.ORG', provider: shown('other') },
    ])
  })

  it('lists those whose provider has left the settings', async () => {
    await using auth = await createSocialAuth()
    const client = await signedInBy(auth, '1')
    await auth.server.db.updateTable('social_accounts').set({ provider: 'gone' }).execute()
    const { status, body } = await client.get(path)
    assert.equal(status, 200)
    const provider = { id: 'gone', name: 'gone', flows: [] }
    assert.deepEqual(body.data, [{ uid: '1', display: '1@people.example.org', provider }])
  })

  it('answers 401 to whoever is not signed in', async () => {
    await using auth = await createSocialAuth()
    assert.equal((await auth.client('app').get(path)).status, 401)
  })
})

describe('DELETE account/providers', () => {
  it('disconnects an account, tells the user and lists the others', async () => {
    await using auth = await createSocialAuth(
      { ACCOUNT_EMAIL_NOTIFICATIONS: true },
      { users: [ann] },
    )
    const client = await signIn(auth, ann)
    for (const sub of ['1', '2']) await handOver(client, await auth.idp.idToken({ sub }), connect)
    const answer = await client.delete(path, { provider: 'idp', account: '1' })
    assert.equal(answer.status, 200, answer.text)
    assert.ok(Array.isArray(answer.body.data))
    assert.deepEqual(
      answer.body.data.map(({ uid }) => uid),
      ['2'],
    )
    assert.equal((await eventTypes(auth)).at(-1), 'provider_disconnected')
    assert.equal((await auth.sent()).filter((it) => it.startsWith(ann.email)).length, 3)
  })

  it('refuses what it does not know', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    const client = await signIn(auth, ann)
    const none = await client.delete(path, {})
    assert.deepEqual(errors(none), ['required@provider', 'required@account'])
    const unknown = await client.delete(path, { provider: 'idp', account: '1' })
    assert.deepEqual([unknown.status, ...errors(unknown)], [400, 'account_not_found@-'])
  })
})

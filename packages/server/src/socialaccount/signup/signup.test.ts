import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { TestClient } from '../../testing/client.ts'
import { listed } from '../../testing/signed-in.ts'
import {
  connectedOf,
  count,
  createSocialAuth,
  handOver,
  type SocialAuth,
  signedInBy,
  visit,
} from '../testing/social.ts'

const { errors, pending } = TestClient
const path = 'auth/provider/signup'
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const told = { sub: '1', email: 'carl@example.org', email_verified: true }
const asking = { SOCIALACCOUNT_AUTO_SIGNUP: false }

/** Somebody who came from the provider and is asked for the rest. */
async function waiting(auth: SocialAuth, as: object = told): Promise<TestClient> {
  const client = auth.client('browser')
  assert.equal(await visit(auth, client, { as: { ...as } }), '/back')
  assert.equal(pending(await client.get('auth/session')), 'provider_signup')
  return client
}

describe('GET auth/provider/signup', () => {
  it('shows what the provider told', async () => {
    await using auth = await createSocialAuth(asking)
    const client = await waiting(auth, { ...told, preferred_username: 'carl', name: 'Carl C' })
    const { status, body } = await client.get(path)
    assert.equal(status, 200)
    assert.deepEqual(body.data?.email, [{ email: told.email, verified: true, primary: true }])
    assert.deepEqual(body.data?.user, {
      display: 'carl',
      username: 'carl',
      has_usable_password: false,
    })
    assert.partialDeepStrictEqual(body.data?.account, { uid: '1', display: told.email })
  })

  it('shows a username as it was told, also one that can not be had', async () => {
    await using auth = await createSocialAuth(asking, { users: [{ ...ann, username: 'ann' }] })
    for (const preferred_username of ['ann', 'Carl C!']) {
      const client = await waiting(auth, { ...told, preferred_username })
      const { user } = (await client.get(path)).body.data ?? {}
      assert.partialDeepStrictEqual(user, {
        display: preferred_username,
        username: preferred_username,
      })
    }
  })

  it('shows nobody where the provider names nobody', async () => {
    await using auth = await createSocialAuth(asking)
    const client = await waiting(auth)
    const { user } = (await client.get(path)).body.data ?? {}
    assert.deepEqual(user, { display: 'user', has_usable_password: false })
  })

  it('answers 409 where none waits, as the POST does whatever is in it', async () => {
    await using auth = await createSocialAuth()
    const client = auth.client('browser')
    assert.equal((await client.get(path)).status, 409)
    for (const input of [{}, { email: 'no address' }, { email: 'new@example.org' }]) {
      assert.equal((await client.post(path, input)).status, 409)
    }
  })
})

describe('POST auth/provider/signup', () => {
  it('makes the account under another session id', async () => {
    await using auth = await createSocialAuth(asking)
    const client = await waiting(auth)
    const before = client.cookies.get('sessionid')
    const answer = await client.post(path, { email: told.email })
    assert.equal(answer.status, 200, answer.text)
    assert.notEqual(client.cookies.get('sessionid'), before)
    assert.deepEqual(listed(await client.get('account/email')), [`${told.email} verified primary`])
    assert.deepEqual(await connectedOf(client), ['idp 1'])
    assert.equal((await client.get(path)).status, 409)
  })

  it('keeps the address that the provider vouches for before the one that was typed', async () => {
    await using auth = await createSocialAuth(asking)
    const client = await waiting(auth)
    const sent = (await auth.sent()).length
    await client.post(path, { email: 'typed@example.org' })
    const expected = [`${told.email} verified primary`, 'typed@example.org']
    assert.deepEqual(listed(await client.get('account/email')), expected)
    assert.equal((await auth.sent()).length, sent)
  })

  it('has the address that was typed in before one that nobody vouches for', async () => {
    await using auth = await createSocialAuth(asking)
    const client = await waiting(auth, { ...told, email_verified: false })
    const answer = await client.post(path, { email: 'typed@example.org' })
    assert.equal(answer.body.data?.user?.email, 'typed@example.org')
    const expected = ['typed@example.org primary', told.email]
    assert.deepEqual(listed(await client.get('account/email')), expected)
  })

  it('tells that an address is taken, and lets another be chosen', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    const client = await waiting(auth, { ...told, email: ann.email })
    assert.deepEqual(errors(await client.post(path, { email: ann.email })), ['email_taken@email'])
    const answer = await client.post(path, { email: 'new@example.org' })
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual(listed(await client.get('account/email')), ['new@example.org primary'])
  })

  it('refuses what is no address, or too long', async () => {
    await using auth = await createSocialAuth()
    const client = await waiting(auth, { sub: '1' })
    for (const email of ['x', 'a@b', '', `${'a'.repeat(60)}@${'b.'.repeat(120)}org`]) {
      const answer = await client.post(path, { email })
      assert.equal(answer.status, 400, email)
      assert.match(String(errors(answer)), /@email/)
    }
    assert.equal(await count(auth, 'users'), 0)
  })

  it('has an address verified where that is mandatory', async () => {
    await using auth = await createSocialAuth({ ACCOUNT_EMAIL_VERIFICATION: 'mandatory' })
    const client = await waiting(auth, { sub: '1' })
    const answer = await client.post(path, { email: 'new@example.org' })
    assert.equal(pending(answer), 'verify_email')
    const verified = await client.post('auth/email/verify', {
      key: await auth.secretTo('new@example.org'),
    })
    assert.ok([200, 401].includes(verified.status), verified.text)
    assert.deepEqual(await connectedOf(await signedInBy(auth, '1')), ['idp 1'])
  })

  it('pretends where the address is taken and nobody may learn of it', async () => {
    const settings = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
    await using auth = await createSocialAuth(settings, { users: [ann] })
    const client = await waiting(auth, { sub: '1' })
    assert.equal(pending(await client.post(path, { email: ann.email })), 'verify_email')
    assert.equal(await count(auth, 'users'), 1)
  })

  it('is still there after a login by password in the session', async () => {
    await using auth = await createSocialAuth({}, { users: [ann] })
    const client = await waiting(auth, { sub: '1' })
    assert.equal((await client.post('auth/login', ann)).status, 200)
    const answer = await client.post(path, { email: 'new@example.org' })
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.body.data?.user?.email, 'new@example.org')
    // As with any login that takes the place of another user.
    assert.deepEqual(answer.body.data?.methods, [])
  })

  it('ends the session of whoever was signed in when somebody else came', async () => {
    await using auth = await createSocialAuth()
    const client = await signedInBy(auth, '1')
    await visit(auth, client, { as: { sub: '2' } })
    const answer = await client.get('auth/session')
    assert.equal(answer.status, 401)
    assert.equal(pending(answer), 'provider_signup')
  })

  it('logs in whom somebody else has signed up meanwhile', async () => {
    await using auth = await createSocialAuth(asking)
    const [first, second] = [await waiting(auth), await waiting(auth)]
    const made = await first.post(path, { email: told.email })
    const answer = await second.post(path, { email: 'other@example.org' })
    assert.equal(answer.body.data?.user?.id, made.body.data?.user?.id)
    assert.equal(await count(auth, 'users'), 1)
  })

  it('answers 403 once nobody can sign up', async () => {
    await using auth = await createSocialAuth({ ...asking, HOOK_SIGNUP_OPEN: false })
    const answer = await handOver(auth.client('app'), await auth.idp.idToken(told))
    assert.equal(answer.status, 403)
  })
})

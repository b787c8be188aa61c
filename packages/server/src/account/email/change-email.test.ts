import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, listed, signIn } from '../../testing/signed-in.ts'

const { errors } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const [next, third] = ['next@example.org', 'third@example.org']
const annVerified = 'ann@example.org verified primary'
const byLink = { ACCOUNT_CHANGE_EMAIL: true }
const byCode = { ...byLink, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true }
const noticed = { ACCOUNT_EMAIL_NOTIFICATIONS: true, ACCOUNT_RATE_LIMITS: false }

async function start({ settings = byLink, users = [ann, bob] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const client = await signIn(auth, ann)
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

function change(client: TestClient, email: string) {
  return client.post('account/email', { email })
}

function verify(client: TestClient, key: string) {
  return client.post('auth/email/verify', { key })
}

describe('POST account/email with ACCOUNT_CHANGE_EMAIL', () => {
  it('leaves the old address in use until the new one is verified, by link and by code', async () => {
    for (const settings of [byLink, byCode]) {
      await using it = await start({ settings })
      assert.deepEqual(listed(await change(it.client, next)), [annVerified, next])
      const early = await it.client.get('auth/session')
      assert.equal(early.body.data?.user?.email, ann.email)
      const answer = await verify(it.client, await it.auth.secretTo(next))
      assert.equal(answer.body.data?.user?.email, next)
      assert.deepEqual(listed(await it.client.get('account/email')), [`${next} verified primary`])
      const login = { email: ann.email, password }
      const old = await it.auth.client('app').post('auth/login', login)
      assert.deepEqual(errors(old), ['email_password_mismatch@password'])
      await signIn(it.auth, { email: next, password })
    }
  })

  it('works with a maximum of two', async () => {
    await using it = await start({ settings: { ...byLink, ACCOUNT_MAX_EMAIL_ADDRESSES: 2 } })
    await change(it.client, next)
    assert.equal((await change(it.client, third)).status, 200)
  })

  it('gives a newer address the place of one that waits, whose link is void', async () => {
    await using it = await start()
    await change(it.client, next)
    const first = await it.auth.secretTo(next)
    assert.deepEqual(listed(await change(it.client, third)), [annVerified, third])
    assert.deepEqual(errors(await verify(it.client, first)), ['invalid_or_expired_key@key'])
    const second = await it.auth.secretTo(third)
    assert.equal((await verify(it.client, second)).body.data?.user?.email, third)
    assert.deepEqual(errors(await verify(it.client, second)), ['invalid_or_expired_key@key'])
  })

  it('of two new addresses in two sessions leaves one, by code', async () => {
    await using it = await start({ settings: byCode })
    const other = await signIn(it.auth, ann)
    await change(it.client, next)
    await change(other, third)
    const [first, second] = [await it.auth.secretTo(next), await it.auth.secretTo(third)]
    assert.equal((await verify(it.client, first)).status, 200)
    assert.equal((await verify(other, second)).status, 200)
    assert.deepEqual(listed(await it.client.get('account/email')), [`${third} verified primary`])
  })

  it('takes the key of the link also without a session', async () => {
    await using it = await start()
    await change(it.client, next)
    const key = await it.auth.secretTo(next)
    assert.equal((await verify(it.auth.client('browser'), key)).status, 401)
    const { body } = await it.client.get('auth/session')
    assert.equal(body.data?.user?.email, next)
  })

  it('frees the old address', async () => {
    await using it = await start()
    await change(it.client, next)
    await verify(it.client, await it.auth.secretTo(next))
    const signup = { email: ann.email, password: 'tidy-Walrus-90' }
    assert.equal((await it.auth.client('app').post('auth/signup', signup)).status, 200)
  })

  it('never takes an address that another user has verified', async () => {
    for (const settings of [byLink, byCode]) {
      await using it = await start({ settings })
      await change(it.client, bob.email)
      const answer = await verify(it.client, await it.auth.secretTo(bob.email))
      assert.deepEqual(errors(answer), ['email_taken@key'])
      const { body } = await it.client.get('auth/session')
      assert.equal(body.data?.user?.email, ann.email)
      await signIn(it.auth, bob)
    }
  })

  it('drops the address that waits on demand', async () => {
    for (const settings of [byLink, byCode]) {
      await using it = await start({ settings })
      await change(it.client, next)
      const answer = await it.client.delete('account/email', { email: next })
      assert.deepEqual(listed(answer), [annVerified])
      const kept = await it.client.delete('account/email', { email: ann.email })
      assert.deepEqual(errors(kept), ['cannot_remove_primary_email@email'])
    }
  })
})

describe('verifying a changed address with notifications', () => {
  it('tells the old address where the new one is, and from where that was done', async () => {
    for (const settings of [byLink, byCode]) {
      await using it = await start({ settings: { ...settings, ...noticed } })
      await change(it.client, next)
      const key = await it.auth.secretTo(next)
      const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko/1 Firefox/1' }
      await it.client.post('auth/email/verify', { key }, { headers })
      const mail = await it.auth.mailTo(ann.email)
      assert.match(mail, /from ann@example\.org to\s+next@example\.org/)
      assert.match(mail, /Address: 192\.0\.2\.1\nDevice: Firefox on Linux/)
      assert.equal((await it.auth.sent()).length, 2)
      const events = (await eventTypes(it.auth)).filter((type) => type.startsWith('email_c'))
      assert.deepEqual(events, ['email_confirmed', 'email_changed'])
    }
  })

  it('tells no address that nobody has shown to own', async () => {
    const users = [{ ...ann, email_verified: false }]
    await using it = await start({ settings: { ...byLink, ...noticed }, users })
    await change(it.client, next)
    await verify(it.client, await it.auth.secretTo(next))
    assert.deepEqual(await it.auth.sent(), [`${next}: Confirm your email address - Latchkey`])
  })

  it('tells nobody unless the settings say so', async () => {
    await using it = await start()
    await change(it.client, next)
    await verify(it.client, await it.auth.secretTo(next))
    assert.equal((await it.auth.sent()).length, 1)
  })
})

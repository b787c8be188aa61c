import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { listed, signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const typo = 'amm@example.org'
const meant = 'ann@example.org'
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const mandatory = {
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
}
const changing = {
  ...mandatory,
  ACCOUNT_RATE_LIMITS: false,
  ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE: 2,
}
const notice = `${bob.email}: You already have an account - Latchkey`

/** A server, and a client whose signup waits for the code of a mistyped address. */
async function start({ settings = changing, users = [bob] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const client = auth.client('app')
  const answer = await client.post('auth/signup', { email: typo, password })
  assert.equal(pending(answer), 'verify_email')
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

function change(client: TestClient, email: unknown) {
  return client.post('account/email', { email })
}

function verify(client: TestClient, key: string) {
  return client.post('auth/email/verify', { key })
}

describe('POST account/email while a signup waits for its code', () => {
  it('sends the code to the other address, which takes the place of the first', async () => {
    await using it = await start()
    const first = await it.auth.secretTo(typo)
    const answer = await change(it.client, ' Ann@Example.org')
    assert.equal(answer.status, 200)
    assert.deepEqual(listed(answer), [meant])
    assert.equal(pending(await it.client.get('auth/session')), 'verify_email')
    assert.deepEqual(errors(await verify(it.client, first)), ['incorrect_code@key'])
    const verified = await verify(it.client, await it.auth.secretTo(meant))
    assert.equal(verified.body.data?.user?.email, meant)
    assert.deepEqual(listed(await it.client.get('account/email')), [`${meant} verified primary`])
  })

  it('works as often as the settings allow, and gives no attempts back', async () => {
    await using it = await start()
    for (const email of ['one@example.org', meant]) {
      assert.equal((await change(it.client, email)).status, 200)
      await verify(it.client, 'BCDF-GHJK')
    }
    assert.equal((await change(it.client, 'three@example.org')).status, 409)
    assert.equal((await verify(it.client, 'BCDF-GHJK')).status, 400)
    assert.equal((await verify(it.client, await it.auth.secretTo(meant))).status, 409)
  })

  it('answers 409 where the settings do not allow it, or nothing waits, before the input', async () => {
    await using it = await start({ settings: mandatory })
    assert.equal((await change(it.client, 'bad')).status, 409)
    assert.equal((await change(it.auth.client('app'), 'bad')).status, 409)
    assert.equal((await it.auth.sent()).length, 1)
  })

  it('answers 409 by link', async () => {
    const settings = { ...changing, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: false }
    await using it = await start({ settings })
    assert.equal((await change(it.client, meant)).status, 409)
  })

  it('refuses what is missing or malformed, and uses nothing up', async () => {
    await using it = await start()
    for (const email of ['', 'bad', undefined]) {
      assert.equal((await change(it.client, email)).status, 400)
    }
    assert.deepEqual(errors(await change(it.client, typo)), ['same_as_current@email'])
    assert.equal((await change(it.client, 'one@example.org')).status, 200)
    assert.equal((await change(it.client, meant)).status, 200)
  })

  it('answers 429 for an address that got a code a moment ago', async () => {
    await using it = await start({ settings: { ...changing, ACCOUNT_RATE_LIMITS: {} } })
    assert.equal((await change(it.client, meant)).status, 200)
    assert.equal((await change(it.client, typo)).status, 429)
    it.auth.clock.advance(10)
    assert.equal((await change(it.client, typo)).status, 200)
    assert.equal((await it.auth.sent()).length, 3)
  })

  it('of 20 at once lets as many through as are allowed', async () => {
    await using it = await start()
    const asked = Array.from({ length: 20 }, (_, n) => change(it.client, `n${n}@example.org`))
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 200).length, 2)
    assert.equal((await it.auth.sent()).length, 3)
  })

  it('is counted as a change of the user, also a mistaken one', async () => {
    const settings = { ...changing, ACCOUNT_RATE_LIMITS: { manage_email: '2/m/user' } }
    await using it = await start({ settings })
    assert.equal((await change(it.client, 'bad')).status, 400)
    assert.equal((await change(it.client, meant)).status, 200)
    assert.equal((await change(it.client, 'bad')).status, 429)
    it.auth.clock.advance(60)
    assert.equal((await change(it.client, 'bad')).status, 400)
  })

  it('is stored at once, so that a login elsewhere goes on with it', async () => {
    await using it = await start()
    await change(it.client, meant)
    const headers = { 'x-email-verification-key': await it.auth.secretTo(meant) }
    const looked = await it.client.get('auth/email/verify', { headers })
    assert.equal(looked.body.data?.user?.email, meant)
    const other = it.auth.client('app')
    const old = await other.post('auth/login', { email: typo, password })
    assert.deepEqual(errors(old), ['email_password_mismatch@password'])
    const login = await other.post('auth/login', { email: meant, password })
    assert.equal(pending(login), 'verify_email')
  })

  it('frees the first address, and takes the other one', async () => {
    await using it = await start()
    await change(it.client, meant)
    for (const [email, isTold] of [
      [typo, false],
      [meant, true],
    ] as const) {
      await it.auth.client('app').post('auth/signup', { email, password })
      const last = String((await it.auth.sent()).at(-1))
      assert.ok(last.startsWith(email), last)
      assert.equal(last.includes('already have an account'), isTold, last)
    }
  })

  it('is for the login that waits, and not for another that began in the session', async () => {
    const users = [bob, { email: 'cat@example.org', password, email_verified: false }]
    await using it = await start({ users })
    await change(it.client, meant)
    const stale = await it.auth.secretTo(meant)
    await it.client.post('auth/login', { email: 'cat@example.org', password })
    assert.deepEqual(errors(await verify(it.client, stale)), ['incorrect_code@key'])
    await change(it.client, 'kitten@example.org')
    const answer = await verify(it.client, await it.auth.secretTo('kitten@example.org'))
    assert.equal(answer.body.data?.user?.email, 'kitten@example.org')
  })

  it('is over with the signup', async () => {
    await using it = await start()
    await verify(it.client, await it.auth.secretTo(typo))
    const answer = await change(it.client, meant)
    assert.deepEqual(listed(answer), [`${typo} verified primary`, meant])
  })
})

describe('POST account/email with a taken address while a signup waits for its code', () => {
  it('tells the owner, lists the old address, and no code matches', async () => {
    await using it = await start()
    const answer = await change(it.client, bob.email)
    assert.deepEqual([answer.status, listed(answer)], [200, [`${typo} primary`]])
    assert.equal((await it.auth.sent()).at(-1), notice)
    const first = await it.auth.secretTo(typo)
    assert.deepEqual(errors(await verify(it.client, first)), ['incorrect_code@key'])
    assert.equal(pending(await it.client.get('auth/session')), 'verify_email')
    await signIn(it.auth, bob)
  })

  it('can be followed by a free one', async () => {
    await using it = await start()
    await change(it.client, bob.email)
    assert.deepEqual(listed(await change(it.client, meant)), [meant])
    const answer = await verify(it.client, await it.auth.secretTo(meant))
    assert.equal(answer.body.data?.user?.email, meant)
  })

  it('is refused where nothing is to be hidden', async () => {
    await using it = await start({ settings: { ...changing, ACCOUNT_PREVENT_ENUMERATION: false } })
    assert.deepEqual(errors(await change(it.client, bob.email)), ['email_taken@email'])
    assert.equal((await change(it.client, 'one@example.org')).status, 200)
    assert.equal((await change(it.client, meant)).status, 200)
  })

  it('is no different where enumeration is strictly prevented', async () => {
    await using it = await start({
      settings: { ...changing, ACCOUNT_PREVENT_ENUMERATION: 'strict' },
    })
    assert.deepEqual(listed(await change(it.client, bob.email)), [`${typo} primary`])
    assert.equal((await it.auth.sent()).at(-1), notice)
  })

  it('tells the owner five times in ten minutes at most', async () => {
    const settings = { ...changing, ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE: 20 }
    await using it = await start({ settings })
    for (let n = 0; n < 7; n += 1) {
      assert.equal((await change(it.client, bob.email)).status, 200)
      assert.equal((await change(it.client, `n${n}@example.org`)).status, 200)
    }
    assert.equal((await it.auth.sent()).filter((it) => it === notice).length, 5)
    it.auth.clock.advance(600)
    await it.client.post('auth/signup', { email: bob.email, password })
    assert.equal((await it.auth.sent()).filter((it) => it === notice).length, 6)
  })

  it('is not possible for a signup that only pretends', async () => {
    await using it = await start()
    const pretender = it.auth.client('app')
    const signup = { email: bob.email, password }
    assert.equal(pending(await pretender.post('auth/signup', signup)), 'verify_email')
    assert.equal((await change(pretender, meant)).status, 409)
  })
})

describe('POST account/email while a login waits for its code', () => {
  const second = 'second@example.org'
  const ann = {
    email: meant,
    password,
    email_verified: false,
    extra_emails: [{ email: second, verified: false }],
  }

  async function waiting(options: TestAuthOptions) {
    const auth = await createTestAuth({ settings: changing, ...options })
    const client = auth.client('browser')
    assert.equal(pending(await client.post('auth/login', ann)), 'verify_email')
    return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
  }

  it('takes the second address of the user, which is not taken', async () => {
    await using it = await waiting({ users: [ann] })
    assert.deepEqual(listed(await change(it.client, second)), [second])
    const answer = await verify(it.client, await it.auth.secretTo(second))
    assert.equal(answer.status, 200)
    const all = listed(await it.client.get('account/email'))
    assert.deepEqual(all, [`${meant} primary`, `${second} verified`])
  })

  it('is for nobody who was signed in before', async () => {
    const verified = { email: 'verified@example.org', verified: true }
    await using it = await waiting({ users: [{ ...ann, extra_emails: [verified] }] })
    await signIn(it.auth, { email: verified.email, password })
    assert.equal((await change(it.client, 'bad')).status, 409)
  })

  it('never replaces a verified address', async () => {
    const verified = { email: second, verified: true }
    await using it = await waiting({ users: [{ ...ann, extra_emails: [verified] }] })
    await change(it.client, 'new@example.org')
    await verify(it.client, await it.auth.secretTo('new@example.org'))
    const all = listed(await it.client.get('account/email'))
    assert.ok(all.includes(`${second} verified`), all.join())
  })

  it('puts the correction in the place of the address that the login is with', async () => {
    const auth = await createTestAuth({
      settings: changing,
      users: [bob, { ...ann, email_verified: true }],
    })
    await using _ = auth
    const client = auth.client('app')
    assert.equal(
      pending(await client.post('auth/login', { email: second, password })),
      'verify_email',
    )
    await change(client, bob.email)
    await change(client, 'new@example.org')
    const answer = await verify(client, await auth.secretTo('new@example.org'))
    assert.equal(answer.status, 200)
    const all = listed(await client.get('account/email'))
    assert.deepEqual(all, [`${meant} verified primary`, 'new@example.org verified'])
  })

  it('answers 409 where the address was verified elsewhere meanwhile', async () => {
    await using it = await waiting({ users: [{ ...ann, extra_emails: [] }, bob] })
    await it.auth.server.db.updateTable('email_addresses').set({ is_verified: 1 }).execute()
    for (const email of ['new@example.org', bob.email]) {
      assert.equal((await change(it.client, email)).status, 409)
    }
  })
})

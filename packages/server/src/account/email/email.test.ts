import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { listed, signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const second = 'second@example.org'
const noLimits = { ACCOUNT_RATE_LIMITS: false }

/** A server with Ann (and whoever else) and a client that she is signed in with. */
async function start({ settings = {}, users = [ann] }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings, users })
  const client = await signIn(auth, ann)
  return { auth, client, [Symbol.asyncDispose]: () => auth.close() }
}

function add(client: TestClient, email: unknown, more: object = {}) {
  return client.post('account/email', { email, ...more })
}

async function storedAddresses({ server }: TestAuth): Promise<string[]> {
  const rows = await server.db.selectFrom('email_addresses').select('email').execute()
  return rows.map(({ email }) => email).sort()
}

describe('GET account/email', () => {
  it('lists the own addresses, the primary one first', async () => {
    const extra_emails = [
      { email: 'b@example.org', verified: false },
      { email: 'a@example.org', verified: true },
    ]
    await using it = await start({ users: [{ ...ann, extra_emails }, bob] })
    const answer = await it.client.get('account/email')
    assert.equal(answer.status, 200)
    assert.deepEqual(listed(answer), [
      'ann@example.org verified primary',
      'b@example.org',
      'a@example.org verified',
    ])
  })

  it('answers 401 to whoever is not signed in, or only half', async () => {
    const settings = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }
    const users = [{ ...ann, email_verified: false }]
    await using auth = await createTestAuth({ settings, users })
    for (const kind of ['app', 'browser'] as const) {
      const client = auth.client(kind)
      assert.equal((await client.get('account/email')).status, 401)
      assert.equal(pending(await client.post('auth/login', ann)), 'verify_email')
      assert.equal((await client.get('account/email')).status, 401)
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const answer = await client.request(method, 'account/email', { email: ann.email })
        assert.equal(answer.status, 401, method)
      }
      assert.equal((await add(client, second)).status, 409)
    }
    assert.deepEqual(await storedAddresses(auth), [ann.email])
  })
})

describe('POST account/email by link', () => {
  it('stores the address unverified and mails a link that verifies it', async () => {
    await using it = await start()
    const answer = await add(it.client, second)
    assert.equal(answer.status, 200)
    assert.deepEqual(listed(answer), ['ann@example.org verified primary', second])
    const key = await it.auth.secretTo(second)
    assert.equal((await it.client.post('auth/email/verify', { key })).status, 200)
    const after = await it.client.get('account/email')
    assert.deepEqual(listed(after), ['ann@example.org verified primary', `${second} verified`])
    assert.deepEqual(await it.auth.sent(), [`${second}: Confirm your email address - Latchkey`])
  })

  it('keeps an address in one spelling', async () => {
    await using it = await start()
    await add(it.client, ' Second@EXAMPLE.Org ')
    await add(it.client, 'x@B\u00fc\u00adcher.example')
    assert.deepEqual(await storedAddresses(it.auth), [ann.email, second, 'x@bücher.example'])
    const again = await add(it.client, 'x@xn--bcher-kva.example')
    assert.deepEqual(errors(again), ['duplicate_email@email'])
  })

  it('refuses what is missing, malformed or too long', async () => {
    await using it = await start({ settings: { ...noLimits, ACCOUNT_EMAIL_MAX_LENGTH: 30 } })
    for (const email of [undefined, null, '', '  ', []]) {
      assert.deepEqual(errors(await add(it.client, email)), ['required@email'])
    }
    const wrong = ['bad', 'a@b', 'a b@example.org', 'a@example.org\nb@example.org', '＠', 7]
    for (const email of [...wrong, 'a@example.org,b@example.org', '<a@example.org>']) {
      assert.deepEqual(errors(await add(it.client, email)), ['invalid@email'], String(email))
    }
    const long = await add(it.client, `${'a'.repeat(20)}@example.org`)
    assert.deepEqual(errors(long), ['max_length@email'])
    assert.deepEqual(await storedAddresses(it.auth), [ann.email])
    assert.deepEqual(await it.auth.sent(), [])
  })

  it('refuses an own address, verified or not, however it is written', async () => {
    const extra_emails = [{ email: second, verified: false }]
    await using it = await start({ users: [{ ...ann, extra_emails }] })
    for (const email of [ann.email, 'ANN@example.org', second]) {
      assert.deepEqual(errors(await add(it.client, email)), ['duplicate_email@email'])
    }
    assert.deepEqual(await it.auth.sent(), [])
  })

  it('makes the first address of a user the primary one once it is verified', async () => {
    const settings = {
      ACCOUNT_LOGIN_METHODS: ['username'],
      ACCOUNT_SIGNUP_FIELDS: ['username*', 'password1*'],
      ACCOUNT_EMAIL_VERIFICATION: 'none',
    }
    await using auth = await createTestAuth({ settings, users: [{ username: 'ann', password }] })
    const client = auth.client('app')
    await client.post('auth/login', { username: 'ann', password })
    assert.deepEqual(listed(await add(client, second)), [second])
    const early = await client.get('auth/session')
    assert.equal(early.body.data?.user?.email, undefined)
    const key = await auth.secretTo(second)
    const { body } = await client.post('auth/email/verify', { key })
    assert.equal(body.data?.user?.email, second)
    assert.deepEqual(listed(await client.get('account/email')), [`${second} verified primary`])
  })

  it('does not let the body decide what belongs to nobody but the server', async () => {
    await using it = await start({ users: [ann, bob] })
    const { db } = it.auth.server
    const [own, other] = await db.selectFrom('users').select('id').orderBy('id').execute()
    const more = { verified: true, is_verified: true, primary: true, user_id: other?.id, id: 'x' }
    const answer = await add(it.client, second, more)
    assert.deepEqual(listed(answer), ['ann@example.org verified primary', second])
    const row = await db
      .selectFrom('email_addresses')
      .selectAll()
      .where('email', '=', second)
      .executeTakeFirstOrThrow()
    assert.deepEqual([row.user_id, row.is_verified, row.is_primary], [own?.id, 0, 0])
    assert.notEqual(row.id, 'x')
  })

  it('stores one row and mails once for 20 of the same at once, from two sessions', async () => {
    await using it = await start({ settings: { ACCOUNT_RATE_LIMITS: { manage_email: '100/m' } } })
    const other = await signIn(it.auth, ann)
    const adds = Array.from({ length: 20 }, (_, n) => add(n % 2 ? it.client : other, second))
    const outcomes = (await Promise.all(adds)).map((it) => errors(it)[0] ?? it.status)
    assert.deepEqual(outcomes.toSorted(), [200, ...Array(19).fill('duplicate_email@email')])
    assert.deepEqual(await storedAddresses(it.auth), [ann.email, second])
    assert.equal((await it.auth.sent()).length, 1)
  })

  it('mails nothing to an address that was mailed a moment ago, though it stores it', async () => {
    await using it = await start()
    await add(it.client, second)
    await it.client.delete('account/email', { email: second })
    assert.equal((await add(it.client, second)).status, 200)
    assert.equal((await it.auth.sent()).length, 1)
    assert.deepEqual(await storedAddresses(it.auth), [ann.email, second])
  })

  it('writes an event with the address', async () => {
    await using it = await start()
    await add(it.client, second)
    const events = await it.auth.server.db
      .selectFrom('events')
      .select('data')
      .where('type', '=', 'email_added')
      .execute()
    assert.equal(events.length, 1)
    assert.match(JSON.stringify(events), /second@example\.org/)
  })
})

describe('POST account/email, ACCOUNT_MAX_EMAIL_ADDRESSES', () => {
  const settings = { ...noLimits, ACCOUNT_MAX_EMAIL_ADDRESSES: 2 }

  it('refuses one too many, and names a duplicate as that', async () => {
    await using it = await start({ settings })
    await add(it.client, second)
    const third = await add(it.client, 'third@example.org')
    assert.deepEqual(errors(third), ['max_email_addresses@email'])
    assert.deepEqual(errors(await add(it.client, second)), ['duplicate_email@email'])
    await it.client.delete('account/email', { email: second })
    assert.equal((await add(it.client, 'third@example.org')).status, 200)
  })

  it('is told after what the address itself is refused for', async () => {
    const open = { ...settings, ACCOUNT_PREVENT_ENUMERATION: false }
    await using it = await start({ settings: open, users: [ann, bob] })
    await add(it.client, second)
    assert.deepEqual(errors(await add(it.client, bob.email)), ['email_taken@email'])
  })

  it('holds for 10 different ones at once', async () => {
    await using it = await start({ settings })
    const adds = Array.from({ length: 10 }, (_, n) => add(it.client, `n${n}@example.org`))
    const answers = await Promise.all(adds)
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal((await storedAddresses(it.auth)).length, 2)
    assert.equal((await it.auth.sent()).length, 1)
  })

  it('holds for codes that two sessions wait for', async () => {
    const byCode = { ...settings, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true }
    await using it = await start({ settings: byCode })
    const other = await signIn(it.auth, ann)
    await add(it.client, second)
    await add(other, 'third@example.org')
    const keys = [await it.auth.secretTo(second), await it.auth.secretTo('third@example.org')]
    assert.equal((await it.client.post('auth/email/verify', { key: keys[0] })).status, 200)
    const late = await other.post('auth/email/verify', { key: keys[1] })
    assert.deepEqual(errors(late), ['max_email_addresses@key'])
    assert.deepEqual(await storedAddresses(it.auth), [ann.email, second])
  })
})

describe('POST account/email with the address of another account', () => {
  const byCode = { ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true }

  it('answers as for a free one; what its owner is sent verifies nothing', async () => {
    for (const settings of [{}, byCode, { ACCOUNT_PREVENT_ENUMERATION: 'strict' }]) {
      await using it = await start({ settings, users: [ann, bob] })
      const taken = await add(it.client, bob.email)
      assert.deepEqual([taken.status, listed(taken).at(-1)], [200, bob.email])
      const key = await it.auth.secretTo(bob.email)
      const verified = await it.client.post('auth/email/verify', { key })
      assert.deepEqual(errors(verified), ['email_taken@key'])
      const login = await it.auth.client('app').post('auth/login', bob)
      assert.equal(login.body.data?.user?.username, 'bob')
    }
  })

  it('is refused where nothing is to be hidden', async () => {
    for (const more of [{}, byCode]) {
      const settings = { ...more, ACCOUNT_PREVENT_ENUMERATION: false }
      await using it = await start({ settings, users: [ann, bob] })
      assert.deepEqual(errors(await add(it.client, 'BOB@example.org')), ['email_taken@email'])
      assert.deepEqual(await it.auth.sent(), [])
    }
  })

  it('works where addresses are not unique', async () => {
    const settings = { ACCOUNT_PREVENT_ENUMERATION: false, ACCOUNT_UNIQUE_EMAIL: false }
    await using it = await start({ settings, users: [ann, bob] })
    await add(it.client, bob.email)
    const key = await it.auth.secretTo(bob.email)
    assert.equal((await it.client.post('auth/email/verify', { key })).status, 200)
  })

  it('is won by whoever verifies first, where both have it unverified', async () => {
    const settings = { ACCOUNT_PREVENT_ENUMERATION: 'strict', ...noLimits }
    const users = [ann, { ...bob, email_verified: false }]
    await using it = await start({ settings, users })
    await add(it.client, bob.email)
    const key = await it.auth.secretTo(bob.email)
    assert.equal((await it.client.post('auth/email/verify', { key })).status, 200)
    const login = await it.auth.client('app').post('auth/login', bob)
    assert.deepEqual(errors(login), ['email_password_mismatch@password'])
  })
})

describe('POST account/email, the limit manage_email', () => {
  it('counts every change, also a mistaken one, in all sessions, and no look', async () => {
    const settings = { ACCOUNT_RATE_LIMITS: { manage_email: '2/m/user' } }
    await using it = await start({ settings, users: [ann, bob] })
    const browser = await signIn(it.auth, ann, 'browser')
    const ofBob = await signIn(it.auth, bob)
    await add(it.client, 'bad')
    await browser.delete('account/email', { email: 'nobody@example.org' })
    for (let n = 0; n < 3; n += 1) {
      assert.equal((await it.client.get('account/email')).status, 200)
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await it.client.request(method, 'account/email', { email: second })
      assert.equal(answer.status, 429, method)
      assert.equal(answer.headers.get('retry-after'), '60')
    }
    assert.equal((await add(ofBob, second)).status, 200)
    it.auth.clock.advance(60)
    assert.equal((await add(it.client, 'third@example.org')).status, 200)
  })

  it('lets as many of 30 at once through as it allows', async () => {
    await using it = await start({
      settings: { ACCOUNT_RATE_LIMITS: { manage_email: '4/m/user' } },
    })
    const adds = Array.from({ length: 30 }, (_, n) => add(it.client, `n${n}@example.org`))
    const statuses = (await Promise.all(adds)).map(({ status }) => status)
    assert.equal(statuses.filter((it) => it === 429).length, 26)
    assert.ok((await storedAddresses(it.auth)).length <= 5)
  })
})

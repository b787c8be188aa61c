import assert from 'node:assert/strict'
import { pbkdf2Sync } from 'node:crypto'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const byAll = {
  ACCOUNT_LOGIN_METHODS: ['username', 'email', 'phone'],
  ACCOUNT_SIGNUP_FIELDS: ['username*', 'email*', 'phone', 'password1*'],
  ACCOUNT_RATE_LIMITS: false,
}
const byUsername = {
  ACCOUNT_LOGIN_METHODS: ['username'],
  ACCOUNT_SIGNUP_FIELDS: ['username*', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'none',
}
const byPhone = {
  ACCOUNT_LOGIN_METHODS: ['phone'],
  ACCOUNT_SIGNUP_FIELDS: ['phone*', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'none',
}

function logIn(auth: TestAuth, input: object) {
  return auth.client('app').post('auth/login', input)
}

describe('POST auth/login', () => {
  it('signs in by email and tells user, method and token', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const { status, body } = await logIn(auth, { email: ann.email, password })
    assert.equal(status, 200)
    const { id, ...user } = body.data?.user ?? {}
    assert.match(String(id), /^[0-9a-f-]{36}$/)
    assert.deepEqual(user, {
      display: 'ann',
      email: ann.email,
      username: 'ann',
      has_usable_password: true,
    })
    const at = auth.clock.now / 1000
    assert.deepEqual(body.data?.methods, [{ method: 'password', at, email: ann.email }])
    assert.equal(body.meta?.is_authenticated, true)
    assert.match(body.meta?.session_token ?? '', /^[\w-]{43}$/)
    assert.deepEqual(await auth.sent(), [])
  })

  it('signs in by username, in any case', async () => {
    await using auth = await createTestAuth({ settings: byUsername, users: [ann] })
    const { body } = await logIn(auth, { username: 'ANN', password })
    const at = auth.clock.now / 1000
    assert.deepEqual(body.data?.methods, [{ method: 'password', at, username: 'ANN' }])
  })

  it('signs in by phone number, which the methods do not repeat', async () => {
    const user = { username: 'ann', phone: '+31612345678', password }
    await using auth = await createTestAuth({ settings: byPhone, users: [user] })
    const { status, body } = await logIn(auth, { phone: user.phone, password })
    assert.equal(status, 200)
    assert.deepEqual(body.data?.methods, [{ method: 'password', at: auth.clock.now / 1000 }])
  })

  it('knows whichever identifier is given where several methods are on', async () => {
    const user = { ...ann, phone: '+31612345678' }
    await using auth = await createTestAuth({ settings: byAll, users: [user] })
    for (const method of ['username', 'email', 'phone'] as const) {
      const { status } = await logIn(auth, { [method]: user[method], password })
      assert.equal(status, 200, method)
    }
  })

  it('wants exactly one identifier where several methods are on', async () => {
    await using auth = await createTestAuth({ settings: byAll, users: [ann] })
    for (const given of [
      {},
      { username: 'ann', email: ann.email },
      { username: '', email: ann.email },
      { email: ann.email, phone: null },
    ]) {
      const answer = await logIn(auth, { ...given, password })
      assert.deepEqual(errors(answer), ['invalid_login@-'], JSON.stringify(given))
    }
    assert.deepEqual(errors(await logIn(auth, { email: ann.email })), ['required@password'])
  })

  it('takes an empty identifier for a wrong one where several methods are on', async () => {
    await using auth = await createTestAuth({ settings: byAll, users: [ann] })
    for (const method of ['username', 'email', 'phone']) {
      for (const empty of ['', ' ', null]) {
        const answer = await logIn(auth, { [method]: empty, password })
        assert.deepEqual(errors(answer), [`${method}_password_mismatch@password`])
      }
    }
  })

  it('names malformed identifiers before it counts them', async () => {
    await using auth = await createTestAuth({ settings: byAll, users: [ann] })
    const answer = await logIn(auth, { username: 'ann', email: 'bad', phone: '12', password })
    assert.deepEqual(errors(answer).sort(), ['invalid@email', 'invalid_phone@phone'])
  })

  it('takes an email address in the field for usernames where addresses log in', async () => {
    const both = { ...byAll, ACCOUNT_LOGIN_METHODS: ['username', 'email'] }
    await using auth = await createTestAuth({ settings: both, users: [ann] })
    const { status, body } = await logIn(auth, { username: 'Ann@Example.org', password })
    assert.equal(status, 200)
    const [method] = body.data?.methods ?? []
    assert.deepEqual(method, {
      method: 'password',
      at: auth.clock.now / 1000,
      username: 'Ann@Example.org',
    })
    const wrong = await logIn(auth, { username: ann.email, password: 'x' })
    assert.deepEqual(errors(wrong), ['username_password_mismatch@password'])
  })

  it('takes no email address in the field for usernames where only these log in', async () => {
    await using auth = await createTestAuth({ settings: byUsername, users: [ann] })
    const answer = await logIn(auth, { username: ann.email, password })
    assert.deepEqual(errors(answer), ['username_password_mismatch@password'])
  })

  it('ignores case and blanks of the address and blanks around the password', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    for (const input of [
      { email: 'ANN@Example.ORG', password },
      { email: ' \t ann@example.org ', password: ` ${password}\n` },
    ]) {
      assert.equal((await logIn(auth, input)).status, 200)
    }
  })

  it('minds case and blanks within the password', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    for (const other of [password.toUpperCase(), 'velvet -Otter-41', `${password}x`]) {
      const answer = await logIn(auth, { email: ann.email, password: other })
      assert.deepEqual(errors(answer), ['email_password_mismatch@password'])
    }
  })

  it('names every field that is missing or malformed', async () => {
    await using auth = await createTestAuth({ settings: { ACCOUNT_RATE_LIMITS: false } })
    const long = `${'a'.repeat(400)}@example.org`
    const table: [object, string[]][] = [
      [{}, ['email', 'password'].map((it) => `required@${it}`)],
      [{ email: null, password: '   ' }, ['required@email', 'required@password']],
      [{ email: 'ann', password: 'x' }, ['invalid@email']],
      [{ email: long, password: 'x' }, ['invalid@email', 'max_length@email']],
      [
        { email: 'a\0@example.org', password: 'x' },
        ['invalid@email', 'null_characters_not_allowed@email'],
      ],
      [{ email: 'a@example.org', password: 'a\0b' }, ['null_characters_not_allowed@password']],
      [{ username: 'ann', password: 'x' }, ['required@email']],
    ]
    for (const [input, expected] of table) {
      const answer = await logIn(auth, input)
      assert.equal(answer.status, 400)
      assert.deepEqual(errors(answer).sort(), expected.sort(), JSON.stringify(input))
    }
  })

  it('refuses a number that is not E.164', async () => {
    await using auth = await createTestAuth({ settings: byPhone })
    for (const phone of ['0612345678', '+31 6 1234 5678', '+0612345678', '+31']) {
      const answer = await logIn(auth, { phone, password })
      assert.deepEqual(errors(answer), ['invalid_phone@phone'], phone)
    }
    const unknown = await logIn(auth, { phone: '+31687654321', password })
    assert.deepEqual(errors(unknown), ['phone_password_mismatch@password'])
  })

  it('knows passwords in any script', async () => {
    const zoe = { email: 'zoe@example.org', password: 'пароль-密码-41-👩‍🚀' }
    await using auth = await createTestAuth({ users: [zoe] })
    assert.equal((await logIn(auth, zoe)).status, 200)
  })

  it('answers a mismatch for a password that is too long to be hashed', async () => {
    await using auth = await createTestAuth({ users: [ann] })
    const answer = await logIn(auth, { email: ann.email, password: 'x'.repeat(60_000) })
    assert.deepEqual(errors(answer), ['email_password_mismatch@password'])
  })

  it('signs nobody in by password who has none', async () => {
    await using auth = await createTestAuth({ users: [{ ...ann, password: null }] })
    for (const guess of [password, 'null', '!', auth.server.hasher.decoy]) {
      const answer = await logIn(auth, { email: ann.email, password: guess })
      assert.deepEqual(errors(answer), ['email_password_mismatch@password'])
    }
  })

  it('answers 401 and no pending flow to an inactive user with the right password', async () => {
    await using auth = await createTestAuth({ users: [{ ...ann, is_active: false }] })
    const client = auth.client('app')
    const answer = await client.post('auth/login', { email: ann.email, password })
    assert.equal(answer.status, 401)
    assert.equal(pending(answer), undefined)
    assert.equal((await client.get('auth/session')).status, 401)
    const wrong = await logIn(auth, { email: ann.email, password: 'x' })
    assert.deepEqual(errors(wrong), ['email_password_mismatch@password'])
  })

  it('answers 409 while somebody is signed in, and looks at the input first', async () => {
    const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }
    await using auth = await createTestAuth({ users: [ann, bob] })
    const client = auth.client('app')
    await client.post('auth/login', { email: ann.email, password })
    assert.equal((await client.post('auth/login', bob)).status, 409)
    const wrong = await client.post('auth/login', { ...bob, password: 'x' })
    assert.deepEqual(errors(wrong), ['email_password_mismatch@password'])
    assert.deepEqual(errors(await client.post('auth/login', {})).length, 2)
    assert.equal((await client.get('auth/session')).body.data?.user?.email, ann.email)
  })

  it('replaces a hash from elsewhere by one of its own', async () => {
    await using auth = await createTestAuth({ users: [{ ...ann, password: null }] })
    const digest = pbkdf2Sync(password, 'salt', 1000, 32, 'sha256').toString('base64')
    const { db } = auth.server
    const imported = `pbkdf2_sha256$1000$salt$${digest}`
    await db.updateTable('users').set({ password_hash: imported }).execute()
    assert.equal((await logIn(auth, { email: ann.email, password: 'x' })).status, 400)
    assert.equal((await hashOfAnn(auth)).startsWith('pbkdf2'), true)
    assert.equal((await logIn(auth, { email: ann.email, password })).status, 200)
    const renewed = await hashOfAnn(auth)
    assert.match(renewed, /^\$argon2id\$/)
    assert.equal((await logIn(auth, { email: ann.email, password })).status, 200)
    assert.equal(await hashOfAnn(auth), renewed)
  })

  it('lets the password decide between users who share an address', async () => {
    const shared = { ACCOUNT_UNIQUE_EMAIL: false, ACCOUNT_EMAIL_VERIFICATION: 'none' }
    const otto = { email: ann.email, username: 'otto', password: 'marble-Kiosk-77' }
    await using auth = await createTestAuth({ settings: shared, users: [ann, otto] })
    for (const user of [ann, otto]) {
      const answer = await logIn(auth, { email: user.email, password: user.password })
      assert.equal(answer.body.data?.user?.username, user.username)
    }
    const wrong = await logIn(auth, { email: ann.email, password: 'x' })
    assert.deepEqual(errors(wrong), ['email_password_mismatch@password'])
  })

  it('asks for the address that was used to be verified, even where another one is', async () => {
    const second = [{ email: 'second@example.org', verified: false }]
    await using auth = await createTestAuth({
      settings: { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' },
      users: [{ ...ann, extra_emails: second }],
    })
    const answer = await logIn(auth, { email: 'second@example.org', password })
    assert.equal(pending(answer), 'verify_email')
    assert.equal((await auth.sent()).length, 1)
    assert.equal((await logIn(auth, { email: ann.email, password })).status, 200)
  })

  it('replaces a login that waits in the session, and lists both proofs', async () => {
    const bob = { email: 'bob@example.org', password: 'marble-Kiosk-77' }
    await using auth = await createTestAuth({
      settings: {
        ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
        ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
      },
      users: [{ ...ann, email_verified: false }, bob],
    })
    const client = auth.client('app')
    const first = await client.post('auth/login', { email: ann.email, password })
    assert.equal(pending(first), 'verify_email')
    const { body } = await client.post('auth/login', bob)
    assert.equal(body.data?.user?.email, bob.email)
    assert.equal(body.data?.methods?.length, 2)
    const code = await auth.secretTo(ann.email)
    assert.equal((await client.post('auth/email/verify', { key: code })).status, 409)
  })

  it('does not exist where only providers sign in', async () => {
    const settings = { SOCIALACCOUNT_ONLY: true, ACCOUNT_EMAIL_VERIFICATION: 'none' }
    await using auth = await createTestAuth({ settings, users: [ann] })
    assert.equal((await logIn(auth, { email: ann.email, password })).status, 404)
  })
})

async function hashOfAnn({ server }: TestAuth): Promise<string> {
  const row = await server.db.selectFrom('users').select('password_hash').executeTakeFirstOrThrow()
  return row.password_hash ?? ''
}

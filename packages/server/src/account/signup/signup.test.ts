import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const nina = { email: 'nina@example.org', password }
const unlimited = { ACCOUNT_RATE_LIMITS: false }
const byUsername = {
  ACCOUNT_LOGIN_METHODS: ['username'],
  ACCOUNT_SIGNUP_FIELDS: ['username*', 'password1*'],
  ACCOUNT_EMAIL_VERIFICATION: 'none',
}
const byEither = (fields: string[]) => ({
  ...unlimited,
  ACCOUNT_LOGIN_METHODS: ['username', 'email'],
  ACCOUNT_SIGNUP_FIELDS: fields,
})
const withCode = { ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true }
const mandatory = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory' }

function signUp(auth: TestAuth, input: object, kind: 'app' | 'browser' = 'app') {
  return auth.client(kind).post('auth/signup', input)
}

function users({ server }: TestAuth) {
  return server.db.selectFrom('users').selectAll().orderBy('id').execute()
}

describe('POST auth/signup', () => {
  it('signs in at once where verification is optional, and mails a link', async () => {
    await using auth = await createTestAuth()
    const { status, body } = await signUp(auth, nina)
    assert.equal(status, 200)
    const { id, ...user } = body.data?.user ?? {}
    assert.match(String(id), /^[0-9a-f-]{36}$/)
    assert.deepEqual(user, {
      display: 'nina',
      email: nina.email,
      username: 'nina',
      has_usable_password: true,
    })
    assert.deepEqual(body.data?.methods, [])
    assert.ok(body.meta?.session_token)
    assert.deepEqual(await auth.sent(), [`${nina.email}: Confirm your email address - Latchkey`])
    const again = auth.client('app')
    assert.equal((await again.post('auth/login', nina)).status, 200)
  })

  it('mails a code where the settings say so, which verifies while signed in', async () => {
    await using auth = await createTestAuth({ settings: withCode })
    const client = auth.client('app')
    assert.equal((await client.post('auth/signup', nina)).status, 200)
    const key = await auth.secretTo(nina.email)
    assert.equal((await client.post('auth/email/verify', { key })).status, 200)
    const row = await auth.server.db.selectFrom('email_addresses').selectAll().executeTakeFirst()
    assert.equal(row?.is_verified, 1)
  })

  it('mails nothing where verification is off', async () => {
    await using auth = await createTestAuth({ settings: { ACCOUNT_EMAIL_VERIFICATION: 'none' } })
    assert.equal((await signUp(auth, nina)).status, 200)
    assert.deepEqual(await auth.sent(), [])
  })

  it('waits for the address to be verified where that is mandatory', async () => {
    await using auth = await createTestAuth({ settings: { ...mandatory, ...withCode } })
    for (const kind of ['app', 'browser'] as const) {
      const client = auth.client(kind)
      const email = `${kind}@example.org`
      const answer = await client.post('auth/signup', { email, password })
      assert.equal(answer.status, 401)
      assert.equal(pending(answer), 'verify_email')
      assert.equal(pending(await client.get('auth/session')), 'verify_email')
      const key = await auth.secretTo(email)
      const verified = await client.post('auth/email/verify', { key })
      assert.equal(verified.body.data?.user?.email, email)
      assert.deepEqual(verified.body.data?.methods, [])
    }
  })

  it('stores the address in small letters', async () => {
    await using auth = await createTestAuth()
    const { body } = await signUp(auth, { email: ' Nina@Example.ORG ', password })
    assert.equal(body.data?.user?.email, 'nina@example.org')
  })

  it('names every field that is missing or malformed', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const table: [object, string[]][] = [
      [{}, ['required@email', 'required@password']],
      [{ email: null, password: null }, ['required@email', 'required@password']],
      [{ email: nina.email }, ['required@password']],
      [{ password }, ['required@email']],
      [{ email: 'nina', password }, ['invalid@email']],
      [
        { email: `${'n'.repeat(400)}@example.org`, password },
        ['invalid@email', 'max_length@email'],
      ],
    ]
    for (const [input, expected] of table) {
      const answer = await signUp(auth, input)
      assert.equal(answer.status, 400)
      assert.deepEqual(errors(answer).sort(), expected, JSON.stringify(input))
    }
    assert.deepEqual(await users(auth), [])
  })

  it('takes no address that is too long to be written to', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const domain = `${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(60)}.example`
    const longest = `${'n'.repeat(254 - 1 - domain.length)}@${domain}`
    assert.equal(longest.length, 254)
    assert.deepEqual(errors(await signUp(auth, { email: `n${longest}`, password })), [
      'max_length@email',
    ])
    assert.equal((await signUp(auth, { email: longest, password })).status, 200)
  })

  it('wants the address twice where the settings ask for it', async () => {
    const settings = { ...unlimited, ACCOUNT_SIGNUP_FIELDS: ['email*', 'email2*', 'password1*'] }
    await using auth = await createTestAuth({ settings })
    const table: [object, string[]][] = [
      [nina, ['required@email2']],
      [{ ...nina, email2: 'other@example.org' }, ['@email2']],
      [{ ...nina, email2: 'bad' }, ['invalid@email2']],
      [{ ...nina, email: 'bad', email2: nina.email }, ['invalid@email']],
      [{ password, email2: nina.email }, ['required@email']],
      [{ ...nina, email2: 'NINA@example.org' }, []],
      [{ ...nina, email2: 'other@example.org' }, ['email_taken@email']],
    ]
    for (const [input, expected] of table) {
      assert.deepEqual(errors(await signUp(auth, input)), expected)
    }
    assert.equal((await users(auth)).length, 1)
  })

  it('does without an address that is optional', async () => {
    const settings = byEither(['username*', 'email', 'password1*'])
    await using auth = await createTestAuth({ settings })
    for (const input of [{ username: 'nina' }, { username: 'otto', email: '' }]) {
      const { status, body } = await signUp(auth, { ...input, password })
      assert.equal(status, 200)
      assert.equal(body.data?.user?.email, undefined)
    }
    const withAddress = await signUp(auth, { username: 'pia', email: 'pia@example.org', password })
    assert.equal(withAddress.body.data?.user?.email, 'pia@example.org')
    assert.equal((await auth.sent()).length, 1)
  })

  it('does without a password that is optional or not asked for', async () => {
    for (const fields of [['email*', 'password1'], ['email*']]) {
      const settings = {
        ACCOUNT_SIGNUP_FIELDS: fields,
        ACCOUNT_LOGIN_BY_CODE_ENABLED: true,
      }
      await using auth = await createTestAuth({ settings })
      const { status, body } = await signUp(auth, { email: nina.email, password: '' })
      assert.equal(status, 200)
      assert.equal(body.data?.user?.has_usable_password, false)
      const [user] = await users(auth)
      assert.equal(user?.password_hash, null)
    }
  })

  it('ignores a password that it does not ask for', async () => {
    const settings = { ACCOUNT_SIGNUP_FIELDS: ['email*'], ACCOUNT_LOGIN_BY_CODE_ENABLED: true }
    await using auth = await createTestAuth({ settings })
    const { body } = await signUp(auth, nina)
    assert.equal(body.data?.user?.has_usable_password, false)
  })

  it('ignores whatever else the body has', async () => {
    await using auth = await createTestAuth({ settings: mandatory })
    const more = {
      id: 'chosen',
      user_id: 'chosen',
      is_active: false,
      verified: true,
      is_verified: true,
      email_verified: true,
      is_primary: false,
      is_staff: true,
      role: 'admin',
      username: 'chosen',
      password1: 'other-Secret-55',
      phone: '+31612345678',
      isTaken: true,
      passwordHash: 'x',
    }
    const answer = await signUp(auth, { ...more, ...nina })
    assert.equal(pending(answer), 'verify_email')
    const [user, ...others] = await users(auth)
    assert.equal(others.length, 0)
    assert.notEqual(user?.id, 'chosen')
    assert.equal(user?.username, 'nina')
    assert.equal(user?.is_active, 1)
    const { db } = auth.server
    const address = await db.selectFrom('email_addresses').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual([address.is_verified, address.is_primary], [0, 1])
    assert.deepEqual(await db.selectFrom('phone_numbers').selectAll().execute(), [])
  })

  it('is refused where it is closed, after a look at the input', async () => {
    await using auth = await createTestAuth({ settings: { HOOK_SIGNUP_OPEN: false } })
    assert.deepEqual(errors(await signUp(auth, {})), ['required@email', 'required@password'])
    const answer = await signUp(auth, nina)
    assert.equal(answer.status, 403)
    assert.deepEqual(answer.body, { status: 403 })
    assert.deepEqual(await users(auth), [])
  })

  it('answers 409 to whoever is signed in, after a look at the input', async () => {
    await using auth = await createTestAuth()
    const client = auth.client('app')
    await client.post('auth/signup', nina)
    const other = { email: 'otto@example.org', password }
    assert.equal((await client.post('auth/signup', other)).status, 409)
    assert.deepEqual(errors(await client.post('auth/signup', { email: 'bad', password })), [
      'invalid@email',
    ])
    assert.equal((await users(auth)).length, 1)
  })

  it('answers 429 past its limit, which wrong input uses up too', async () => {
    await using auth = await createTestAuth({
      settings: { ACCOUNT_RATE_LIMITS: { signup: '2/m/ip' } },
    })
    assert.equal((await signUp(auth, {})).status, 400)
    assert.equal((await signUp(auth, nina)).status, 200)
    assert.equal((await signUp(auth, { ...nina, email: 'otto@example.org' })).status, 429)
    assert.equal((await signUp(auth, {})).status, 429)
    assert.equal((await users(auth)).length, 1)
  })

  it('of 20 at once with one address makes one user', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(auth, nina)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    const refused = answers.filter(({ status }) => status !== 200)
    assert.deepEqual(new Set(refused.flatMap(errors)), new Set(['email_taken@email']))
    assert.equal((await users(auth)).length, 1)
    assert.equal((await auth.sent()).length, 1)
  })
})

describe('POST auth/signup, the username', () => {
  it('has to follow the rules', async () => {
    const settings = {
      ...byUsername,
      ...unlimited,
      ACCOUNT_USERNAME_BLACKLIST: ['Admin', 'root'],
      ACCOUNT_USERNAME_MIN_LENGTH: 3,
    }
    await using auth = await createTestAuth({ settings })
    const table: [unknown, string[]][] = [
      ['ni na', ['invalid@username']],
      ['nina!', ['invalid@username']],
      ['nina\u200b', ['invalid@username']],
      ['<nina>', ['invalid@username']],
      ['n'.repeat(151), ['max_length@username']],
      ...['Admin', 'ADMIN', 'admin', 'Root', 'ａdmin'].map((it): [unknown, string[]] => [
        it,
        ['username_blacklisted@username'],
      ]),
      ['ni', ['min_length@username']],
      ['', ['required@username']],
      ['   ', ['required@username']],
      [{ a: 1 }, ['invalid@username']],
      ['@.+-_', []],
      ['Ñandú', []],
      ['n'.repeat(150), []],
    ]
    for (const [username, expected] of table) {
      const answer = await signUp(auth, { username, password })
      assert.deepEqual(errors(answer), expected, JSON.stringify(username))
    }
  })

  it('is taken in any case and any compatible form', async () => {
    await using auth = await createTestAuth({
      settings: { ...byUsername, ...unlimited },
      users: [{ username: 'Nina', password }],
    })
    for (const username of ['Nina', 'nina', 'NINA', 'ｎina', 'ＮＩＮＡ']) {
      const answer = await signUp(auth, { username, password })
      assert.deepEqual(errors(answer), ['username_taken@username'], username)
    }
  })

  it('is told taken next to everything else that is wrong', async () => {
    await using auth = await createTestAuth({
      settings: byEither(['username*', 'email*', 'password1*']),
      users: [{ username: 'ann', email: 'ann@example.org', password }],
    })
    const answer = await signUp(auth, { username: 'ann', email: 'bad', password: 'x' })
    assert.deepEqual(errors(answer).sort(), [
      'invalid@email',
      'password_too_common@password',
      'password_too_short@password',
      'username_taken@username',
    ])
    const both = await signUp(auth, { username: 'Ann', email: 'ann@example.org', password })
    assert.deepEqual(errors(both).sort(), ['email_taken@email', 'username_taken@username'])
  })

  it('of 20 at once makes one user', async () => {
    await using auth = await createTestAuth({ settings: { ...byUsername, ...unlimited } })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        signUp(auth, { username: n % 2 ? 'nina' : 'NINA', password }),
      ),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal((await users(auth)).length, 1)
  })

  it('keeps its case, unless the settings fold it', async () => {
    for (const [preserve, expected] of [
      [true, 'NiNa'],
      [false, 'nina'],
    ] as const) {
      const settings = { ...byUsername, ACCOUNT_PRESERVE_USERNAME_CASING: preserve }
      await using auth = await createTestAuth({ settings })
      const { body } = await signUp(auth, { username: 'NiNa', password })
      assert.equal(body.data?.user?.username, expected)
      const login = await auth.client('app').post('auth/login', { username: 'NINA', password })
      assert.equal(login.status, 200)
    }
  })

  it('is made from the address where none is asked for', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const names: unknown[] = []
    for (const email of ['Nina@example.org', 'nina@other.example', "o'hara+x@example.org"]) {
      names.push((await signUp(auth, { email, password })).body.data?.user?.username)
    }
    assert.equal(names[0], 'nina')
    assert.match(String(names[1]), /^nina\d+$/)
    assert.equal(names[2], 'ohara+x')
  })
})

describe('POST auth/signup, the password', () => {
  it('has to follow each of the rules', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const table: [string, string[]][] = [
      ['x7-Qw', ['password_too_short']],
      ['8675309421', ['password_entirely_numeric']],
      ['password123', ['password_too_common']],
      ['123', ['password_too_short', 'password_too_common', 'password_entirely_numeric']],
    ]
    for (const [weak, codes] of table) {
      const answer = await signUp(auth, { ...nina, password: weak })
      assert.deepEqual(
        errors(answer),
        codes.map((code) => `${code}@password`),
      )
    }
  })

  it('may resemble the personal details, as in the API', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    const answer = await signUp(auth, { email: 'ninamarquez@example.org', password: 'ninamarquez' })
    assert.equal(answer.status, 200)
  })

  it('follows the rules of the settings alone', async () => {
    const minimum = [{ NAME: 'MinimumLengthValidator', OPTIONS: { min_length: 12 } }]
    for (const [rules, tooShort, enough] of [
      [[], '12345', '123456'],
      [minimum, '12345678901', '123456789012'],
    ] as const) {
      await using auth = await createTestAuth({ settings: { AUTH_PASSWORD_VALIDATORS: rules } })
      const refused = await signUp(auth, { ...nina, password: tooShort })
      assert.deepEqual(errors(refused), ['password_too_short@password'])
      assert.equal((await signUp(auth, { ...nina, password: enough })).status, 200)
    }
  })

  it('is stored as argon2id, and nowhere as it is', async () => {
    await using auth = await createTestAuth({ settings: { HASH_PASSES: 2 } })
    await signUp(auth, nina)
    const [user] = await users(auth)
    assert.match(String(user?.password_hash), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const { db } = auth.server
    for (const table of ['users', 'sessions', 'events', 'outbox', 'codes'] as const) {
      const rows = JSON.stringify(await db.selectFrom(table).selectAll().execute())
      assert.equal(rows.includes(password), false, table)
    }
  })

  it('has to be short enough to be hashed', async () => {
    await using auth = await createTestAuth({ settings: unlimited })
    for (const long of ['x-'.repeat(2049), 'é-'.repeat(1400), 'x-'.repeat(30_000)]) {
      assert.deepEqual(errors(await signUp(auth, { ...nina, password: long })), [
        'max_length@password',
      ])
    }
    const longest = 'x-'.repeat(2048)
    assert.equal((await signUp(auth, { ...nina, password: longest })).status, 200)
    const login = { email: nina.email, password: longest }
    assert.equal((await auth.client('app').post('auth/login', login)).status, 200)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { signIn } from '../../testing/signed-in.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', password: 'marble-Kiosk-77' }
const byLink = { ACCOUNT_EMAIL_VERIFICATION: 'mandatory', ACCOUNT_RATE_LIMITS: false }
const byCode = { ...byLink, ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true }
const notice = `${ann.email}: You already have an account - Latchkey`

function signUp(auth: TestAuth, email = ann.email, kind: 'app' | 'browser' = 'app') {
  return auth.client(kind).post('auth/signup', { email, password })
}

async function countUsers({ server }: TestAuth): Promise<number> {
  return (await server.db.selectFrom('users').select('id').execute()).length
}

describe('POST auth/signup with a taken address', () => {
  it('answers email_taken unless verification is mandatory, whatever is to be hidden', async () => {
    for (const verification of ['optional', 'none']) {
      for (const prevent of [true, false]) {
        const settings = {
          ACCOUNT_EMAIL_VERIFICATION: verification,
          ACCOUNT_PREVENT_ENUMERATION: prevent,
        }
        await using auth = await createTestAuth({ settings, users: [ann] })
        assert.deepEqual(errors(await signUp(auth, ' ANN@example.org ')), ['email_taken@email'])
        assert.deepEqual(await auth.sent(), [])
      }
    }
  })

  it('answers email_taken where nothing is to be hidden, next to everything else', async () => {
    const settings = { ...byLink, ACCOUNT_PREVENT_ENUMERATION: false }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const input = { email: ann.email, password: '1' }
    const answer = await auth.client('app').post('auth/signup', input)
    assert.deepEqual(errors(answer).sort(), [
      'email_taken@email',
      'password_entirely_numeric@password',
      'password_too_common@password',
      'password_too_short@password',
    ])
    assert.deepEqual(await auth.sent(), [])
  })

  it('makes a second user where addresses are not unique', async () => {
    const settings = { ACCOUNT_UNIQUE_EMAIL: false }
    await using auth = await createTestAuth({ settings, users: [ann] })
    assert.equal((await signUp(auth)).body.data?.user?.email, ann.email)
    assert.equal(await countUsers(auth), 2)
  })

  it('pretends, makes no user and tells the owner, by link and by code', async () => {
    const strict = { ...byCode, ACCOUNT_PREVENT_ENUMERATION: 'strict' }
    for (const settings of [byLink, byCode, strict]) {
      for (const email_verified of [true, false]) {
        await using auth = await createTestAuth({ settings, users: [{ ...ann, email_verified }] })
        assert.equal(pending(await signUp(auth)), 'verify_email')
        assert.equal(await countUsers(auth), 1)
        assert.deepEqual(await auth.sent(), [notice])
        const events = await auth.server.db.selectFrom('events').select('type').execute()
        assert.deepEqual(events, [])
      }
    }
  })

  it('answers exactly as with a new one', async () => {
    for (const settings of [byLink, byCode]) {
      await using auth = await createTestAuth({ settings, users: [ann] })
      for (const kind of ['app', 'browser'] as const) {
        const seen = new Set<string>()
        for (const email of [ann.email, `new-${kind}@example.org`]) {
          const client = auth.client(kind)
          const steps = [await client.post('auth/signup', { email, password })]
          steps.push(await client.get('auth/session'))
          steps.push(await client.post('auth/email/verify/resend'))
          for (let n = 0; n < 4; n += 1) {
            steps.push(await client.post('auth/email/verify', { key: 'BCDF-GHJK' }))
          }
          steps.push(await client.get('auth/session'))
          seen.add(steps.map(describeAnswer).join('\n'))
        }
        assert.equal(seen.size, 1, [...seen].join('\n\n'))
      }
    }
  })

  it('has no other account hear whether the address was taken', async () => {
    const ada = { email: 'ada@example.org', password }
    for (const settings of [byLink, byCode]) {
      const seen = new Set<string>()
      for (const email of [ann.email, 'new@example.org']) {
        await using auth = await createTestAuth({
          settings: { ...settings, ACCOUNT_RATE_LIMITS: {} },
          users: [ann, ada],
        })
        const other = await signIn(auth, ada)
        await signUp(auth, email)
        seen.add(describeAnswer(await other.post('account/email', { email })).replace(email, '…'))
      }
      assert.equal(seen.size, 1, [...seen].join('\n\n'))
    }
  })

  it('answers a demand for another code as with a new one, its limit included', async () => {
    const settings = {
      ...byCode,
      ACCOUNT_RATE_LIMITS: { confirm_email: '1/180s/key' },
      ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 2,
    }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const seen = new Set<string>()
    for (const email of [ann.email, 'new@example.org']) {
      const client = auth.client('app')
      await client.post('auth/signup', { email, password })
      const statuses: number[] = []
      for (const seconds of [0, 179, 1, 1, 179, 0, 180]) {
        auth.clock.advance(seconds)
        statuses.push((await client.post('auth/email/verify/resend')).status)
      }
      seen.add(statuses.join())
    }
    assert.deepEqual([...seen], ['429,429,200,429,200,409,409'])
  })

  it('takes as many hashes as with a new one', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const { hasher } = auth.server
    const counts: number[] = []
    for (const email of [ann.email, 'new@example.org']) {
      let count = 0
      const countHash = (given: string) => {
        count += 1
        return hasher.hash(given)
      }
      const counting = { ...hasher, hash: countHash }
      const server = { ...auth.server, hasher: counting }
      await new TestClient({ ...auth, server }, 'app').post('auth/signup', { email, password })
      counts.push(count)
    }
    assert.deepEqual(counts, [1, 1])
  })

  it('is passed by no code, and over after the attempts of a real one', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    const client = auth.client('app')
    await client.post('auth/signup', { email: ann.email, password })
    const guesses = ['BCDF-GHJK', '', 'null']
    const answers = []
    for (const key of guesses)
      answers.push(...errors(await client.post('auth/email/verify', { key })))
    assert.deepEqual(answers, ['incorrect_code@key', 'required@key', 'incorrect_code@key'])
    assert.equal((await client.post('auth/email/verify', { key: 'x' })).status, 409)
    assert.equal(pending(await client.get('auth/session')), undefined)
  })

  it('mails nothing when another code is asked for', async () => {
    const settings = { ...byCode, ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND: 2 }
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = auth.client('app')
    await client.post('auth/signup', { email: ann.email, password })
    for (const status of [200, 200, 409]) {
      assert.equal((await client.post('auth/email/verify/resend')).status, status)
    }
    assert.deepEqual(await auth.sent(), [notice])
  })

  it('tells the owner five times in ten minutes at most', async () => {
    await using auth = await createTestAuth({ settings: byLink, users: [ann] })
    for (let n = 0; n < 8; n += 1) {
      const email = n % 2 ? ann.email : ann.email.toUpperCase()
      assert.equal(pending(await signUp(auth, email)), 'verify_email')
    }
    assert.equal((await auth.sent()).length, 5)
    auth.clock.advance(600)
    await signUp(auth)
    assert.equal((await auth.sent()).length, 6)
  })

  it('changes neither the account nor its password', async () => {
    await using auth = await createTestAuth({ settings: byCode, users: [ann] })
    await signUp(auth)
    const client = auth.client('app')
    assert.equal((await client.post('auth/login', ann)).status, 200)
    const other = { email: ann.email, password }
    const answer = await auth.client('app').post('auth/login', other)
    assert.deepEqual(errors(answer), ['email_password_mismatch@password'])
  })

  it('of 20 at once, all pretended but one, makes one user', async () => {
    await using auth = await createTestAuth({ settings: byCode })
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(auth)))
    assert.deepEqual(new Set(answers.map(pending)), new Set(['verify_email']))
    assert.equal(await countUsers(auth), 1)
  })
})

describe('POST auth/signup where enumeration is strictly prevented and nobody has to verify', () => {
  const unasked = {
    ACCOUNT_PREVENT_ENUMERATION: 'strict',
    ACCOUNT_EMAIL_VERIFICATION: 'optional',
  }
  const strict = { ...byCode, ...unasked }

  it('makes a second user with the unverified address, and whoever verifies first has it', async () => {
    await using auth = await createTestAuth({ settings: strict })
    const [first, second] = [auth.client('app'), auth.client('app')]
    assert.equal((await first.post('auth/signup', ann)).status, 200)
    const firstCode = await auth.secretTo(ann.email)
    const claim = { email: ann.email, password }
    assert.equal((await second.post('auth/signup', claim)).status, 200)
    const secondCode = await auth.secretTo(ann.email)
    assert.equal(await countUsers(auth), 2)
    assert.equal((await second.post('auth/email/verify', { key: secondCode })).status, 200)
    const late = await first.post('auth/email/verify', { key: firstCode })
    assert.deepEqual(errors(late), ['email_taken@key'])
  })

  it('lets one of two verify where both do at once', async () => {
    await using auth = await createTestAuth({ settings: strict })
    const claims = []
    for (const own of [ann, { email: ann.email, password }]) {
      const client = auth.client('app')
      await client.post('auth/signup', own)
      claims.push({ client, key: await auth.secretTo(ann.email) })
    }
    const answers = await Promise.all(
      claims.map(({ client, key }) => client.post('auth/email/verify', { key })),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
    assert.deepEqual(answers.flatMap(errors), ['email_taken@key'])
  })

  it('sends the owner of a verified address a code like anybody, which verifies nothing', async () => {
    await using auth = await createTestAuth({ settings: strict, users: [ann] })
    const client = auth.client('app')
    const claim = { email: ann.email, password }
    assert.equal((await client.post('auth/signup', claim)).status, 200)
    const key = await auth.secretTo(ann.email)
    assert.deepEqual(errors(await client.post('auth/email/verify', { key })), ['email_taken@key'])
    const login = await auth.client('app').post('auth/login', ann)
    assert.equal(login.status, 200)
  })

  it('by link refuses the later one as well', async () => {
    const settings = { ...byLink, ...unasked }
    await using auth = await createTestAuth({ settings })
    const keys = []
    for (const own of [ann, { email: ann.email, password }]) {
      await auth.client('app').post('auth/signup', own)
      keys.push(await auth.secretTo(ann.email))
    }
    const client = auth.client('app')
    assert.equal((await client.post('auth/email/verify', { key: keys[1] })).status, 401)
    const late = await client.post('auth/email/verify', { key: keys[0] })
    assert.equal(late.status, 400)
    const rows = await auth.server.db.selectFrom('email_addresses').select('is_verified').execute()
    assert.deepEqual(rows.map((it) => it.is_verified).sort(), [0, 1])
  })
})

/** All that somebody can tell one answer from another by. */
function describeAnswer({ status, text, headers }: Awaited<ReturnType<TestClient['get']>>): string {
  const cookies = headers.getSetCookie().map((it) => it.replace(/=[^;]+/, '='))
  const names = [...headers.keys()].sort().join()
  return [status, names, cookies, text.replace(/"session_token":"[^"]+"/, 'T')].join(' ')
}

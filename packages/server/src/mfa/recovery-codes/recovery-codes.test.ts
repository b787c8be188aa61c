import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import { recoveryCodesOf, setUpTotp } from '../testing/totp.ts'

const { errors } = TestClient
const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
const path = 'account/authenticators/recovery-codes'

async function start(settings: object = {}) {
  const auth = await createTestAuth({ settings: { ...settings }, users: [ann] })
  const client = await signIn(auth, ann)
  const app = await setUpTotp(auth, client)
  return { auth, client, app }
}

/** Logs in as far as the second step, and gives a code there. */
async function passWith(auth: TestAuth, code: string) {
  const client = auth.client('app')
  await client.post('auth/login', ann)
  return client.post('auth/2fa/authenticate', { code })
}

describe('recovery codes at rest', () => {
  it('are nowhere in clear', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const codes = await recoveryCodesOf(client)
    const { db } = auth.server
    const rows = [
      ...(await db.selectFrom('recovery_codes').selectAll().execute()),
      ...(await db.selectFrom('authenticators').selectAll().execute()),
      ...(await db.selectFrom('sessions').selectAll().execute()),
      ...(await db.selectFrom('events').selectAll().execute()),
    ]
    const text = JSON.stringify(rows)
    assert.equal(codes.length, 10)
    for (const code of codes) assert.ok(!text.includes(code))
  })

  it('are all different', async () => {
    const { auth, client } = await start({ MFA_RECOVERY_CODE_COUNT: 100 })
    await using _ = auth
    assert.equal(new Set(await recoveryCodesOf(client)).size, 100)
  })

  it('work on after the secret of the server was replaced', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const [code = ''] = await recoveryCodesOf(client)
    const { database } = auth
    const { secretKey } = auth.server.settings.server
    const settings = {
      SECRET_KEY: 'another secret, as long as it has to be',
      SECRET_KEY_FALLBACKS: [secretKey],
    }
    await using later = await createTestAuth({ settings, database })
    assert.equal((await passWith(later, code)).status, 200)
  })
})

describe('MFA_RECOVERY_CODES_SHOW_ONCE', () => {
  const settings = { MFA_RECOVERY_CODES_SHOW_ONCE: true }

  it('shows codes that came along with a factor at the first look alone', async () => {
    const { auth, client } = await start(settings)
    await using _ = auth
    const [code = '', ...others] = await recoveryCodesOf(client)
    assert.equal(others.length, 9)
    const again = await client.get(path)
    assert.equal(again.status, 200)
    assert.ok(!Object.hasOwn(again.body.data ?? {}, 'unused_codes'))
    assert.equal(again.body.data?.unused_code_count, 10)
    assert.equal((await passWith(auth, code)).status, 200)
    assert.equal((await client.get(path)).body.data?.unused_code_count, 9)
  })

  it('shows new codes in the answer that made them alone', async () => {
    const { auth, client } = await start(settings)
    await using _ = auth
    const { body } = await client.post(path)
    const codes = body.data?.unused_codes as string[]
    assert.equal(codes.length, 10)
    assert.ok(!Object.hasOwn((await client.get(path)).body.data ?? {}, 'unused_codes'))
    assert.equal((await passWith(auth, codes[3] ?? '')).status, 200)
  })

  it('shows them to one of several who look at once', async () => {
    const { auth, client, app } = await start(settings)
    await using _ = auth
    const others = [auth.client('app'), auth.client('app')]
    for (const [period, other] of others.entries()) {
      auth.clock.advance(period * 30)
      await other.post('auth/login', ann)
      await other.post('auth/2fa/authenticate', { code: app.code() })
    }
    const shown = await Promise.all([client, ...others].map((it) => recoveryCodesOf(it)))
    assert.deepEqual(shown.map((it) => it.length).sort(), [0, 0, 10])
  })

  it('keeps only what a code can be recognized by', async () => {
    const { auth, client } = await start(settings)
    await using _ = auth
    await client.post(path)
    const rows = await auth.server.db.selectFrom('recovery_codes').select('sealed_code').execute()
    assert.deepEqual(new Set(rows.map((row) => row.sealed_code)), new Set([null]))
  })
})

describe('POST account/authenticators/recovery-codes', () => {
  it('ends the codes before', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const [old = ''] = await recoveryCodesOf(client)
    await client.post(path)
    assert.deepEqual(errors(await passWith(auth, old)), ['incorrect_code@code'])
  })

  it('leaves one set of codes, whose codes work, of many made at once', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const made = await Promise.all(Array.from({ length: 5 }, () => client.post(path)))
    const { db } = auth.server
    assert.equal((await db.selectFrom('recovery_codes').selectAll().execute()).length, 10)
    const kept = await recoveryCodesOf(client)
    const sets = made.map(({ body }) => (body.data?.unused_codes ?? []) as string[])
    assert.equal(sets.filter((codes) => codes[0] === kept[0]).length, 1)
  })
})

describe('a recovery code', () => {
  it('is told of in an event, by no more than that', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const [code = ''] = await recoveryCodesOf(client)
    await passWith(auth, code)
    assert.ok((await eventTypes(auth)).includes('recovery_code_used'))
  })

  it('of somebody else opens nothing', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const bob = { email: 'bob@example.org', password: ann.password }
    await auth.createUser(bob)
    await setUpTotp(auth, await signIn(auth, bob))
    const [code = ''] = await recoveryCodesOf(client)
    const other = auth.client('app')
    await other.post('auth/login', bob)
    const answer = await other.post('auth/2fa/authenticate', { code })
    assert.deepEqual(errors(answer), ['incorrect_code@code'])
    assert.equal((await passWith(auth, code)).status, 200)
  })

  it('is not spent where another request ends the login meanwhile', async () => {
    const { auth, client } = await start()
    await using _ = auth
    const [code = ''] = await recoveryCodesOf(client)
    const half = auth.client('app')
    await half.post('auth/login', ann)
    await Promise.all([half.delete('auth/session'), half.post('auth/2fa/authenticate', { code })])
    const { body } = await client.get(path)
    const wasSpent = body.data?.unused_code_count === 9
    const types = await eventTypes(auth)
    assert.equal(types.includes('recovery_code_used'), wasSpent)
  })
})

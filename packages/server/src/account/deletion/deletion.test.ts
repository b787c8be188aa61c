import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'

const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', password }
const bob = { email: 'bob@example.org', password }
const settings = { ACCOUNT_RATE_LIMITS: false, ACCOUNT_EMAIL_NOTIFICATIONS: true }

async function start(more: Record<string, unknown> = {}) {
  return createTestAuth({ settings: { ...settings, ...more }, users: [ann, bob] })
}

/** How many rows of a table are of a user. */
async function rowsOf({ server }: TestAuth, userId: string): Promise<Record<string, number>> {
  const tables = [
    'email_addresses',
    'phone_numbers',
    'sessions',
    'authenticators',
    'trusted_browsers',
    'social_accounts',
  ] as const
  const counts = tables.map(async (table) => {
    const rows = await server.db
      .selectFrom(table)
      .select('id')
      .where('user_id', '=', userId)
      .execute()
    return [table, rows.length] as const
  })
  return Object.fromEntries((await Promise.all(counts)).filter(([, count]) => count > 0))
}

describe('DELETE account', () => {
  it('removes the user with all that is theirs, and signs out', async () => {
    for (const kind of ['app', 'browser'] as const) {
      await using auth = await start()
      const client = await signIn(auth, ann, kind)
      const elsewhere = await signIn(auth, ann)
      const userId = String((await client.get('auth/session')).body.data?.user?.id)
      const { status, body } = await client.delete('latchkey:account')
      assert.equal(status, 401)
      assert.equal(body.meta?.is_authenticated, false)
      assert.ok(body.data?.flows?.some(({ id }) => id === 'login'))
      assert.equal(client.cookies.has('sessionid'), false)
      assert.deepEqual(await rowsOf(auth, userId), {})
      assert.equal((await elsewhere.get('latchkey:account')).status, 410)
      const login = await auth.client('app').post('auth/login', ann)
      assert.deepEqual(TestClient.errors(login), ['email_password_mismatch@password'])
      assert.ok((await eventTypes(auth)).includes('account_deleted'))
      assert.equal((await eventTypes(auth)).includes('user_deleted'), false)
    }
  })

  it('leaves everybody else alone', async () => {
    await using auth = await start()
    const other = await signIn(auth, bob)
    await (await signIn(auth, ann)).delete('latchkey:account')
    assert.equal((await other.get('latchkey:account')).status, 200)
    await signIn(auth, bob)
  })

  it('lets somebody sign up with the address again', async () => {
    await using auth = await start({ ACCOUNT_EMAIL_VERIFICATION: 'none' })
    await (await signIn(auth, ann)).delete('latchkey:account')
    assert.equal((await auth.client('app').post('auth/signup', ann)).status, 200)
  })

  it('tells the verified primary address, where notices are on', async () => {
    await using auth = await start()
    await (await signIn(auth, ann)).delete('latchkey:account')
    assert.deepEqual(await auth.sent(), [`${ann.email}: Your account was deleted - Latchkey`])
    await using quiet = await start({ ACCOUNT_EMAIL_NOTIFICATIONS: false })
    await (await signIn(quiet, ann)).delete('latchkey:account')
    assert.deepEqual(await quiet.sent(), [])
  })

  it('tells no address that was never verified', async () => {
    const dan = { email: 'dan@example.org', email_verified: false, password }
    await using auth = await createTestAuth({
      settings: { ...settings, ACCOUNT_EMAIL_VERIFICATION: 'none' },
      users: [dan],
    })
    assert.equal((await (await signIn(auth, dan)).delete('latchkey:account')).status, 401)
    assert.deepEqual(await auth.sent(), [])
  })

  it('asks for a fresh proof, and deletes nothing until there is one', async () => {
    await using auth = await start()
    const client = await signIn(auth, ann)
    auth.clock.advance(301)
    const { status, body } = await client.delete('latchkey:account')
    assert.equal(status, 401)
    assert.equal(body.meta?.is_authenticated, true)
    assert.deepEqual(
      body.data?.flows?.map(({ id }) => id),
      ['reauthenticate'],
    )
    assert.equal((await client.get('latchkey:account')).status, 200)
    assert.equal((await client.post('auth/reauthenticate', { password })).status, 200)
    const again = await client.delete('latchkey:account')
    assert.equal(again.body.meta?.is_authenticated, false)
    assert.equal((await auth.client('app').post('auth/login', ann)).status, 400)
  })

  it('refuses a browser without the token against forged requests', async () => {
    await using auth = await start()
    const client = await signIn(auth, ann, 'browser')
    assert.equal((await client.delete('latchkey:account', {}, { csrf: false })).status, 403)
    const headers = { origin: 'https://evil.example.net' }
    assert.equal((await client.delete('latchkey:account', {}, { headers })).status, 403)
    assert.equal((await client.get('latchkey:account')).status, 200)
  })

  it('does not exist where the settings have it off', async () => {
    await using auth = await start({ ACCOUNT_DELETION_ENABLED: false })
    const client = await signIn(auth, ann)
    assert.equal((await client.delete('latchkey:account')).status, 405)
    assert.equal((await client.get('latchkey:account')).status, 200)
  })

  it('leaves nobody signed in, whichever of it and logins at the same time comes first', async () => {
    for (let run = 0; run < 8; run += 1) {
      await using auth = await start({ ACCOUNT_EMAIL_NOTIFICATIONS: false })
      const client = await signIn(auth, ann)
      const others = [1, 2, 3].map(() => auth.client('app'))
      const [deleted, ...logins] = await Promise.all([
        client.delete('latchkey:account'),
        ...others.map((it) => it.post('auth/login', ann)),
      ])
      assert.equal(deleted?.status, 401)
      for (const { status } of logins) assert.ok([200, 400].includes(status), `${status}`)
      for (const other of others) {
        assert.ok([401, 410].includes((await other.get('auth/session')).status))
      }
      const users = await auth.server.db.selectFrom('users').select('id').execute()
      assert.equal(users.length, 1)
    }
  })

  it('happens once, of many at the same time', async () => {
    await using auth = await start()
    const clients = await Promise.all([1, 2, 3].map(() => signIn(auth, ann)))
    const answers = await Promise.all(clients.map((it) => it.delete('latchkey:account')))
    for (const { status } of answers) assert.ok([401, 410].includes(status), `${status}`)
    const types = await eventTypes(auth)
    assert.equal(types.filter((it) => it === 'account_deleted').length, 1)
    assert.deepEqual(await auth.sent(), [`${ann.email}: Your account was deleted - Latchkey`])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { signIn } from '../../testing/signed-in.ts'
import {
  addKey,
  authDataOf,
  base64url,
  creationOptions,
  keysOf,
  paths,
  showKey,
  withKeys,
} from '../testing/keys.ts'

const ann = { email: 'ann@example.org', username: 'ann', password: 'velvet-Otter-41' }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }
const name = 'a name that is found nowhere else'
const settings = { ...withKeys, ACCOUNT_EMAIL_NOTIFICATIONS: true }

/** A server where Ann has a passkey, and the coordinates of its public key. */
async function start() {
  const auth = await createTestAuth({ settings, users: [ann, bob] })
  const client = await signIn(auth, ann)
  const key = await addKey(client, { isPasskey: true, name })
  const data = authDataOf(key.create(await creationOptions(client, true)))
  const [x, y] = [data.subarray(-67, -35), data.subarray(-32)]
  return { auth, client, key, x, y, [Symbol.asyncDispose]: () => auth.close() }
}

/** All rows of the tables that keys leave something in, as text. */
async function dump({ server: { db } }: TestAuth, tables: readonly Table[]): Promise<string> {
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()))
  return JSON.stringify(rows)
}

type Table = 'authenticators' | 'rate_limits' | 'sessions' | 'users' | 'outbox' | 'events'

/** A value as it could stand in a row. */
function spellings(bytes: Buffer): string[] {
  const texts = ['base64url', 'base64', 'hex', 'latin1'] as const
  return texts.map((encoding) => bytes.toString(encoding))
}

describe('a key at rest', () => {
  it('shows neither its name nor its credential nor its public key', async () => {
    await using it = await start()
    const login = await showKey(it.auth.client('app'), paths.login, it.key)
    assert.equal(login.status, 200)
    await showKey(it.client, paths.reauthenticate, it.key, { counter: 0 })
    const id = Buffer.from(it.key.id, 'base64url')
    const text = await dump(it.auth, [
      'authenticators',
      'sessions',
      'rate_limits',
      'users',
      'outbox',
    ])
    assert.ok(text.includes('webauthn'))
    for (const secret of [name, ...[id, it.x, it.y].flatMap(spellings)]) {
      assert.equal(text.includes(secret), false, secret)
    }
    const events = await dump(it.auth, ['events'])
    for (const secret of [id, it.x, it.y].flatMap(spellings)) {
      assert.equal(events.includes(secret), false, secret)
    }
  })

  it('looks different after each use and each name', async () => {
    await using it = await start()
    const seen = new Set([await dump(it.auth, ['authenticators'])])
    for (const to of ['A', 'B', 'A']) {
      const [{ id } = { id: 0 }] = await keysOf(it.client)
      await it.client.put(paths.own, { id, name: to })
      seen.add(await dump(it.auth, ['authenticators']))
    }
    assert.equal(seen.size, 4)
  })

  it('works in the place of no other: rows that were swapped open nothing', async () => {
    await using it = await start()
    const { db } = it.auth.server
    const keys = db.selectFrom('authenticators').selectAll().where('type', '=', 'webauthn')
    const mine = await keys.executeTakeFirstOrThrow()
    const ofBob = await addKey(await signIn(it.auth, bob), { isPasskey: true })
    const theirs = await keys.where('id', '!=', mine.id).executeTakeFirstOrThrow()
    const swap = db.updateTable('authenticators').set({ data: theirs.data })
    await swap.where('id', '=', mine.id).execute()
    const client = it.auth.client('app', { mayFail: true })
    for (const key of [it.key, ofBob]) {
      const { userHandle } = it.key
      assert.ok(userHandle)
      const answer = await showKey(client, paths.login, key, { userHandle, id: it.key.id })
      assert.notEqual(answer.status, 200)
    }
    assert.equal((await client.get('auth/session')).status, 401)
  })

  it('can not be read without the secret it was stored with, and is with it as a fallback', async () => {
    await using it = await start()
    const { database } = it.auth
    const before = 'a secret that only the tests know, long enough'
    const newer = 'another secret that only the tests know, long enough'
    const moved = { ...withKeys, SECRET_KEY: newer }
    await using without = await createTestAuth({ settings: moved, database })
    const client = without.client('app', { mayFail: true })
    assert.equal((await showKey(client, paths.login, it.key)).status, 500)
    const both = { ...moved, SECRET_KEY_FALLBACKS: [before] }
    await using fallback = await createTestAuth({ settings: both, database })
    assert.equal((await showKey(fallback.client('app'), paths.login, it.key)).status, 200)
    // Its count was written anew, with the current secret.
    const other = without.client('app')
    assert.equal((await showKey(other, paths.login, it.key)).status, 200)
  })

  it('says nothing of itself in the log', async () => {
    await using it = await start()
    assert.equal((await showKey(it.auth.client('app'), paths.login, it.key)).status, 200)
    await showKey(it.auth.client('app'), paths.login, it.key, { signature: base64url('x') })
    const text = JSON.stringify(it.auth.logged)
    for (const secret of [name, it.key.id]) assert.equal(text.includes(secret), false)
  })
})

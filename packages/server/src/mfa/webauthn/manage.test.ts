import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import {
  addKey,
  atSecondStep,
  eventData,
  keysOf,
  paths,
  sameSession,
  showKey,
  storedFactors,
  tryKey,
  withKeys,
} from '../testing/keys.ts'
import { recoveryCodesOf, setUpTotp } from '../testing/totp.ts'

const { errors, pending } = TestClient
const password = 'velvet-Otter-41'
const ann = { email: 'ann@example.org', username: 'ann', password }
const bob = { email: 'bob@example.org', username: 'bob', password: 'marble-Kiosk-77' }

/** A server, and a client that Ann is signed in with, who has one key. */
async function start({ settings = {} }: TestAuthOptions = {}) {
  const auth = await createTestAuth({ settings: { ...withKeys, ...settings }, users: [ann, bob] })
  const client = await signIn(auth, ann)
  const key = await addKey(client, { name: 'Blue key' })
  const id = await idOf(client)
  return { auth, client, key, id, [Symbol.asyncDispose]: () => auth.close() }
}

/** The id of the newest key. */
async function idOf(client: TestClient): Promise<number> {
  const newest = (await keysOf(client)).at(-1)
  assert.ok(newest)
  return newest.id
}

function rename(client: TestClient, id: unknown, name: unknown) {
  return client.put(paths.own, { id, name })
}

function remove(client: TestClient, authenticators: unknown) {
  return client.delete(paths.own, { authenticators })
}

async function namesOf(client: TestClient): Promise<string[]> {
  return (await keysOf(client)).map(({ name }) => name)
}

describe('PUT account/authenticators/webauthn', () => {
  it('tells in an event what it was called before, and the key goes on to work', async () => {
    await using it = await start()
    const { body } = await rename(it.client, it.id, ' Red key ')
    assert.equal(body.data?.name, 'Red key')
    assert.deepEqual(await namesOf(it.client), ['Red key'])
    const told = await eventData(it.auth, 'webauthn_renamed')
    assert.deepEqual(told, [{ from: 'Blue key', to: 'Red key' }])
    assert.equal((await showKey(it.client, paths.reauthenticate, it.key)).status, 200)
  })

  it('counts characters, of which a name has at most 100', async () => {
    await using it = await start()
    const emoji = '\u{1f511}'
    const tooLong = await rename(it.client, it.id, emoji.repeat(101))
    assert.deepEqual(errors(tooLong), ['max_length@name'])
    assert.deepEqual(await namesOf(it.client), ['Blue key'])
    assert.equal((await rename(it.client, it.id, emoji.repeat(100))).status, 200)
    assert.deepEqual(await namesOf(it.client), [emoji.repeat(100)])
  })

  it('takes the id as text too', async () => {
    await using it = await start()
    for (const id of [` ${it.id} `, `0${it.id}`, `+${it.id}`]) {
      assert.equal((await rename(it.client, id, 'Red key')).status, 200, id)
    }
  })

  it('renames no key of another user, and nothing that is no key', async () => {
    await using it = await start({ settings: { MFA_TOTP_TOLERANCE: 1 } })
    await setUpTotp(it.auth, it.client)
    const rows = await it.auth.server.db
      .selectFrom('authenticators')
      .select('number')
      .where('type', '!=', 'webauthn')
      .execute()
    assert.equal(rows.length, 2)
    const before = await storedFactors(it.auth)
    const other = await signIn(it.auth, bob)
    assert.deepEqual(errors(await rename(other, it.id, 'Mine')), ['invalid_choice@id'])
    for (const { number } of rows) {
      assert.deepEqual(errors(await rename(it.client, number, 'Mine')), ['invalid_choice@id'])
    }
    assert.equal(await storedFactors(it.auth), before)
    assert.deepEqual(await eventData(it.auth, 'webauthn_renamed'), [])
  })

  it('answers 400 for ids that are no ids', async () => {
    await using it = await start()
    const wrong = [0, -1, 1.5, 1e300, true, [], [it.id], { id: it.id }, `${it.id}.0`]
    for (const id of [...wrong, '__proto__', 'length', `${it.id}\0`, '9'.repeat(1000)]) {
      const { status, body } = await rename(it.client, id, 'Mine')
      assert.equal(status, 400, String(id))
      assert.ok(body.errors?.every(({ param }) => param === 'id'))
    }
    for (const [id, code] of [
      [' ', 'invalid_choice'],
      [`${it.id}\0`, 'null_characters_not_allowed'],
      [{}, 'required'],
    ] as const) {
      assert.deepEqual(errors(await rename(it.client, id, 'Mine')), [`${code}@id`])
    }
    assert.deepEqual(await namesOf(it.client), ['Blue key'])
  })

  it('asks for recent authentication, once the input is right', async () => {
    await using it = await start({ settings: { ACCOUNT_REAUTHENTICATION_TIMEOUT: 60 } })
    it.auth.clock.advance(60)
    assert.deepEqual(errors(await rename(it.client, it.id, '')), ['required@name'])
    assert.equal((await rename(it.client, it.id, 'Red key')).status, 401)
    assert.deepEqual(await namesOf(it.client), ['Blue key'])
    await it.client.post('auth/reauthenticate', { password })
    assert.equal((await rename(it.client, it.id, 'Red key')).status, 200)
  })

  it('gives the key one of the names that were asked for at once', async () => {
    await using it = await start()
    const wanted = ['A', 'B', 'C']
    const answers = await Promise.all(
      wanted.map((name) => rename(sameSession(it.auth, it.client), it.id, name)),
    )
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
    const told = (await eventData(it.auth, 'webauthn_renamed')) as { from: string; to: string }[]
    assert.deepEqual(
      told.map(({ from }) => from),
      ['Blue key', ...told.map(({ to }) => to)].slice(0, -1),
    )
    assert.deepEqual(await namesOf(it.client), [told.at(-1)?.to])
  })
})

describe('DELETE account/authenticators/webauthn', () => {
  it('removes the recovery codes along with the last factor, and no second step is left', async () => {
    await using it = await start()
    assert.equal((await recoveryCodesOf(it.client)).length, 10)
    assert.equal((await remove(it.client, [it.id])).status, 200)
    assert.deepEqual((await it.client.get('account/authenticators')).body.data, [])
    assert.equal((await it.client.get('account/authenticators/recovery-codes')).status, 404)
    await signIn(it.auth, ann)
    const again = await tryKey(it.client)
    assert.deepEqual(again.body.meta, { recovery_codes_generated: true })
  })

  it('leaves the recovery codes while another factor is left', async () => {
    await using it = await start()
    await addKey(it.client)
    const codes = await recoveryCodesOf(it.client)
    await remove(it.client, [it.id])
    assert.deepEqual(await recoveryCodesOf(it.client), codes)
    await atSecondStep(it.auth, ann)
  })

  it('removes several at once, and tells of each by event and mail', async () => {
    await using it = await start({ settings: { ACCOUNT_EMAIL_NOTIFICATIONS: true } })
    await addKey(it.client, { name: 'Red key' })
    await addKey(it.client, { name: 'Green key' })
    const mailsBefore = (await it.auth.sent()).length
    const [, red, green] = await keysOf(it.client)
    assert.equal((await remove(it.client, [red?.id, String(green?.id), red?.id])).status, 200)
    assert.deepEqual(await namesOf(it.client), ['Blue key'])
    const told = await eventData(it.auth, 'webauthn_removed')
    assert.deepEqual(told, [{ name: 'Red key' }, { name: 'Green key' }])
    assert.equal((await it.auth.sent()).length, mailsBefore + 2)
  })

  it('sends no notice without ACCOUNT_EMAIL_NOTIFICATIONS', async () => {
    await using it = await start()
    await remove(it.client, [it.id])
    assert.deepEqual(await it.auth.sent(), [])
    assert.ok((await eventTypes(it.auth)).includes('webauthn_removed'))
  })

  it('removes no key of another user, and none beside it', async () => {
    await using it = await start()
    const other = await signIn(it.auth, bob)
    await addKey(other)
    const before = await storedFactors(it.auth)
    for (const ids of [[it.id], [await idOf(other), it.id]]) {
      assert.deepEqual(errors(await remove(other, ids)), ['invalid_choice@authenticators'])
    }
    assert.equal(await storedFactors(it.auth), before)
  })

  it('removes nothing that is no key', async () => {
    await using it = await start()
    await setUpTotp(it.auth, it.client)
    const before = await storedFactors(it.auth)
    const rows = await it.auth.server.db
      .selectFrom('authenticators')
      .select('number')
      .where('type', '!=', 'webauthn')
      .execute()
    for (const { number } of rows) {
      const answer = await remove(it.client, [it.id, number])
      assert.deepEqual(errors(answer), ['invalid_choice@authenticators'])
    }
    assert.equal(await storedFactors(it.auth), before)
  })

  it('answers 400 for ids that are no ids', async () => {
    await using it = await start()
    const missing = [undefined, null, '', 0, false, [], {}]
    const noList = ['nonsense', it.id, true, [[it.id]], [{ id: it.id }]]
    const noIds = [['x'], [''], ['1.5'], [it.id, 'x'], { [it.id]: true, x: 1 }]
    const otherSpellings = [
      [` ${it.id}`],
      [`0${it.id}`],
      [`+${it.id}`],
      [-1],
      [1.5],
      [true],
      [null],
    ]
    const unknown = [[0], [it.id + 1], ['9'.repeat(15)], ['9'.repeat(16)], ...otherSpellings]
    for (const [code, all] of [
      ['required', missing],
      ['invalid_list', noList],
      ['invalid_pk_value', noIds],
      ['invalid_choice', unknown],
      ['null_characters_not_allowed', [['\0']]],
    ] as const) {
      for (const given of all) {
        const answer = await remove(it.client, given)
        assert.deepEqual(errors(answer), [`${code}@authenticators`], JSON.stringify(given))
      }
    }
    assert.deepEqual(await namesOf(it.client), ['Blue key'])
  })

  it('asks for recent authentication', async () => {
    await using it = await start({ settings: { ACCOUNT_REAUTHENTICATION_TIMEOUT: 60 } })
    it.auth.clock.advance(60)
    assert.equal((await remove(it.client, [it.id])).status, 401)
    assert.deepEqual(await namesOf(it.client), ['Blue key'])
    await showKey(it.client, paths.reauthenticate, it.key)
    assert.equal((await remove(it.client, [it.id])).status, 200)
  })

  it('removes a key once where two sessions ask for it at once', async () => {
    await using it = await start({ settings: { MFA_END_OTHER_SESSIONS: false } })
    const other = await atSecondStep(it.auth, ann)
    await showKey(other, paths.second, it.key)
    const answers = await Promise.all([remove(it.client, [it.id]), remove(other, [it.id])])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400])
    assert.equal((await eventData(it.auth, 'webauthn_removed')).length, 1)
  })

  it('leaves a factor, or no recovery codes, where the last two are removed at once', async () => {
    await using it = await start({ settings: { MFA_END_OTHER_SESSIONS: false } })
    await addKey(it.client)
    const other = await atSecondStep(it.auth, ann)
    await showKey(other, paths.second, it.key)
    const ids = (await keysOf(it.client)).map(({ id }) => id)
    await Promise.all([remove(it.client, [ids[0]]), remove(other, [ids[1]])])
    assert.deepEqual((await it.client.get('account/authenticators')).body.data, [])
  })

  it('ends the trust in a browser, which a new key does not bring back', async () => {
    const settings = { MFA_TRUST_ENABLED: true }
    await using it = await start({ settings })
    const browser = await atSecondStep(it.auth, ann, 'browser')
    assert.equal(pending(await showKey(browser, paths.second, it.key)), 'mfa_trust')
    assert.equal((await browser.post('auth/2fa/trust', { trust: true })).status, 200)
    const login = { email: ann.email, password }
    await browser.delete('auth/session')
    assert.equal((await browser.post('auth/login', login)).status, 200)
    await remove(it.client, [it.id])
    await addKey(it.client)
    await browser.delete('auth/session')
    assert.equal(pending(await browser.post('auth/login', login)), 'mfa_authenticate')
  })
})

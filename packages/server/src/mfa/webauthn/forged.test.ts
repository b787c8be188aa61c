import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { signIn } from '../../testing/signed-in.ts'
import {
  atSecondStep,
  creationOptions,
  ForgedKey,
  type Forgery,
  keysOf,
  paths,
  requestOptions,
  withKeys,
} from '../testing/keys.ts'

const { errors } = TestClient
const ann = { email: 'ann@example.org', username: 'ann', password: 'velvet-Otter-41' }
const settings = { ...withKeys, ACCOUNT_RATE_LIMITS: false }
const refused = ['incorrect_code@credential']
/** Flags of authenticator data (WebAuthn Level 3 §6.1): can be copied, was copied, extensions. */
const [canBeCopied, wasCopied, hasExtensions] = [0x08, 0x10, 0x80]

/** A server, where Ann has a passkey. */
async function start(made: Forgery = {}) {
  const auth = await createTestAuth({ settings, users: [ann] })
  const client = await signIn(auth, ann)
  const key = new ForgedKey()
  const credential = key.create(await creationOptions(client, true), made)
  const { status, text } = await client.post(paths.own, { credential })
  assert.equal(status, 200, text)
  return { auth, client, key, [Symbol.asyncDispose]: () => auth.close() }
}

/** Shows the key in each of the places that take one. */
async function showAll({ auth, client, key }: Shown, forgery: Forgery) {
  const places = [
    [await atSecondStep(auth, ann), paths.second],
    [auth.client('app'), paths.login],
    [client, paths.reauthenticate],
  ] as const
  const answers = []
  for (const [one, path] of places) {
    const credential = key.get(await requestOptions(one, path), forgery)
    answers.push(await one.post(path, { credential }))
  }
  return answers
}

interface Shown {
  auth: TestAuth
  client: TestClient
  key: ForgedKey
}

async function assertTaken(shown: Shown, forgery: Forgery) {
  const answers = await showAll(shown, forgery)
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  )
}

async function assertRefused(shown: Shown, forgery: Forgery) {
  assert.deepEqual((await showAll(shown, forgery)).map(errors), [refused, refused, refused])
}

const framed = [
  { crossOrigin: true },
  { crossOrigin: true, topOrigin: 'https://evil.test' },
  { topOrigin: 'https://evil.test' },
  { topOrigin: 'https://localhost' },
]

describe('a key that was used in a frame of another page', () => {
  it('is not added', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signIn(auth, ann)
    const options = await creationOptions(client)
    for (const clientData of framed) {
      const credential = new ForgedKey().create(options, { clientData })
      assert.deepEqual(errors(await client.post(paths.own, { credential })), ['incorrect_code@-'])
    }
    assert.deepEqual(await keysOf(client), [])
    const credential = new ForgedKey().create(options)
    assert.equal((await client.post(paths.own, { credential })).status, 200)
  })

  it('proves nothing, neither alone nor as a second step', async () => {
    await using it = await start()
    for (const clientData of framed) await assertRefused(it, { clientData })
    await assertTaken(it, { clientData: { crossOrigin: false } })
    await assertTaken(it, { clientData: { crossOrigin: undefined } })
  })
})

describe('a key that can be copied to other devices, or not', () => {
  it('stays what it was made as (WebAuthn Level 3 §7.2)', async () => {
    await using single = await start()
    await assertRefused(single, { flags: canBeCopied })
    await assertRefused(single, { flags: canBeCopied | wasCopied })
    await assertTaken(single, {})
    await using multi = await start({ flags: canBeCopied })
    await assertRefused(multi, {})
    await assertTaken(multi, { flags: canBeCopied })
    await assertTaken(multi, { flags: canBeCopied | wasCopied })
  })

  it('was not copied where it can not be', async () => {
    await using it = await start()
    await assertRefused(it, { flags: wasCopied })
    const options = await creationOptions(it.client)
    const credential = new ForgedKey().create(options, { flags: wasCopied })
    assert.deepEqual(errors(await it.client.post(paths.own, { credential })), ['incorrect_code@-'])
  })
})

describe('a signed answer', () => {
  it('of another kind, or with flags for what is not in it, proves nothing', async () => {
    await using it = await start()
    await assertRefused(it, { clientData: { type: 'webauthn.create' } })
    await assertRefused(it, { clientData: { type: 'payment.get' } })
    await assertRefused(it, { clientData: { tokenBinding: { status: 'nonsense' } } })
    await assertRefused(it, { flags: hasExtensions })
    await assertRefused(it, { flags: 0x40 })
  })

  it('may say more than is known', async () => {
    await using it = await start()
    await assertTaken(it, { clientData: { other_keys_can_be_added_here: 'do not compare' } })
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth } from '../../testing/auth.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import {
  addKey,
  atSecondStep,
  base64url,
  type Credential,
  keysOf,
  paths,
  requestOptions,
  withClientData,
  withKeys,
  withResponse,
} from '../testing/keys.ts'
import { assertRefused, type Oddities } from '../testing/oddities.ts'

const ann = { email: 'ann@example.org', username: 'ann', password: 'velvet-Otter-41' }
const settings = { ...withKeys, ACCOUNT_RATE_LIMITS: false }

const response = (name: string, value: unknown) => (good: Credential) =>
  withResponse(good, { [name]: value })

const oddities: Oddities = {
  'data that are missing': response('authenticatorData', undefined),
  'data that are a number': response('authenticatorData', 5),
  'data that are no base64': response('authenticatorData', '!'),
  'data that are too short': response('authenticatorData', base64url(Buffer.alloc(36))),
  'data of nothing': response('authenticatorData', base64url(Buffer.alloc(37))),
  'no signature': response('signature', undefined),
  'a signature that is empty': response('signature', ''),
  'a signature that is a list': response('signature', ['x']),
  'a signature that is no DER': response('signature', base64url('x')),
  'a signature of zeros': response('signature', base64url(Buffer.from('3006020100020100', 'hex'))),
  'a huge signature': response('signature', 'A'.repeat(60_000)),
  'a signature that is cut': (good) =>
    withResponse(good, { signature: String(good.response.signature).slice(0, -4) }),
  'a user handle that is a number': response('userHandle', 5),
  'a user handle that is a list': (good) =>
    withResponse(good, { userHandle: [good.response.userHandle] }),
  'a user handle that is an object': response('userHandle', {}),
  'another method in the client data': (good) => withClientData(good, { type: undefined }),
}

/** A server, where Ann has a passkey, and what she is signed in with. */
async function start() {
  const auth = await createTestAuth({ settings, users: [ann] })
  const owner = await signIn(auth, ann)
  const key = await addKey(owner, { isPasskey: true })
  return { auth, owner, key, [Symbol.asyncDispose]: () => auth.close() }
}

describe('a malformed credential', () => {
  it('is no second step by POST auth/webauthn/authenticate, and the challenge still serves', async () => {
    await using it = await start()
    const client = await atSecondStep(it.auth, ann)
    const good = it.key.get(await requestOptions(client, paths.second))
    const send = (credential: unknown) => client.post(paths.second, { credential })
    const ceremony = { client, send, param: 'credential' } as const
    await assertRefused(it.auth, ceremony, { good, own: oddities })
    assert.equal((await eventTypes(it.auth)).filter((type) => type === 'logged_in').length, 2)
  })

  it('is no login by POST auth/webauthn/login, and the challenge still serves', async () => {
    await using it = await start()
    const client = it.auth.client('browser')
    const good = it.key.get(await requestOptions(client, paths.login))
    const send = (credential: unknown) => client.post(paths.login, { credential })
    const ceremony = { client, send, param: 'credential' } as const
    await assertRefused(it.auth, ceremony, { good, own: oddities })
    assert.equal((await eventTypes(it.auth)).filter((type) => type === 'logged_in').length, 2)
  })

  it('is no proof by POST auth/webauthn/reauthenticate, and the challenge still serves', async () => {
    await using it = await start()
    const good = it.key.get(await requestOptions(it.owner, paths.reauthenticate))
    const send = (credential: unknown) => it.owner.post(paths.reauthenticate, { credential })
    const ceremony = { client: it.owner, send, param: 'credential' } as const
    await assertRefused(it.auth, ceremony, { good, own: oddities })
    assert.notEqual((await keysOf(it.owner))[0]?.last_used_at, null)
  })
})

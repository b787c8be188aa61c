import assert from 'node:assert/strict'
import { describe, it } from 'vitest'
import { createTestAuth } from '../../testing/auth.ts'
import { TestClient } from '../../testing/client.ts'
import { SecurityKey } from '../../testing/security-key.ts'
import { eventTypes, signIn } from '../../testing/signed-in.ts'
import {
  authDataOf,
  base64url,
  type Credential,
  creationOptions,
  keysOf,
  paths,
  withAttestation,
  withKeys,
  withResponse,
} from '../testing/keys.ts'
import { assertRefused, type Oddities } from '../testing/oddities.ts'

const ann = { email: 'ann@example.org', username: 'ann', password: 'velvet-Otter-41' }
const nina = 'nina@example.org'
const settings = {
  ...withKeys,
  ACCOUNT_RATE_LIMITS: false,
  ACCOUNT_EMAIL_VERIFICATION: 'mandatory',
  ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: true,
  MFA_PASSKEY_SIGNUP_ENABLED: true,
}

const attestation = (bytes: Buffer | string) => (good: Credential) =>
  withResponse(good, { attestationObject: base64url(bytes) })
const cbor = (text: string) => attestation(Buffer.from(text, 'latin1'))

/** Authenticator data with some of it replaced. */
function replaced(good: Credential, at: number, length: number, by: number[] | Buffer): Credential {
  const data = authDataOf(good)
  const parts = [data.subarray(0, at), Buffer.from(by), data.subarray(at + length)]
  return withAttestation(good, { authData: Buffer.concat(parts) })
}

/** An attestation without its last bytes. */
function cut(good: Credential, bytes: number): Credential {
  const whole = Buffer.from(String(good.response.attestationObject), 'base64url')
  return attestation(whole.subarray(0, -bytes))(good)
}

// Where they are in authenticator data: flags, length of the id before it, key, and its algorithm.
const [flags, idLength, publicKey, algorithm] = [32, 53, 87, 91]

const oddities: Oddities = {
  'no attestation': (good) => withResponse(good, { attestationObject: undefined }),
  'an attestation that is a number': (good) => withResponse(good, { attestationObject: 5 }),
  'an attestation that is an object': (good) => withResponse(good, { attestationObject: {} }),
  'an attestation that is no base64': (good) => withResponse(good, { attestationObject: '?' }),
  'an attestation that is empty': attestation(''),
  'an attestation that is text': cbor('\x64text'),
  'an attestation that is a list': cbor('\x82\x01\x02'),
  'an attestation that is an empty map': cbor('\xa0'),
  'an attestation of lists in lists': cbor('\x81'.repeat(40_000)),
  'an attestation that claims bytes without end': cbor('\x5b\x00\x00\x7f\xff\xff\xff\xff\xff'),
  'an attestation that claims entries without end': cbor('\x9b\x00\x00\x7f\xff\xff\xff\xff\xff'),
  'an attestation that is cut in half': (good) => cut(good, 100),
  'data that are too short': (good) =>
    withAttestation(good, { authData: authDataOf(good).subarray(0, 36) }),
  'data with more behind': (good) =>
    withAttestation(good, { authData: Buffer.concat([authDataOf(good), Buffer.alloc(1)]) }),
  'data without a credential': (good) =>
    withAttestation(good, {
      authData: Buffer.concat([authDataOf(good).subarray(0, flags), Buffer.from([5, 0, 0, 0, 0])]),
    }),
  'an id that is longer than the data': (good) => replaced(good, idLength, 2, [0xff, 0xff]),
  'a key that is text': (good) => replaced(good, publicKey, 77, [0x61, 0x78]),
  'a key that is an empty map': (good) => replaced(good, publicKey, 77, [0xa0]),
  'a key with text as algorithm': (good) => replaced(good, algorithm, 1, [0x61, 0x78]),
  'a key for an algorithm that was not offered': (good) =>
    replaced(good, algorithm, 1, [0x38, 0x22]),
}
describe('a malformed credential', () => {
  it('adds no key by POST account/authenticators/webauthn, and the challenge still serves', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signIn(auth, ann)
    const good = new SecurityKey().create(await creationOptions(client))
    const send = (credential: unknown) => client.post(paths.own, { credential })
    await assertRefused(auth, { client, send, param: '-' }, { good, own: oddities })
    assert.deepEqual((await keysOf(client)).length, 1)
    assert.equal((await eventTypes(auth)).filter((type) => type === 'webauthn_added').length, 1)
  })

  it('completes no signup by PUT auth/webauthn/signup, and the challenge still serves', async () => {
    await using auth = await createTestAuth({ settings })
    const client = auth.client('app')
    await client.post(paths.signup, { email: nina })
    await client.post('auth/email/verify', { key: await auth.secretTo(nina) })
    const { body } = await client.get(paths.signup)
    const good = new SecurityKey().create(body.data?.creation_options)
    const send = (credential: unknown) => client.put(paths.signup, { credential })
    await assertRefused(auth, { client, send, param: '-' }, { good, own: oddities })
    assert.equal((await client.get('auth/session')).body.data?.user?.email, nina)
  })
})

describe('POST account/authenticators/webauthn with what no authenticator makes', () => {
  /** Those of the oddities that a key was added for. */
  async function accepted(own: Oddities): Promise<string[]> {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signIn(auth, ann)
    const names: string[] = []
    for (const [name, spoil] of Object.entries(own)) {
      const good = new SecurityKey().create(await creationOptions(client))
      const { status } = await client.post(paths.own, { credential: spoil(good) })
      if (status === 200) names.push(name)
    }
    assert.equal((await keysOf(client)).length, names.length)
    return names
  }

  it('refuses an attestation or a key that ends before its announced length', async () => {
    const own: Oddities = {
      'without its last byte': (good) => cut(good, 1),
      'without the last byte of the key': (good) => replaced(good, publicKey + 76, 1, []),
      'without the last number of the key': (good) => replaced(good, publicKey + 42, 35, []),
    }
    assert.deepEqual(await accepted(own), [])
  })

  it('refuses an id of no bytes, or of more than 1023 (WebAuthn Level 3 §7.1)', async () => {
    const own: Oddities = {
      none: (good) => replaced(good, idLength, 34, [0, 0]),
      '1024': (good) =>
        replaced(good, idLength, 34, Buffer.concat([Buffer.from([4, 0]), Buffer.alloc(1024, 7)])),
    }
    assert.deepEqual(await accepted(own), [])
  })

  it('refuses ids that are no text', async () => {
    const own: Oddities = {
      numbers: (good) => ({ ...good, id: 1, rawId: 1 }),
      'truth values': (good) => ({ ...good, id: true, rawId: true }),
    }
    assert.deepEqual(await accepted(own), [])
  })
})

describe('POST account/authenticators/webauthn with an attestation', () => {
  it('looks at no statement, of whatever make it is', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signIn(auth, ann)
    const formats = ['none', 'packed', 'tpm', 'apple', 'fido-u2f', 'android-key', 'nope']
    for (const [at, name] of formats.entries()) {
      const fmt = `${String.fromCharCode(0x60 + name.length)}${name}`
      const made = new SecurityKey().create(await creationOptions(client))
      const credential = withAttestation(made, { fmt, attStmt: '\xa1\x61x\x01' })
      const { status, text } = await client.post(paths.own, { credential })
      assert.equal(status, 200, `${name}: ${text}`)
      assert.equal((await keysOf(client)).length, at + 1)
    }
  })
})

describe('POST account/authenticators/webauthn with odd extension results', () => {
  it('takes the key, but not for a passkey', async () => {
    await using auth = await createTestAuth({ settings, users: [ann] })
    const client = await signIn(auth, ann)
    const odd = [
      undefined,
      null,
      5,
      [],
      'rk',
      { credProps: null },
      { credProps: true },
      { credProps: { rk: 'true' } },
      { credProps: { rk: 1 } },
      { credProps: { rk: [true] } },
      JSON.parse('{"__proto__":{"credProps":{"rk":true}}}'),
    ]
    for (const clientExtensionResults of odd) {
      const key = new SecurityKey()
      const made = key.create(await creationOptions(client))
      const credential = { ...made, clientExtensionResults }
      const { status, body } = await client.post(paths.own, { credential })
      const shown = JSON.stringify(clientExtensionResults)
      assert.deepEqual([status, body.data?.is_passwordless], [200, undefined], shown)
      const anonymous = auth.client('app')
      const { body: asked } = await anonymous.get(paths.login)
      const login = key.get(asked.data?.request_options, {
        userHandle: String(key.userHandle),
        userVerified: true,
      })
      const answer = await anonymous.post(paths.login, { credential: login })
      assert.deepEqual(TestClient.errors(answer), ['incorrect_code@credential'], shown)
    }
  })
})

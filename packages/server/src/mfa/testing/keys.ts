import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { TestAuth } from '../../testing/auth.ts'
import { type TestAnswer, TestClient } from '../../testing/client.ts'
import {
  type CreationTampering,
  type RequestTampering,
  SecurityKey,
} from '../../testing/security-key.ts'
import type { Credentials } from '../../testing/signed-in.ts'

/** Settings with which keys are made and sign in. */
export const withKeys = {
  MFA_SUPPORTED_TYPES: ['recovery_codes', 'totp', 'webauthn'],
  MFA_PASSKEY_LOGIN_ENABLED: true,
}

/** Where keys are made and answered for. */
export const paths = {
  own: 'account/authenticators/webauthn',
  login: 'auth/webauthn/login',
  reauthenticate: 'auth/webauthn/reauthenticate',
  second: 'auth/webauthn/authenticate',
  signup: 'auth/webauthn/signup',
} as const

/** How a key is made for the user of a client. */
export interface Making {
  /** @defaultValue false */
  isPasskey?: boolean
  name?: string
  key?: SecurityKey
  tampering?: CreationTampering
}

/** A key as the list of authenticators shows it. */
export interface ListedKey {
  id: number
  name: string
  is_passwordless?: boolean
  last_used_at: number | null
}

/** What a browser is told to make a key with. */
export async function creationOptions(client: TestClient, isPasskey = false): Promise<unknown> {
  const { status, body, text } = await client.get(`${paths.own}${isPasskey ? '?passwordless' : ''}`)
  assert.equal(status, 200, text)
  return body.data?.creation_options
}

/** What a browser is told to use a key with. */
export async function requestOptions(client: TestClient, path: string): Promise<unknown> {
  const { status, body, text } = await client.get(path)
  assert.equal(status, 200, text)
  return body.data?.request_options
}

/** Tries to make a key for the user of a client. */
export async function tryKey(
  client: TestClient,
  { isPasskey, name = 'Key', key = new SecurityKey(), tampering }: Making = {},
): Promise<TestAnswer> {
  const credential = key.create(await creationOptions(client, isPasskey), tampering)
  return client.post(paths.own, { name, credential })
}

/** Makes a key for the user of a client. */
export async function addKey(client: TestClient, making: Making = {}): Promise<SecurityKey> {
  const key = making.key ?? new SecurityKey()
  const { status, text } = await tryKey(client, { ...making, key })
  assert.equal(status, 200, text)
  return key
}

/** Asks for a challenge on a path and shows the key there. */
export async function showKey(
  client: TestClient,
  path: string,
  key: SecurityKey,
  tampering: RequestTampering = {},
): Promise<TestAnswer> {
  const credential = key.get(await requestOptions(client, path), tampering)
  return client.post(path, { credential })
}

/** The keys of the user of a client. */
export async function keysOf(client: TestClient): Promise<ListedKey[]> {
  const { status, body, text } = await client.get('account/authenticators')
  assert.equal(status, 200, text)
  assert.ok(Array.isArray(body.data))
  return body.data.filter(({ type }) => type === 'webauthn')
}

/** A client whose login waits for the second factor. */
export async function atSecondStep(
  auth: TestAuth,
  { email, password }: Credentials,
  kind: 'app' | 'browser' = 'app',
  options: { ip?: string } = {},
): Promise<TestClient> {
  const client = auth.client(kind, options)
  const answer = await client.post('auth/login', { email, password })
  assert.equal(TestClient.pending(answer), 'mfa_authenticate', answer.text)
  return client
}

/** Another client in the same session. */
export function sameSession(auth: TestAuth, client: TestClient): TestClient {
  const same = auth.client(client.kind)
  same.token = client.token
  for (const [name, value] of client.cookies) same.cookies.set(name, value)
  return same
}

/** All that is stored of authenticators. */
export async function storedFactors({ server }: TestAuth): Promise<string> {
  const rows = await server.db.selectFrom('authenticators').selectAll().orderBy('id').execute()
  const codes = await server.db.selectFrom('recovery_codes').selectAll().execute()
  return JSON.stringify([rows, codes])
}

/** The events of a type: what each tells. */
export async function eventData({ server }: TestAuth, type: string): Promise<unknown[]> {
  const rows = await server.db
    .selectFrom('events')
    .select('data')
    .where('type', '=', type)
    .orderBy('id')
    .execute()
  return rows.map(({ data }) => JSON.parse(data))
}

/** What a browser returns of a key. */
export interface Credential {
  id: unknown
  rawId: unknown
  type: unknown
  response: Record<string, unknown>
}

/** A credential with other members in its response. */
export function withResponse(credential: Credential, response: object): Credential {
  return { ...credential, response: { ...credential.response, ...response } }
}

/** A credential whose client data says something else; the signature is as it was. */
export function withClientData(credential: Credential, more: object): Credential {
  const { clientDataJSON } = credential.response
  const data = JSON.parse(Buffer.from(String(clientDataJSON), 'base64url').toString())
  return withResponse(credential, {
    clientDataJSON: base64url(JSON.stringify({ ...data, ...more })),
  })
}

/** A new credential with another attestation (WebAuthn Level 3 §6.5.4): CBOR but for the data. */
export function withAttestation(
  credential: Credential,
  { fmt = '\x64none', attStmt = '\xa0', authData = authDataOf(credential) },
): Credential {
  const length = Buffer.from([0x59, authData.length >> 8, authData.length & 0xff])
  const object = Buffer.concat([
    Buffer.from(`\xa3\x63fmt${fmt}\x67attStmt${attStmt}\x68authData`, 'latin1'),
    length,
    authData,
  ])
  return withResponse(credential, { attestationObject: base64url(object) })
}

/** The authenticator data (§6.1) of a new credential. */
export function authDataOf({ response }: Credential): Buffer {
  const object = Buffer.from(String(response.attestationObject), 'base64url')
  // Last in the object, behind its name and a length of one byte.
  return object.subarray(object.indexOf('authData') + 'authData'.length + 2)
}

export function base64url(bytes: string | Buffer): string {
  return Buffer.from(bytes).toString('base64url')
}

/** What a forged key says beside what it was asked for. */
export interface Forgery {
  /** Members of the client data. */
  clientData?: object
  /** More flags of the authenticator data, such as 0x08: it can be copied, 0x10: it was. */
  flags?: number
}

/** A key that signs whatever a test has it say. */
export class ForgedKey {
  readonly #honest = new SecurityKey()
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  create(options: unknown, { clientData = {}, flags = 0 }: Forgery = {}): Credential {
    const made = withClientData(this.#honest.create(options), clientData)
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const authData = withFlags(authDataOf(made), flags)
    // The coordinates stand at the end, each behind its label and length (three bytes).
    authData.set(Buffer.from(x, 'base64url'), authData.length - 67)
    authData.set(Buffer.from(y, 'base64url'), authData.length - 32)
    return withAttestation(made, { authData })
  }

  get(options: unknown, { clientData = {}, flags = 0 }: Forgery = {}): Credential {
    const shown = withClientData(this.#honest.get(options), clientData)
    const read = (name: string) => Buffer.from(String(shown.response[name]), 'base64url')
    const data = withFlags(read('authenticatorData'), flags)
    const hash = createHash('sha256').update(read('clientDataJSON')).digest()
    const signature = sign('sha256', Buffer.concat([data, hash]), this.#keys.privateKey)
    return withResponse(shown, {
      authenticatorData: base64url(data),
      signature: base64url(signature),
    })
  }
}

function withFlags(authData: Buffer, more: number): Buffer {
  const copy = Buffer.from(authData)
  copy[32] = Number(copy[32]) | more
  return copy
}

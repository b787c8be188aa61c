// Two servers over one database, and a thief who has copied the credentials of sessions.
import assert from 'node:assert/strict'
import { serve } from '../../src/http/serve.ts'
import { addKey } from '../../src/mfa/testing/keys.ts'
import { setUpTotp } from '../../src/mfa/testing/totp.ts'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import type { TestClient } from '../../src/testing/client.ts'
import { createTestDatabase } from '../../src/testing/database.ts'
import type { SecurityKey } from '../../src/testing/security-key.ts'
import { signIn } from '../../src/testing/signed-in.ts'
import { everything, type Kind } from './operations.ts'

export const ann = { email: 'ann@example.org', password: 'velvet-Otter-41' }
export const second = 'second@example.org'
export const unverified = 'third@example.org'
export const newPassword = 'copper-Lagoon-58'

/** The nodes, and three sessions of one user. */
export interface Nodes {
  here: TestAuth
  there: TestAuth
  userId: string
  /** Who ends the other sessions, at the one node. */
  owner: TestClient
  /** The sessions that are ended, as their own clients have them at the one node. */
  own: Readonly<Record<Kind, TestClient>>
  /** Copies of them, used at the other node. */
  stolen: Readonly<Record<Kind, TestClient>>
  access: string
  refreshToken: string
  key: SecurityKey | undefined
  /** An unused code of the authenticator app. */
  nextCode(): string
  [Symbol.asyncDispose](): Promise<void>
}

/** Without factors where the way in is to be a password alone. */
export async function createNodes(hasFactors: boolean, settings: object = {}): Promise<Nodes> {
  const database = await createTestDatabase()
  const options = {
    database,
    settings: {
      ...everything,
      MFA_TRUST_ENABLED: false,
      MFA_ALLOW_UNVERIFIED_EMAIL: true,
      ...settings,
    },
  }
  const here = await createTestAuth(options)
  const there = await createTestAuth(options)
  const userId = await here.createUser({
    ...ann,
    extra_emails: [
      { email: second, verified: true },
      { email: unverified, verified: false },
    ],
  })
  const owner = await signIn(here, ann)
  const key = hasFactors ? await addKey(owner) : undefined
  const app = hasFactors ? await setUpTotp(here, owner) : undefined
  function nextCode(): string {
    // Each code works once; one time for both nodes.
    here.clock.advance(30)
    there.clock.now = here.clock.now
    return app?.code() ?? ''
  }
  async function logIn(kind: Kind): Promise<[TestClient, Record<string, unknown>]> {
    const client = here.client(kind)
    let answer = await client.post('auth/login', ann)
    if (app) answer = await client.post('auth/2fa/authenticate', { code: nextCode() })
    assert.equal(answer.status, 200, answer.text)
    return [client, answer.body.meta ?? {}]
  }
  const [ownApp, meta] = await logIn('app')
  const own = { app: ownApp, browser: (await logIn('browser'))[0] }
  there.clock.now = here.clock.now
  return {
    here,
    there,
    userId,
    owner,
    own,
    stolen: { app: copyAt(there, own.app), browser: copyAt(there, own.browser) },
    access: String(meta.access_token),
    refreshToken: String(meta.refresh_token),
    key,
    nextCode,
    async [Symbol.asyncDispose]() {
      await here.close()
      await there.close()
      await database.close()
    },
  }
}

function copyAt(auth: TestAuth, client: TestClient): TestClient {
  const copy = auth.client(client.kind)
  copy.token = client.token
  for (const [name, value] of client.cookies) copy.cookies.set(name, value)
  return copy
}

/** What a client sends with each request, its token against forged ones included. */
export function headersOf({ kind, token, cookies }: TestClient): Record<string, string> {
  if (kind === 'app') return { host: 'localhost', 'x-session-token': token ?? '' }
  return {
    host: 'localhost',
    cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
    'x-csrftoken': cookies.get('csrftoken') ?? '',
  }
}

/** A request that is under way: its head has arrived and was looked at, its body comes later. */
export async function holdBody(
  { server, served }: TestAuth,
  client: TestClient,
  { method, path, json }: { method: string; path: string; json: unknown },
) {
  const headers = headersOf(client)
  const reached = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const answered = serve(server, served, {
    method,
    target: client.targetOf(path),
    isEncrypted: false,
    remoteAddress: '192.0.2.7',
    header: (name) => headers[name],
    async readBody() {
      reached.resolve()
      await released.promise
      return new TextEncoder().encode(JSON.stringify(json))
    },
  })
  await reached.promise
  return {
    finish() {
      released.resolve()
      return answered
    },
  }
}

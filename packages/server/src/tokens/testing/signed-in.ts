import assert from 'node:assert/strict'
import { createTestAuth, type TestAuth } from '../../testing/auth.ts'
import type { TestAnswer, TestClient } from '../../testing/client.ts'
import type { Credentials } from '../../testing/signed-in.ts'

export const ann = { email: 'ann@example.test', password: 'velvet-Otter-41' } as const
export const bob = { email: 'bob@example.test', password: 'marble-Kiosk-77' } as const

/** The settings of most tests: a shared secret is the quickest to sign with. */
export const quickJwt = {
  HEADLESS_TOKEN_STRATEGY: 'jwt',
  HEADLESS_JWT_ALGORITHM: 'HS256',
  ACCOUNT_RATE_LIMITS: false,
}

/** A server whose apps get signed tokens. */
export function createTokenAuth(settings: Readonly<Record<string, unknown>> = {}) {
  return createTestAuth({ settings: { ...quickJwt, ...settings }, users: [ann, bob] })
}

/** What an app holds after a login. */
export interface Held {
  client: TestClient
  session: string
  access: string
  refresh: string
}

/** Logs an app in and keeps all of its tokens. */
export async function logInWithTokens(auth: TestAuth, user: Credentials = ann): Promise<Held> {
  const client = auth.client('app')
  const { body, text } = await client.post('auth/login', user)
  const { session_token: session, access_token: access, refresh_token: refresh } = body.meta ?? {}
  assert.ok(session && access && refresh, text)
  return { client, session, access, refresh }
}

/** What an access token alone is told. */
export function askWith(auth: TestAuth, access: string, path = 'auth/session') {
  return auth.client('app').get(path, { headers: { authorization: `Bearer ${access}` } })
}

/** The status of `askWith`. */
export async function statusWith(auth: TestAuth, access: string): Promise<number> {
  return (await askWith(auth, access)).status
}

/** Trades a refresh token, with no other credential. */
export function refresh(auth: TestAuth, token: string): Promise<TestAnswer> {
  return auth.client('app').post('tokens/refresh', { refresh_token: token })
}

/** The tokens of an answer that has them. */
export async function traded(answer: Promise<TestAnswer>) {
  const { status, body, text } = await answer
  assert.equal(status, 200, text)
  const { access_token: access, refresh_token: successor } = body.data ?? {}
  assert.ok(typeof access === 'string')
  return { access, refresh: typeof successor === 'string' ? successor : '' }
}

import assert from 'node:assert/strict'
import type { TestAuth } from './auth.ts'
import type { ClientOptions, TestAnswer, TestClient } from './client.ts'

/** What a user of the tests logs in with. */
export interface Credentials {
  email?: string
  username?: string
  phone?: string
  password?: string | null
}

/** A client that somebody is signed in with, by password. */
export async function signIn(
  auth: TestAuth,
  user: Credentials,
  kind: 'app' | 'browser' = 'app',
  options: ClientOptions = {},
): Promise<TestClient> {
  const client = auth.client(kind, options)
  const method = auth.server.settings.account.loginMethods.find((it) => user[it] !== undefined)
  assert.ok(method)
  const login = { [method]: user[method], password: user.password }
  const { status, text } = await client.post('auth/login', login)
  assert.equal(status, 200, text)
  return client
}

/** The addresses or numbers that an answer lists, as `ann@example.org verified primary`. */
export function listed({ body }: TestAnswer): string[] {
  assert.ok(Array.isArray(body.data))
  return body.data.map(({ email, phone, verified, primary }) =>
    [email ?? phone, verified && 'verified', primary && 'primary'].filter(Boolean).join(' '),
  )
}

/** The types of the events that were written, oldest first. */
export async function eventTypes({ server }: TestAuth): Promise<string[]> {
  const rows = await server.db.selectFrom('events').select('type').orderBy('id').execute()
  return rows.map(({ type }) => type)
}

import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/auth.ts'
import type { TestAnswer, TestClient } from '../../testing/client.ts'
import {
  type Claims,
  createIdentityProvider,
  type IdentityProvider,
} from '../../testing/identity-provider.ts'

/** A server with two issuers, `idp` and `other`. */
export interface SocialAuth extends TestAuth {
  idp: IdentityProvider
  other: IdentityProvider
}

const secret = 'the secret of the app at its issuer'

/** The settings of an app at an issuer. */
export function appAt(id: string, server_url: string, settings: object = {}) {
  return {
    provider_id: id,
    name: id,
    client_id: 'latchkey',
    secret,
    settings: { server_url, ...settings },
  }
}

/** Where people are sent whose way back is unknown. */
export const errorPage = 'https://app.example.org/error'

/**
 * Starts a server for one test. Once it is closed, nothing that passed between it and the issuers may
 * stand in its log.
 */
export async function createSocialAuth(
  settings: Readonly<Record<string, unknown>> = {},
  { users, app = {} }: { users?: TestAuthOptions['users']; app?: object } = {},
): Promise<SocialAuth> {
  let clock: { now: number } | undefined
  const now = () => clock?.now ?? Date.now()
  const idp = createIdentityProvider(now)
  const other = createIdentityProvider(now, 'https://other.example.org')
  const apps = [appAt('idp', idp.issuer, app), appAt('other', other.issuer)]
  const auth = await createTestAuth({
    settings: {
      ACCOUNT_RATE_LIMITS: false,
      INSTALLED_APPS: ['allauth.socialaccount', 'allauth.mfa', 'allauth.usersessions'],
      HEADLESS_FRONTEND_URLS: { socialaccount_login_error: errorPage },
      SOCIALACCOUNT_PROVIDERS: { openid_connect: { APPS: apps } },
      ...settings,
    },
    ...(users && { users }),
    fetch: (url, init) => {
      const asked = [idp, other].find(({ issuer }) => String(url).startsWith(`${issuer}/`))
      if (!asked) throw new Error(`nobody is at ${url}`)
      return asked.fetch(url, init)
    },
  })
  clock = auth.clock
  async function close() {
    await auth.close()
    const text = inspect(auth.logged, { depth: null, maxStringLength: null })
    for (const it of [...idp.secrets, ...other.secrets, secret]) {
      assert.ok(!text.includes(it), `a secret was logged: ${text}`)
    }
    assert.deepEqual(
      auth.logged.filter(({ level }) => level === 'error'),
      [],
    )
  }
  return { ...auth, idp, other, close, [Symbol.asyncDispose]: close }
}

/** Posts the form that leads to a provider. */
export async function begin(
  client: TestClient,
  fields: Readonly<Record<string, string | undefined>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<TestAnswer> {
  if (!client.cookies.has('csrftoken')) await client.get('config')
  const all = {
    provider: 'idp',
    process: 'login',
    callback_url: '/back',
    csrfmiddlewaretoken: client.cookies.get('csrftoken'),
    ...fields,
  }
  const given = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return client.request('POST', 'auth/provider/redirect', undefined, {
    raw: new URLSearchParams(given).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    csrf: false,
  })
}

/** Where an answer leads. */
export function locationOf(answer: TestAnswer): string {
  assert.equal(answer.status, 302, answer.text)
  return answer.headers.get('location') ?? ''
}

/** Comes back from a provider. */
export function comeBack(
  client: TestClient,
  callback: URLSearchParams,
  provider = 'idp',
): Promise<TestAnswer> {
  return client.get(`/accounts/oidc/${provider}/login/callback/?${callback}`)
}

/** Goes to a provider, signs in there and comes back; returns where that ends. */
export async function visit(
  { idp, other }: SocialAuth,
  client: TestClient,
  { as, ...fields }: { as: Claims; provider?: 'idp' | 'other'; process?: string },
): Promise<string> {
  const at = fields.provider === 'other' ? other : idp
  const callback = at.signIn(locationOf(await begin(client, fields)), as)
  return locationOf(await comeBack(client, callback, fields.provider))
}

/** Hands over a token that a client got by itself. */
export async function handOver(
  client: TestClient,
  id_token: string,
  fields: object = {},
): Promise<TestAnswer> {
  const token = { client_id: 'latchkey', id_token }
  return client.post('auth/provider/token', { provider: 'idp', process: 'login', token, ...fields })
}

/** Somebody signed in by a provider, which vouches for the address. */
export async function signedInBy(
  auth: SocialAuth,
  sub: string,
  email = `${sub}@people.example.org`,
): Promise<TestClient> {
  const client = auth.client('browser')
  const as = { sub, email, email_verified: true }
  assert.equal(await visit(auth, client, { as }), '/back')
  assert.equal((await client.get('auth/session')).status, 200)
  return client
}

/** The accounts that the user of a client has connected, as `idp 1`. */
export async function connectedOf(client: TestClient): Promise<string[]> {
  const { body } = await client.get('account/providers')
  assert.ok(Array.isArray(body.data))
  return body.data.map(({ provider, uid }) => `${provider.id} ${uid}`)
}

/** How many rows a table has. */
export async function count(
  { server }: TestAuth,
  table: 'users' | 'social_accounts',
): Promise<number> {
  return (await server.db.selectFrom(table).select('id').execute()).length
}

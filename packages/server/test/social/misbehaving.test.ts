import assert from 'node:assert/strict'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { createTestAuth, type TestAuth } from '../../src/testing/auth.ts'
import { TestClient } from '../../src/testing/client.ts'
import { change, json, misanswers, text } from './misanswers.ts'
import {
  clientId,
  clientSecret,
  type Fault,
  type MisbehavingProvider,
  startMisbehavingProvider,
} from './misbehaving-provider.ts'
import { arrive, begin, errorAt } from './redirect.ts'
import {
  ambiguousKey,
  type Case,
  configurationFaults,
  nonceFaults,
  tokenFaults,
  unnamedKey,
} from './token-faults.ts'

let peer: MisbehavingProvider
let auth: TestAuth
let ip = 0
const clock = { now: () => Date.now() }

beforeAll(async () => {
  peer = await startMisbehavingProvider(() => clock.now())
  const app = { client_id: clientId, secret: clientSecret }
  const settings = { server_url: peer.issuer }
  auth = await createTestAuth({
    settings: {
      SOCIALACCOUNT_ALLOW_PRIVATE_ADDRESSES_INSECURE: true,
      SOCIALACCOUNT_REQUESTS_TIMEOUT: 1,
      SOCIALACCOUNT_STORE_TOKENS: true,
      SOCIALACCOUNT_PROVIDERS: {
        openid_connect: {
          APPS: [
            { ...app, provider_id: 'acme', settings },
            { ...app, provider_id: 'bare', settings: { ...settings, fetch_userinfo: false } },
          ],
        },
      },
    },
  })
  clock.now = () => auth.clock.now
})

afterAll(async () => {
  await auth?.close()
  await peer?.stop()
})

beforeEach(() => {
  // What is known of the provider is kept for an hour.
  auth.clock.advance(3601)
  peer.fault = {}
  peer.claims = { sub: 'ann', email: 'ann@example.org', email_verified: true, name: 'Ann' }
  peer.asked.length = 0
  peer.secrets.length = 0
  auth.logged.length = 0
})

afterEach(() => {
  const errors = auth.logged.filter(({ level }) => level === 'error')
  assert.deepEqual(errors, [])
  const log = JSON.stringify(auth.logged)
  for (const secret of [...peer.secrets, clientSecret, 'ann@example.org']) {
    assert.ok(secret.length < 10 || !log.includes(secret), `the log has ${secret}`)
  }
})

/** Of an address of its own, so that no limit is met. */
function clientOf(kind: 'app' | 'browser'): TestClient {
  ip += 1
  return auth.client(kind, { ip: `198.51.${ip >> 8}.${ip & 255}` })
}

/** Goes there and comes back; the error that the page is told, or null. */
async function goAndReturn(client: TestClient, provider = 'acme'): Promise<string | null> {
  const there = await begin(client, { provider })
  if (there.startsWith('/done')) return errorAt(there)
  return errorAt(await arrive(client, peer.authorize(there)))
}

async function isSignedIn(client: TestClient): Promise<boolean> {
  return (await client.get('auth/session')).status === 200
}

/** That the one line of the log names the provider and the reason. */
function assertLogged(provider: string, reason: RegExp): void {
  const [line, ...others] = auth.logged
  assert.ok(line)
  assert.deepEqual(others, [])
  assert.equal(line.level, 'warn')
  assert.equal(Object.entries(line.details).find(([key]) => key === 'provider')?.[1], provider)
  assert.match(Object.values(line.details).join(' '), reason)
}

async function assertFails(fault: Fault, reason: RegExp, provider = 'acme'): Promise<void> {
  const client = clientOf('browser')
  peer.fault = fault
  assert.equal(await goAndReturn(client, provider), 'unknown')
  assert.equal(await isSignedIn(client), false)
  assertLogged(provider, reason)
  peer.fault = {}
  assert.equal(await goAndReturn(client, provider), null)
  assert.equal(await isSignedIn(client), true)
}

function casesOf(endpoint: 'configuration' | 'jwks' | 'token' | 'userinfo'): Case[] {
  return Object.entries(misanswers).map(([name, [misanswer, reason]]) => [
    name,
    { [endpoint]: misanswer },
    reason,
  ])
}

describe('somebody who comes back with an id_token', () => {
  it.each([...tokenFaults, ...nonceFaults, ambiguousKey])('%s', async (_, fault, reason) => {
    await assertFails(fault, reason)
  })
})

describe('an issuer whose configuration', () => {
  it.each([...configurationFaults, ...casesOf('configuration')])('%s', async (_, fault, reason) => {
    await assertFails(fault, reason)
  })
})

describe('an issuer whose list of keys', () => {
  it.each(casesOf('jwks'))('%s', async (_, fault, reason) => {
    await assertFails(fault, reason)
  })

  it.each([
    ['is of anything', { jwks: json({ keys: [null, 1, 'a', {}, []] }) }, /not valid/],
    ['is an object', { jwks: json({ keys: { a: 1 } }) }, /none/],
  ] satisfies Case[])('%s', async (_, fault, reason) => {
    await assertFails(fault, reason)
  })
})

describe('an issuer whose token endpoint', () => {
  it.each(casesOf('token'))('%s', async (_, fault, reason) => {
    await assertFails(fault, reason)
  })

  const described = { error: 'invalid_grant', error_description: clientSecret }
  it.each([
    ['refuses the code', { token: json(described, 400) }, /invalid_grant/],
    ['refuses the client', { token: json({ error: 'invalid_client' }, 401) }, /invalid_client/],
    ['tells more than a word', { token: json({ error: clientSecret }, 400) }, /gave no tokens/],
    ['refuses with success', { token: json(described) }, /gave no tokens/],
    ['gives no access token', { token: change({ access_token: undefined }) }, /gave no tokens/],
    ['gives a number as access token', { token: change({ access_token: 1 }) }, /gave no tokens/],
    ['gives a token of another type', { token: change({ token_type: 'mac' }) }, /gave no tokens/],
    ['gives a type that is none', { token: change({ token_type: 1 }) }, /gave no tokens/],
    ['gives a list of scopes', { token: change({ scope: ['openid'] }) }, /gave no tokens/],
    ['says nonsense of the end', { token: change({ expires_in: 'soon' }) }, /gave no tokens/],
  ] satisfies Case[])('%s', async (_, fault, reason) => {
    await assertFails(fault, reason)
  })

  it('gives no id_token where nothing else is asked', async () => {
    peer.claims = { sub: 'bea', email: 'bea@example.org', email_verified: true }
    await assertFails({ token: change({ id_token: undefined }) }, /no id_token/, 'bare')
  })

  it.each([1e300, 0.0001, 2 ** 53])('gives tokens for %s seconds', async (seconds) => {
    peer.fault = { token: change({ expires_in: seconds }) }
    assert.equal(await goAndReturn(clientOf('browser')), null)
    const rows = await auth.server.db.selectFrom('social_tokens').select('expires_at').execute()
    for (const row of rows) assert.ok(Number.isSafeInteger(row.expires_at), `${row.expires_at}`)
  })
})

describe('an issuer whose userinfo endpoint', () => {
  const cases: Case[] = [
    ['answers for another subject', { userinfo: change({ sub: 'bob' }) }, /another subject/],
    ['answers for nobody', { userinfo: change({ sub: undefined }) }, /another subject/],
    ['answers for a list of subjects', { userinfo: change({ sub: ['ann'] }) }, /another subject/],
    [
      'answers with a JWT',
      { userinfo: text('eyJhbGciOiJub25lIn0.e30.', 'application/jwt') },
      /JSON/,
    ],
    ['answers with secrets', { userinfo: text('ann@example.org', 'text/plain') }, /JSON/],
    ['does not take the token', { userinfo: json({}, 401) }, /answered 401/],
  ]
  it.each([...casesOf('userinfo'), ...cases])('%s', async (_, fault, reason) => {
    await assertFails(fault, reason)
  })
})

describe('somebody who comes back', () => {
  it.each([
    [
      'from another issuer',
      { callback: (it) => it.set('iss', 'https://evil.example.org') },
      /tokens/,
    ],
    ['from no issuer', { callback: (it) => it.delete('iss') }, /tokens/],
    [
      'from two issuers',
      { callback: (it) => it.append('iss', 'https://evil.example.org') },
      /tokens/,
    ],
    ['without a code', { callback: (it) => it.delete('code') }, /tokens/],
    ['with an answer that is a token', { callback: (it) => it.set('response', 'a.b.c') }, /tokens/],
  ] satisfies Case[])('%s', async (_, fault, reason) => {
    await assertFails(fault, reason)
    assert.equal(peer.asked.filter((it) => it === 'token').length, 1)
  })

  it('with an error is told no more than that', async () => {
    const client = clientOf('browser')
    peer.fault = { callback: (it) => it.set('error', 'server_error') }
    assert.equal(await goAndReturn(client), 'unknown')
    assert.equal(await isSignedIn(client), false)
    assert.deepEqual(peer.asked, ['configuration'])
  })
})

describe('POST auth/provider/token with an id_token', () => {
  const cases = [...tokenFaults, ambiguousKey, unnamedKey]
  it.each([...cases, ...casesOf('configuration'), ...casesOf('jwks')])(
    '%s is not taken',
    async (_, fault, reason) => {
      const client = clientOf('app')
      peer.fault = fault
      const refused = await handOver(client)
      assert.equal(refused.status, 400)
      assert.deepEqual(TestClient.errors(refused), ['invalid_token@token'])
      assert.equal(await isSignedIn(client), false)
      assertLogged('acme', reason)
      peer.fault = {}
      assert.equal((await handOver(client)).status, 200)
    },
  )

  it('takes one that names itself once, whenever it ends', async () => {
    for (const exp of [1e300, auth.clock.now / 1000 + 60.5]) {
      peer.claims = { ...peer.claims, jti: `a token until ${exp}`, exp }
      assert.equal((await handOver(clientOf('app'))).status, 200)
      assert.equal((await handOver(clientOf('app'))).status, 400)
    }
    const rows = await auth.server.db.selectFrom('used_id_tokens').select('expires_at').execute()
    for (const row of rows) assert.ok(Number.isSafeInteger(row.expires_at), `${row.expires_at}`)
  })
})

async function handOver(client: TestClient) {
  const token = { client_id: clientId, id_token: await peer.idToken() }
  return client.post('auth/provider/token', { provider: 'acme', process: 'login', token })
}

describe('an issuer that has new keys', () => {
  it('is asked for them by the first token that names one', async () => {
    assert.equal(await goAndReturn(clientOf('browser')), null)
    await peer.rotate()
    auth.clock.advance(31)
    assert.equal(await goAndReturn(clientOf('browser')), null)
    assert.equal((await handOver(clientOf('app'))).status, 200)
    assert.equal(counted('jwks'), 2)
    assert.equal(counted('configuration'), 2)
  })

  it('is not asked more than every 30 seconds, whatever keys are named', async () => {
    assert.equal((await handOver(clientOf('app'))).status, 200)
    assert.equal(counted('jwks'), 1)
    for (const [seconds, expected] of [
      [0, 1],
      [31, 2],
      [0, 2],
      [29, 2],
      [2, 3],
    ] as const) {
      auth.clock.advance(seconds)
      peer.fault = { header: { kid: crypto.randomUUID() } }
      const refused = await Promise.all([handOver(clientOf('app')), handOver(clientOf('app'))])
      assert.deepEqual(
        refused.map(({ status }) => status),
        [400, 400],
      )
      assert.equal(counted('jwks'), expected)
    }
    peer.fault = {}
    assert.equal((await handOver(clientOf('app'))).status, 200)
    assert.equal(counted('jwks'), 3)
  })

  it('keeps the keys that are known while it does not answer', async () => {
    const client = clientOf('app')
    assert.equal((await handOver(client)).status, 200)
    for (const down of [{ jwks: json({}, 500) }, { configuration: json({}, 500) }]) {
      auth.clock.advance(31)
      peer.fault = { ...down, header: { kid: 'nobody' } }
      peer.asked.length = 0
      for (let times = 0; times < 3; times += 1) assert.equal((await handOver(client)).status, 400)
      assert.equal(counted('configuration'), 1)
      peer.fault = down
      assert.equal((await handOver(client)).status, 200)
    }
    await peer.rotate()
    peer.fault = {}
    auth.clock.advance(31)
    assert.equal((await handOver(client)).status, 200)
  })

  it('is asked again after a list without keys', async () => {
    peer.fault = { jwks: json({ keys: [] }) }
    assert.equal(await goAndReturn(clientOf('browser')), 'unknown')
    peer.fault = {}
    auth.clock.advance(31)
    assert.equal(await goAndReturn(clientOf('browser')), null)
  })
})

function counted(name: string): number {
  return peer.asked.filter((it) => it === name).length
}

describe('claims that are not what they should be', () => {
  const long = 'x'.repeat(100_000)
  it.each([
    ['an object as the address', { email: { a: 'cid@example.org' } }],
    ['a list as the address', { email: ['cid@example.org'] }],
    ['a number as the address', { email: 5 }],
    ['an address that is none', { email: 'cid' }],
    ['an address with a control character', { email: 'cid@example.org\0' }],
    ['an overlong address', { email: `${long}@example.org` }],
  ])('%s is no address', async (name, claims) => {
    const client = clientOf('browser')
    peer.claims = { email_verified: true, ...claims, sub: name }
    assert.equal(await goAndReturn(client), null)
    const answer = await client.get('auth/provider/signup')
    assert.deepEqual(answer.body.data?.email, [])
  })

  it.each(['true', 1, ['true'], null])('%j does not verify an address', async (verified) => {
    const client = clientOf('browser')
    const email = `${typeof verified}-${Array.isArray(verified)}@example.org`
    peer.claims = { sub: email, email, email_verified: verified }
    assert.equal(await goAndReturn(client), null)
    const { body } = await client.get('account/email')
    assert.ok(Array.isArray(body.data))
    assert.deepEqual(body.data, [{ email, verified: false, primary: true }])
  })

  it.each([
    ['a list as the name', { name: ['Dee'] }, 'OpenID Connect|names-1|.*'],
    ['an overlong name', { name: long }, 'x{255}'],
    ['control characters in the name', { name: 'Dee\0\u001b[31m Doe' }, 'Dee {2}\\[31m Doe'],
    ['half a character as the name', { name: 'Dee \ud800' }, 'Dee \ufffd'],
    ['overlong suggestions', { preferred_username: long, given_name: long }, '.{1,255}'],
    ['objects as suggestions', { preferred_username: {}, given_name: [] }, '.{1,255}'],
  ])('%s keeps nobody out', async (name, claims, display) => {
    const client = clientOf('browser')
    const settled = name.replaceAll(' ', '.')
    peer.claims = { ...claims, sub: name }
    assert.equal(await goAndReturn(client), null)
    const waiting = await client.get('auth/provider/signup')
    assert.equal(waiting.status, 200, waiting.text)
    const email = `${settled}@example.org`
    const answer = await client.post('auth/provider/signup', { email })
    assert.equal(answer.status, 200, answer.text)
    const { body } = await client.get('account/providers')
    assert.ok(Array.isArray(body.data))
    assert.match(body.data[0].display, new RegExp(`^(${display})$`, 'u'))
  })

  it('takes a number as the subject, and it stays the same one', async () => {
    peer.claims = { ...peer.claims, sub: 12345, email: 'num@example.org' }
    assert.equal((await handOver(clientOf('app'))).status, 200)
    const client = clientOf('app')
    assert.equal((await handOver(client)).status, 200)
    const { body } = await client.get('account/providers')
    assert.ok(Array.isArray(body.data))
    assert.equal(body.data[0].uid, '12345')
  })
})

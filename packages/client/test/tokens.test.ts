import assert from 'node:assert/strict'
import { describe, it, vi } from 'vitest'
import {
  type Client,
  createClient,
  memoryTokens,
  storedTokens,
  type TokenStore,
} from '../src/index.ts'
import { ann, bob, gate, startServer, type TestServer } from './testing/server.ts'

const jwt = { HEADLESS_TOKEN_STRATEGY: 'jwt', HEADLESS_JWT_ALGORITHM: 'HS256' }
async function signedIn(server: TestServer, tokens: TokenStore = memoryTokens()): Promise<Client> {
  const client = server.app({ tokens })
  assert.equal((await client.logIn({ email: ann.email, password: ann.password })).status, 200)
  return client
}

/** Signs in so long ago that the access token is about to expire; the clock of the server stands. */
async function signedInAgo(server: TestServer): Promise<Client> {
  server.auth.clock.advance(-290)
  const client = await signedIn(server)
  server.auth.clock.advance(290)
  return client
}

/** Whether a token opens something by itself. */
async function opens(server: TestServer, token: string | null): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${server.url}/_allauth/app/v1/auth/session`, { headers })).status === 200
}

describe('accessToken', () => {
  it('is what the login brought, while it lasts', async () => {
    await using server = await startServer(jwt)
    const client = await signedIn(server)
    const token = await client.accessToken()
    assert.equal(await opens(server, token), true)
    assert.equal(await client.accessToken(), token)
    assert.equal(server.count('POST tokens/refresh'), 0)
  })

  it('is renewed once, however many ask at the same time', async () => {
    await using server = await startServer(jwt)
    const client = await signedInAgo(server)
    const before = await client.settings.tokens.get('refresh')
    const got = await Promise.all(Array.from({ length: 20 }, () => client.accessToken()))
    assert.equal(new Set(got).size, 1)
    assert.equal(await opens(server, got[0] ?? null), true)
    assert.equal(server.count('POST tokens/refresh'), 1)
    assert.notEqual(await client.settings.tokens.get('refresh'), before)
    assert.equal(await client.accessToken(), got[0])
    assert.equal(server.count('POST tokens/refresh'), 1)
  })

  it('is another where a service refused the one there is', async () => {
    await using server = await startServer(jwt)
    const client = await signedIn(server)
    const refused = (await client.accessToken()) ?? ''
    // So that the next is not of the same second.
    server.auth.clock.advance(1)
    const next = await client.accessToken({ refused })
    assert.notEqual(next, refused)
    assert.equal(await client.accessToken({ refused }), next)
    assert.equal(server.count('POST tokens/refresh'), 1)
  })

  it('is not renewed again and again where the clock here is ahead', async () => {
    await using server = await startServer(jwt)
    server.auth.clock.advance(-3600)
    const client = await signedIn(server)
    await client.accessToken()
    await client.accessToken()
    assert.equal(server.count('POST tokens/refresh'), 1)
  })

  it('is renewed in the last third of its time where that is short', async () => {
    await using server = await startServer({ ...jwt, HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN: 20 })
    const client = await signedIn(server)
    await client.accessToken()
    assert.equal(server.count('POST tokens/refresh'), 0)
    server.auth.clock.advance(-15)
    const late = await signedIn(server)
    server.auth.clock.advance(15)
    await late.accessToken()
    assert.equal(server.count('POST tokens/refresh'), 1)
  })

  it('is null where nobody is signed in, and for servers that hand out none', async () => {
    await using server = await startServer()
    assert.equal(await server.app().accessToken(), null)
    assert.equal(await (await signedIn(server)).accessToken(), null)
    assert.equal(server.count('POST tokens/refresh'), 0)
  })

  it('is null once the session is over, and the state says why', async () => {
    await using server = await startServer(jwt)
    const client = await signedInAgo(server)
    await server.auth.server.db.deleteFrom('sessions').execute()
    assert.equal(await client.accessToken(), null)
    assert.equal(await client.settings.tokens.get('refresh'), null)
    assert.equal(client.state.status, 'signed-out')
  })

  it('outlasts a limit and an outage: the refresh token is kept', async () => {
    await using server = await startServer(jwt)
    const client = await signedInAgo(server)
    const kept = await client.settings.tokens.get('refresh')
    const headers = { 'content-type': 'application/json' }
    server.before = () => ({ status: 429, headers, body: '{"status":429}' })
    const free = server.app({ tokens: client.settings.tokens, fetch })
    await assert.rejects(free.accessToken(), { code: 'unavailable' })
    server.before = () => ({ status: 503 })
    await assert.rejects(free.accessToken(), { code: 'unavailable' })
    assert.equal(await client.settings.tokens.get('refresh'), kept)
    server.before = () => undefined
    assert.equal(await opens(server, await client.accessToken()), true)
  })

  it('does not come back to whoever signed out, or is somebody else, meanwhile', async () => {
    await using server = await startServer(jwt)
    const client = await signedInAgo(server)
    const { opened, open } = gate()
    server.before = (what) => (what === 'POST tokens/refresh' ? opened : undefined)
    const renewing = client.accessToken()
    await client.logOut()
    await client.logIn({ email: bob.email, password: bob.password })
    const bobs = await client.settings.tokens.get('refresh')
    open()
    await renewing
    assert.equal(await client.settings.tokens.get('refresh'), bobs)
  })
})

describe('storedTokens', () => {
  it('keeps tokens for the next start of the program', async () => {
    await using server = await startServer(jwt)
    const texts = new Map<string, string>()
    const storage = {
      getItem: async (key: string) => texts.get(key) ?? null,
      setItem: async (key: string, value: string) => void texts.set(key, value),
      removeItem: async (key: string) => void texts.delete(key),
    }
    await signedIn(server, storedTokens(storage))
    assert.deepEqual([...texts.keys()].sort(), [
      'latchkey.access',
      'latchkey.refresh',
      'latchkey.session',
    ])
    const next = server.app({ tokens: storedTokens(storage) })
    assert.equal((await next.getSession()).status, 200)
    await next.logOut()
    assert.equal(texts.size, 0)
  })

  it('takes a keychain with the methods of expo-secure-store', async () => {
    const texts = new Map<string, string>()
    const tokens = storedTokens(
      {
        getItemAsync: async (key) => texts.get(key) ?? null,
        setItemAsync: async (key, value) => void texts.set(key, value),
        deleteItemAsync: async (key) => void texts.delete(key),
      },
      'mine.',
    )
    await tokens.set('session', 'a')
    assert.deepEqual([...texts], [['mine.session', 'a']])
    assert.equal(await tokens.get('session'), 'a')
    await tokens.set('session', null)
    assert.equal(await tokens.get('session'), null)
  })

  it('minds no other tabs outside of a page, where stores of texts tell of nothing', () => {
    // As Node.js has it, also where a server renders.
    class Storage {
      getItem = () => null
      setItem = () => {}
      removeItem = () => {}
    }
    vi.stubGlobal('Storage', Storage)
    try {
      const tokens = storedTokens(new Storage())
      createClient({ url: 'https://auth.example.org', tokens }).close()
      assert.equal(tokens.onChange, undefined)
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

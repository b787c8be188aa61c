// The programs of the guides, each run as it stands, against a server that listens.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Client } from '../../packages/client/src/index.ts'
import { type Listening, listen } from '../../packages/server/src/node/serve.ts'
import { createTestAuth, type TestAuth } from '../../packages/server/src/testing/auth.ts'
import { readBlocks, root } from './markdown.ts'
import { type Started, startNode } from './started.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-guides-'))
const ann = { email: 'ann@example.org', password: 'correct horse battery' }
const site = 'https://app.example.com'

let auth: TestAuth
let server: Listening
const started: Started[] = []

beforeAll(async () => {
  auth = await createTestAuth({
    users: [ann],
    settings: {
      PUBLIC_URL: site,
      ALLOWED_HOSTS: ['127.0.0.1'],
      ALLAUTH_TRUSTED_PROXY_COUNT: 1,
      HEADLESS_TOKEN_STRATEGY: 'jwt',
      HEADLESS_JWT_ISSUER: 'https://id.example.org',
      HEADLESS_JWT_AUDIENCE: ['https://api.example.org'],
      ACCOUNT_RATE_LIMITS: false,
    },
  })
  server = await listen(auth, { port: 0, host: '127.0.0.1' })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const page of ['existing-back-end', 'mobile']) writeFiles(`docs/guides/${page}.md`)
})

afterAll(async () => {
  for (const it of started) await it.stop()
  await server.stop(1)
  rmSync(folder, { recursive: true, force: true })
})

/** Writes the blocks of a page that are named after files. */
function writeFiles(page: string): void {
  for (const { note, text } of readBlocks(page)) {
    if (!note.endsWith('.ts')) continue
    const path = join(folder, note)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

async function start(file: string, env: Record<string, string>): Promise<string> {
  const program = await startNode([file], {
    cwd: folder,
    env: { PORT: '0', ...env },
    until: /port: (\d+)/,
  })
  started.push(program)
  return `http://127.0.0.1:${program.found}`
}

/** A call of the API as a proxy hands it on. */
function call(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/_allauth/${path}`, {
    method: 'POST',
    headers: { 'x-forwarded-for': '203.0.113.7', ...headers },
    body: JSON.stringify(body),
  })
}

async function logInAsApp() {
  const { meta } = await (await call('app/v1/auth/login', ann)).json()
  return meta
}

async function logInAsBrowser(): Promise<{ cookie: string; csrf: string }> {
  const first = await fetch(`${server.url}/_allauth/browser/v1/config`, {
    headers: { 'x-forwarded-for': '203.0.113.7' },
  })
  const csrf = cookiesOf(first).get('csrftoken') ?? ''
  const headers = { cookie: `csrftoken=${csrf}`, 'x-csrftoken': csrf, origin: site }
  const answer = await call('browser/v1/auth/login', ann, headers)
  assert.equal(answer.status, 200)
  const cookies = cookiesOf(answer)
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
  return { cookie, csrf: cookies.get('csrftoken') ?? '' }
}

function cookiesOf(answer: Response): Map<string, string> {
  const pairs = answer.headers.getSetCookie().map((it) => it.split(';')[0]?.split('=') ?? [])
  return new Map(pairs.map(([name = '', value = '']) => [name, value]))
}

describe('docs/guides/existing-back-end.md', () => {
  it('has a back end that asks Latchkey who is signed in', async () => {
    const url = await start('asked/server.ts', { LATCHKEY_URL: server.url, SITE: site })
    const statusWith = async (headers: Record<string, string>, method = 'GET') =>
      (await fetch(url, { method, headers })).status
    assert.equal(await statusWith({}), 401)

    const { session_token: token } = await logInAsApp()
    const answer = await fetch(url, { headers: { 'x-session-token': token } })
    assert.equal(typeof (await answer.json()).id, 'string')
    assert.equal(await statusWith({ 'x-session-token': 'made-up' }), 401)

    const { cookie, csrf } = await logInAsBrowser()
    assert.equal(await statusWith({ cookie }), 200)
    assert.equal(await statusWith({ cookie }, 'POST'), 401)
    const own = { cookie, 'x-csrftoken': csrf, origin: site }
    assert.equal(await statusWith(own, 'POST'), 200)
    assert.equal(await statusWith({ ...own, origin: 'https://elsewhere.example' }, 'POST'), 401)
    assert.equal(await statusWith({ ...own, 'x-csrftoken': 'made-up' }, 'POST'), 401)
  })

  it('has a back end that answers 503 while Latchkey is away', async () => {
    const url = await start('asked/server.ts', { LATCHKEY_URL: 'http://127.0.0.1:9' })
    assert.equal((await fetch(url, { headers: { 'x-session-token': 'any' } })).status, 503)
  })

  it('has a service that verifies tokens by itself', async () => {
    const keys = `${server.url}/.well-known/jwks.json`
    const url = await start('tokens/server.ts', { KEYS_URL: keys })
    const { access_token: access, refresh_token: refresh } = await logInAsApp()
    const statusWith = async (authorization: string) =>
      (await fetch(url, { headers: { authorization } })).status
    assert.equal(await statusWith(`Bearer ${access}`), 200)
    assert.equal(await statusWith(`Bearer ${refresh}`), 401)
    assert.equal(await statusWith(`Bearer ${access}x`), 401)
    assert.equal(await statusWith(''), 401)
  })
})

/** What the modules of the page on mobile apps export. */
interface Mobile {
  createAppClient(url: string, store: object): Client
  signIn(client: Client, email: string, password: string): Promise<string>
}

async function loadMobile(): Promise<Mobile> {
  const load = (file: string) => import(pathToFileURL(join(folder, file)).href)
  const [{ createAppClient }, { signIn }] = await Promise.all([
    load('src/client.ts'),
    load('src/sign-in.ts'),
  ])
  return { createAppClient, signIn }
}

describe('docs/guides/mobile.md', () => {
  it('has a client that keeps its tokens in a store of the system', async () => {
    const settings = { HEADLESS_TOKEN_STRATEGY: 'jwt' }
    const direct = await listen(await createTestAuth({ users: [ann], settings }), {
      port: 0,
      host: '127.0.0.1',
    })
    const kept = new Map<string, string>()
    const store = {
      getItemAsync: async (key: string) => kept.get(key) ?? null,
      setItemAsync: async (key: string, value: string) => void kept.set(key, value),
      deleteItemAsync: async (key: string) => void kept.delete(key),
    }
    try {
      const { createAppClient, signIn } = await loadMobile()
      const client = createAppClient(direct.url, store)
      assert.match(await signIn(client, ann.email, 'wrong'), /password/)
      assert.equal(kept.has('latchkey.access'), false)
      assert.equal(await signIn(client, ann.email, ann.password), 'signed-in')
      const names = ['latchkey.access', 'latchkey.refresh', 'latchkey.session']
      assert.deepEqual([...kept.keys()].sort(), names)
      assert.equal(await client.accessToken(), kept.get('latchkey.access'))
      await client.logOut()
      assert.equal(kept.has('latchkey.access'), false)
      const away = createAppClient('http://127.0.0.1:9', store)
      assert.match(await signIn(away, ann.email, ann.password), /cannot be reached/)
    } finally {
      await direct.stop(1)
    }
  })
})
